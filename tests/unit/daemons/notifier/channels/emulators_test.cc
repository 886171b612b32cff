// Goal: the emulators that the channels are shown with refuse what the vendors refuse.
// Method: calls made by hand, each the nearest wrong one to a right one.
#include "common/crypto/base64.h"
#include "common/crypto/hashes.h"
#include "common/http/percent_encoding.h"
#include "common/json/json.h"
#include "common/transfer/transfer.h"
#include "tests/support/gateways/dingtalk_emulator.h"
#include "tests/support/gateways/feishu_emulator.h"
#include "tests/support/gateways/ums_emulator.h"
#include "tests/support/gateways/wecom_emulator.h"
#include "tests/unit/daemons/notifier/channels/channel_fixture.h"

namespace jieban {
namespace {

constexpr const char* kJson = "application/json";
constexpr const char* kForm = "application/x-www-form-urlencoded";

std::string post(const std::string& url, const std::string& body, const char* type) {
  WebCall call;
  call.url = url;
  call.headers = {{"Content-Type", type}};
  call.body = body;
  auto reply = call_web(call);
  return reply.ok() ? reply->body : "error: " + reply.error().message;
}

int64_t code_of(const std::string& url, const std::string& body, const char* type = kJson) {
  auto reply = parse_json(post(url, body, type));
  if (!reply.ok()) return -999;
  const Value* code = reply->find("errcode");
  return *(code != nullptr ? code : reply->find("code"))->integer();
}

class Emulators : public ChannelTest {};

TEST_F(Emulators, WecomRefusesWhatItsRobotsRefuse) {
  WecomEmulator robot(clock, "K");
  const std::string url = robot.target() + "?key=K";
  const std::string good = R"({"msgtype":"text","text":{"content":"x"}})";
  EXPECT_EQ(code_of(url, good), 0);
  EXPECT_EQ(code_of(robot.target() + "?key=L", good), 93000);
  EXPECT_EQ(code_of(url + "&x=1", good), 93000);
  EXPECT_EQ(code_of(url, good, "text/plain"), 40058);
  EXPECT_EQ(code_of(url, "x"), 47001);
  EXPECT_EQ(code_of(url, R"({"msgtype":"tex","text":{"content":"x"}})"), 40008);
  EXPECT_EQ(code_of(url, R"({"msgtype":"text","text":{"content":"x"},"a":1})"), 40058);
  EXPECT_EQ(code_of(url, R"({"msgtype":"text","text":{"content":"x","a":1}})"), 40058);
  EXPECT_EQ(code_of(url, R"({"msgtype":"text","text":{"content":"x","mentioned_list":"a"}})"),
            40058);
  EXPECT_EQ(code_of(url, R"({"msgtype":"text","text":{"content":""}})"), 44004);
  const std::string edge(2048, 'x');
  EXPECT_EQ(code_of(url, R"({"msgtype":"text","text":{"content":")" + edge + "\"}}"), 0);
  EXPECT_EQ(code_of(url, R"({"msgtype":"text","text":{"content":"x)" + edge + "\"}}"), 45002);
  EXPECT_EQ(robot.messages().size(), 2U);
}

TEST_F(Emulators, DingtalkRefusesWhatItsRobotsRefuse) {
  DingtalkEmulator robot(clock, "T", "S");
  auto url = [&](Duration off, const std::string& secret) {
    const std::string ms = std::to_string(to_micros(clock.now() + off) / 1000);
    return robot.target() + "?access_token=T&timestamp=" + ms +
           "&sign=" + percent_encoded(to_base64(hmac_sha256(secret, ms + "\n" + secret)));
  };
  const std::string right = url(Duration::zero(), "S");
  const std::string good = R"({"msgtype":"text","text":{"content":"x"}})";
  EXPECT_EQ(code_of(right, good), 0);
  EXPECT_EQ(code_of(url(-std::chrono::minutes(60), "S"), good), 0);
  EXPECT_EQ(code_of(url(-std::chrono::minutes(61), "S"), good), 310000);
  EXPECT_EQ(code_of(url(std::chrono::minutes(61), "S"), good), 310000);
  EXPECT_EQ(code_of(url(Duration::zero(), "Z"), good), 310000);
  EXPECT_EQ(code_of(robot.target() + "?access_token=T", good), 310000);
  EXPECT_EQ(code_of(robot.target() + "?access_token=U", good), 300001);
  EXPECT_EQ(code_of(right, R"({"msgtype":"text","text":{"content":"x"},"a":1})"), 40035);
  EXPECT_EQ(code_of(right, R"({"msgtype":"text","text":{"content":"x"},"at":{"a":[]}})"), 40035);
  const std::string unnamed =
      R"({"msgtype":"markdown","markdown":{"title":"t","text":"x"},"at":{"atMobiles":["138"]}})";
  EXPECT_EQ(code_of(right, unnamed), 40035);
}

