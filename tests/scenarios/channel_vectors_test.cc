// Scenario 12, the half of the gateways that speak HTTP: the vectors of DOMAIN §15 byte for byte,
// as the functions compute them and as they arrive at a gateway.
#include <gtest/gtest.h>

#include "common/base/encoding.h"
#include "common/base/file.h"
#include "common/http/percent_encoding.h"
#include "common/http/server.h"
#include "daemons/notifier/channels/dingtalk_robot_channel.h"
#include "daemons/notifier/channels/feishu_robot_channel.h"
#include "daemons/notifier/channels/ums_sms_channel.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

constexpr Timestamp kNewYear = from_micros(1'767'225'600'000'000);

// Keeps what arrived.
class Wire {
 public:
  Wire() {
    for (const char* path : {"/robot/send", "/hook/{id}", "/Send.do"}) {
      server_.route(
          "POST", path,
          [this](const HttpRequest& request) {
            query = request.query;
            body = request.body;
            return HttpResponse::json(200, R"({"errcode":0,"code":0})");
          },
          Access::open);
    }
    CHECK(server_.start().ok());
  }
  ~Wire() { server_.stop(); }
  std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(server_.port()) + path;
  }
  HttpHeaders query;
  std::string body;

 private:
  HttpServer server_{{}};
};

class Vectors12 : public testing::Test {
 protected:
  ChannelRule rule_of(ChannelKind kind, const std::string& path, const std::string& account) {
    CHECK(write_file(dir.path("account.yaml"), account).ok());
    ChannelRule rule;
    rule.name = "x";
    rule.kind = kind;
    rule.target = wire.url(path);
    rule.account_file = dir.path("account.yaml");
    return rule;
  }
  OutgoingNotice notice() const {
    OutgoingNotice made;
    made.notice_id = "s:1:x";
    made.text = "【月坛热线】工单催办";
    made.address = "13800138000";
    return made;
  }
  TempDir dir{"/dev/shm"};
  FakeClock clock{kNewYear};
  Wire wire;
};

TEST_F(Vectors12, Scenario12_DingTalkSignsMillisecondsUnderTheSecret) {
  const std::string sign = dingtalk_sign("SECdemo0123456789", 1767225600000);
  EXPECT_EQ(sign, "yaZjXcetNSuXyCF9+ei8g/8KzwtsTDBPCvCtYrY0m1M=");
  EXPECT_EQ(percent_encoded(sign), "yaZjXcetNSuXyCF9%2Bei8g%2F8KzwtsTDBPCvCtYrY0m1M%3D");
  DingtalkRobotChannel channel(rule_of(ChannelKind::dingtalk_robot, "/robot/send",
                                       "access_token: T\nsecret: SECdemo0123456789\n"),
                               {}, clock);
  EXPECT_EQ(channel.deliver(notice()).outcome, DeliveryOutcome::accepted);
  EXPECT_EQ(wire.query.at("access_token"), "T");
  EXPECT_EQ(wire.query.at("timestamp"), "1767225600000");
  EXPECT_EQ(wire.query.at("sign"), sign);
}

TEST_F(Vectors12, Scenario12_FeishuSignsNothingUnderSecondsAndSecret) {
  const std::string sign = feishu_sign("demo-secret-0001", 1767225600);
  EXPECT_EQ(sign, "39MeR8lS7LKqKJLLsPNag/FD+wLt9/hpYWgP4UVKtYU=");
  FeishuRobotChannel channel(
      rule_of(ChannelKind::feishu_robot, "/hook", "id: ID\nsecret: demo-secret-0001\n"), {}, clock);
  EXPECT_EQ(channel.deliver(notice()).outcome, DeliveryOutcome::accepted);
  EXPECT_TRUE(wire.body.starts_with(R"({"timestamp":"1767225600","sign":"39MeR8lS7LKqKJLLsPNag/)"
                                    R"(FD+wLt9/hpYWgP4UVKtYU=","msg_type":"text","content":{)"))
      << wire.body;
}

TEST_F(Vectors12, Scenario12_UnicomTakesPercentEncodedGbk) {
  const std::string encoded = "%A1%BE%D4%C2%CC%B3%C8%C8%CF%DF%A1%BF%B9%A4%B5%A5%B4%DF%B0%EC";
  EXPECT_EQ(percent_encoded(*utf8_to_gbk("【月坛热线】工单催办")), encoded);
  UmsSmsChannel channel(
      rule_of(ChannelKind::ums_sms, "/Send.do", "SpCode: '1'\nLoginName: n\nPassword: p\n"), {},
      clock);
  channel.deliver(notice());
  EXPECT_EQ(wire.body, "SpCode=1&LoginName=n&Password=p&MessageContent=" + encoded +
                           "&UserNumber=13800138000&SerialNumber=" + ums_serial_number("s:1:x", 1) +
                           "&ScheduleTime=&ExtendAccessNum=&f=1");
}

}  // namespace
}  // namespace jieban
