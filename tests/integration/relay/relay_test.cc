// Goal: a relay that carries on what lies in a spool can bring receipts and replies back, by the
// requests that config/README.md gives.
// Method: the real notifier; the test is the relay.
#include <gtest/gtest.h>

#include "common/base/bytes.h"
#include "common/base/file.h"
#include "common/http/client.h"
#include "common/http/percent_encoding.h"
#include "common/json/json.h"
#include "tests/support/gateways/mail_box.h"
#include "tests/support/ringing_site.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

constexpr Duration kPatience = std::chrono::seconds(60);
const std::string kKey = "relay-key-0123456789abcdef";

struct Relay : testing::Test {
  void SetUp() override {
    ASSERT_TRUE(write_file(dir.path("relay.key"), kKey + "\n", 0600).ok());
    site.emplace("  - {name: calls, kind: spool, target: " + dir.path("calls") + ", method: sms}\n",
                 "kannel:\n  secret_file: " + dir.path("relay.key") + "\n");
    site->start();
    ASSERT_TRUE(site->raise({"DaemonDown"}, kPatience)) << site->logs();
    ASSERT_TRUE(site->all_become({"DaemonDown"}, "sent", kPatience)) << site->logs();
  }
  // The one notice that lies in the spool.
  Value notice() const {
    auto files = files_below(dir.path("calls"));
    EXPECT_EQ(files.size(), 1U);
    return files.empty() ? Value() : *parse_json(files[0]);
  }
  int get(const std::string& target) {
    HttpCall call;
    call.method = "GET";
    call.url = "http://" + site->site().site().daemon("notifier").api_address + target;
    auto reply = http_call(call);
    return reply.ok() ? reply->status : 0;
  }
  int receipt(const std::string& id, int type) {
    return get("/kannel/dlr?key=" + kKey + "&notice=" + to_hex(id) +
               "&type=" + std::to_string(type));
  }

  TempDir dir;
  std::optional<RingingSite> site;
};

TEST_F(Relay, BringsReceiptsAndRepliesBack) {
  const Value told = notice();
  const std::string id = text_at(told, "id");
  const Value* data = told.find("data");
  ASSERT_NE(data, nullptr);
  EXPECT_EQ(text_at(*data, "person"), RingingSite::kPerson) << "whose number the relay knows";
  EXPECT_EQ(receipt(id, 8), 200);
  EXPECT_TRUE(site->all_become({"DaemonDown"}, "sent", kPatience)) << "on its way";
  EXPECT_EQ(receipt(id, 1), 200);
  EXPECT_TRUE(site->all_become({"DaemonDown"}, "delivered", kPatience)) << site->logs();
  EXPECT_EQ(receipt(id, 1), 200) << "told twice";
  const std::string reply = "/kannel/mo?key=" + kKey + "&from=" + RingingSite::kPhone +
                            "&text=" + percent_encoded("1。") + "&charset=UTF-8&at=" +
                            std::to_string(to_micros(SystemClock().now()) / 1'000'000) +
                            "&id=relay-1";
  EXPECT_EQ(get(reply), 200);
  EXPECT_TRUE(wait_until([&] { return site->count_events("alert.acknowledged") == 1; }, kPatience))
      << site->logs();
  EXPECT_EQ(get(reply), 200) << "told twice";
  EXPECT_EQ(site->count_events("alert.acknowledged"), 1U);
}

TEST_F(Relay, AReceiptThatItFailedIsBelievedAndAWrongKeyIsNot) {
  const std::string id = text_at(notice(), "id");
  EXPECT_EQ(get("/kannel/dlr?key=wrong&notice=" + to_hex(id) + "&type=2"), 401);
  EXPECT_TRUE(site->all_become({"DaemonDown"}, "sent", kPatience));
  EXPECT_EQ(get("/kannel/dlr?key=" + kKey + "&notice=" + id + "&type=2"), 400) << "not in hex";
  EXPECT_EQ(receipt("no:1:such", 2), 200) << "done with, or it would come for ever";
  EXPECT_EQ(receipt(id, 2), 200);
  EXPECT_TRUE(site->all_become({"DaemonDown"}, "undelivered", kPatience)) << site->logs();
}

}  // namespace
}  // namespace jieban