TEST_F(Emulators, FeishuRefusesWhatItsRobotsRefuse) {
  FeishuEmulator robot(clock, "ID", "S");
  FeishuEmulator unsigned_robot(clock, "ID", "");
  const std::string url = robot.target() + "/ID";
  auto body = [&](Duration off, const std::string& secret) {
    const std::string stamp = std::to_string(to_micros(clock.now() + off) / 1'000'000);
    return R"({"timestamp":")" + stamp + R"(","sign":")" +
           to_base64(hmac_sha256(stamp + "\n" + secret, "")) +
           R"(","msg_type":"text","content":{"text":"x"}})";
  };
  const std::string plain = R"({"msg_type":"text","content":{"text":"x"}})";
  EXPECT_EQ(code_of(url, body(Duration::zero(), "S")), 0);
  EXPECT_EQ(code_of(url, body(-std::chrono::minutes(61), "S")), 19021);
  EXPECT_EQ(code_of(url, body(Duration::zero(), "Z")), 19021);
  EXPECT_EQ(code_of(url, plain), 19021);
  EXPECT_EQ(code_of(robot.target() + "/IE", body(Duration::zero(), "S")), 19001);
  const std::string open = unsigned_robot.target() + "/ID";
  EXPECT_EQ(code_of(open, plain), 0);
  EXPECT_EQ(code_of(open, R"({"msg_type":"text","content":{"text":"x"},"a":1})"), 9499);
  EXPECT_EQ(code_of(open, R"({"msg_type":"text","content":{"text":")" + std::string(20'500, 'x') +
                              "\"}}"),
            9499);
  int taken = 1;
  for (int second = 0; second < 25; ++second) {
    clock.advance(std::chrono::seconds(1));
    for (int i = 0; i < 5; ++i) taken += code_of(open, plain) == 0 ? 1 : 0;
  }
  EXPECT_EQ(taken, 100) << "in any minute";
}

TEST_F(Emulators, UnicomRefusesWhatItsGatewayRefuses) {
  UmsEmulator gateway(clock, "p");
  auto code = [&](const std::string& form, const char* type = kForm) {
    return post(gateway.target(), form, type).substr(0, 9);
  };
  auto form = [](const std::string& serial, const std::string& text = "%B9%A4") {
    return "SpCode=1&LoginName=n&Password=p&MessageContent=" + text +
           "&UserNumber=13800138000&SerialNumber=" + serial + "&f=1";
  };
  EXPECT_EQ(code(form("00000000000000000001")), "result=0&");
  EXPECT_NE(code(form("00000000000000000001")), "result=0&") << "a serial number twice";
  EXPECT_NE(code(form("0000000000000000002")), "result=0&") << "19 digits";
  EXPECT_NE(code(form("00000000000000000003", "%E5%B7%A5")), "result=0&") << "no GBK";
  EXPECT_NE(code(form("00000000000000000004") + "&x=1"), "result=0&");
  EXPECT_NE(code(form("00000000000000000005"), kJson), "result=0&");
  std::string longest;
  for (int i = 0; i < 402; ++i) longest += "%B9%A4";
  EXPECT_EQ(code(form("00000000000000000006", longest)), "result=0&");
  EXPECT_NE(code(form("00000000000000000007", longest + "a")), "result=0&");
}

}  // namespace
}  // namespace jieban
