// 10,000 notices in one minute: within the limits that the vendors state, nothing lost, and each
// order in a message of its own or in one digest.
//
// The fold is the notifier's own, on the shipped limits; the clock is stepped. The channels'
// threads are played as channel_worker.cc has them: what is due is begun in groups of 64, what may
// go reaches the gateway, and the group's ends are handed in.
#include <gtest/gtest.h>

#include <map>

#include "daemons/notifier/channel_worker.h"
#include "tests/unit/daemons/notifier/notifier_fixture.h"

namespace jieban {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr uint64_t kCauses = 10'000;
constexpr uint64_t kTogether = 10;  // causes that come in at once
constexpr Duration kBetween = milliseconds(60);

struct FloodChannel {
  const char* name;
  ChannelKind kind;
  const char* target;
  const char* method;  // "" : told of causes, else of calls
};
constexpr FloodChannel kChannels[] = {
    {"wecom", ChannelKind::wecom_robot, "https://localhost/send", ""},
    {"dingtalk", ChannelKind::dingtalk_robot, "https://localhost/send", ""},
    {"feishu", ChannelKind::feishu_robot, "https://localhost/hook", ""},
    {"hook", ChannelKind::webhook, "https://localhost/all", ""},
    {"phone", ChannelKind::kannel_sms, "http://localhost/cgi-bin/sendsms", "sms"},
};

// The shipped limits; each order's breach calls li at once, by a ladder of its own.
AlertingRules flood_ladders() {
  auto rules = load_alerting_rules(JIEBAN_SOURCE_DIR "/config/escalation.yaml");
  CHECK(rules.ok());
  auto ladders = parse_alerting_rules(
      "version: flood\ntimes: {}\ninhibitions: []\nroutes: {receiver: all, group_by: [\"...\"], "
      "group_wait: 0s, "
      "group_interval: 5m, repeat_interval: 24h}\n"
      "policies: {all: {steps: [{tell: [{person: li}], wait: 24h}]}}\n"
      "everybody: {default: [{sms: 0s}]}\nsilences: {length_max: 24h, reason_characters_min: 4, "
      "never: []}\n"
      "destinations: {}\n",
      "flood");
  if (!ladders.ok()) check_failed(__FILE__, __LINE__, ladders.error().message.c_str());
  ladders->destinations = rules->destinations;
  return *ladders;
}

NotifierRules flood_rules() {
  NotifierRules rules = test_rules();
  rules.channels.clear();
  for (const FloodChannel& each : kChannels) {
    ChannelRule& channel = rules.channels.emplace_back();
    channel.name = each.name;
    channel.kind = each.kind;
    channel.target = each.target;
    channel.account_file = "/nowhere/account.yaml";
    if (*each.method != '\0') channel.method = each.method;
    if (*each.method == '\0') channel.topics = {"deadline.breached"};
  }
  return rules;
}

// What a gateway was asked for.
struct Sent {
  Timestamp at;
  uint64_t orders = 1;
  std::string text;
};

class Flood : public NotifierFixture {
 public:
  Flood() : NotifierFixture(size_t{4} << 30U) {
    load(flood_rules());
    input(rules_input(Callouts::kRulesName, flood_ladders()));
    input(rules_input(Callouts::kRotaName, RotaBook()));
  }

  void come_in_for_a_minute() {
    for (uint64_t first = 1; first <= kCauses; first += kTogether) {
      for (uint64_t id = first; id < first + kTogether; ++id) breach(id);
      run_until(now + kBetween);
    }
  }
  // Everything that is due, in its time, until then.
  void run_until(Timestamp until) {
    while (true) {
      for (const FloodChannel& channel : kChannels) {
        while (turn(channel.name)) {
        }
      }
      const Timestamp next = next_due();
      if (next > until) break;
      now = std::max(now, next);
      run({now, {BatchPart{}}});
    }
    now = until;
  }
  bool quiet() {
    for (const FloodChannel& channel : kChannels) {
      const DueNotices found = due(channel.name, 1);
      if (!found.rows.empty() || found.next_due != kTimestampMax) return false;
    }
    return true;
  }

  std::map<std::string, std::vector<Sent>> sent;

 private:
  void breach(uint64_t id) {
    DeadlineAlert alert = alert_of("A-" + std::to_string(id), 100);
    alert.level = "red";
    event(kAlertStream, topics::kDeadlineBreached, alert, id);
  }
  // When the channels or the ladders have something to do; later than now.
  Timestamp next_due() {
    auto txn = fold().environment().read();
    Timestamp next = *core().next_due(*txn);
    for (const FloodChannel& channel : kChannels) {
      const DueNotices found = *core().tables().due(*txn, channel.name, now, 1);
      next = std::min(next, found.rows.empty() ? found.next_due : now + milliseconds(1));
    }
    return std::max(next, now + Duration(1));
  }
  template <class Payload>
  std::vector<Result<std::string>> hand_in(std::string_view topic,
                                           const std::vector<Payload>& payloads) {
    Batch batch{now, {}};
    for (const Payload& payload : payloads) {
      BatchPart& part = batch.parts.emplace_back();
      part.kind = BatchPart::Kind::input;
      part.input.topic = topic;
      part.input.payload = encode_payload(payload);
    }
    return run(batch).answers;
  }
  // True when something was begun: more may be due.
  bool turn(const std::string& channel) {
    const auto rows = due(channel, ChannelWorker::kGroupMax).rows;
    if (rows.empty()) return false;
    std::vector<DeliveryBegin> begins;
    for (const NoticeRow& row : rows) begins.push_back({row.notice_id, row.attempts + 1});
    const auto said = hand_in(topics::kDeliveryBegin, begins);
    std::vector<DeliveryEnd> ends;
    for (size_t i = 0; i < rows.size(); ++i) {
      if (!said[i].ok() || *said[i] != "go") continue;
      // What it says when it goes.
      const NoticeRow going = row(rows[i].notice_id);
      sent[channel].push_back({now, going.orders.value_or(1), going.text});
      ends.push_back(
          {rows[i].notice_id, begins[i].attempt, DeliveryOutcome::accepted, std::nullopt});
    }
    if (!ends.empty()) hand_in(topics::kDeliveryEnd, ends);
    return true;
  }
};

// The most messages in any span of `per`, wherever it begins.
size_t most_within(const std::vector<Sent>& sent, Duration per) {
  size_t most = 0;
  for (size_t first = 0, last = 0; last < sent.size(); ++last) {
    while (sent[last].at - sent[first].at >= per) ++first;
    most = std::max(most, last - first + 1);
  }
  return most;
}

struct VendorWindow {
  const char* channel;
  size_t count;
  Duration per;
};
// As the vendors state them (DOMAIN §15.1 to §15.5); of a phone, those of escalation.yaml.
constexpr VendorWindow kWindows[] = {
    {"wecom", 20, minutes(1)},   {"dingtalk", 20, minutes(1)}, {"feishu", 5, seconds(1)},
    {"feishu", 100, minutes(1)}, {"phone", 1, minutes(1)},     {"phone", 5, minutes(15)},
    {"phone", 11, minutes(60)},  {"phone", 21, minutes(180)},
};

// One flood for all that is asked of it.
class NoticeFlood : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    flood_ = std::make_unique<Flood>();
    const Timestamp start = flood_->now;
    flood_->come_in_for_a_minute();
    EXPECT_EQ(flood_->now - start, minutes(1));
    EXPECT_EQ(flood_->sent["hook"].size(), kCauses) << "without a limit each is told at once";
    for (int i = 0; i < 300 && !flood_->quiet(); ++i) flood_->run_until(flood_->now + minutes(2));
    ASSERT_TRUE(flood_->quiet());
  }
  static void TearDownTestSuite() { flood_.reset(); }
  static const std::vector<Sent>& sent_by(const char* channel) { return flood_->sent[channel]; }

  static inline std::unique_ptr<Flood> flood_;
};

TEST_F(NoticeFlood, TenThousandInAMinuteKeepEveryLimitOfEveryVendor) {
  for (const VendorWindow& window : kWindows) {
    EXPECT_LE(most_within(sent_by(window.channel), window.per), window.count) << window.channel;
  }
  for (const char* channel : {"wecom", "dingtalk", "feishu", "phone"}) {
    EXPECT_GE(sent_by(channel).size(), 20U) << channel;
    EXPECT_LT(sent_by(channel).size(), 60U) << channel << ": lists, not one by one";
  }
}

TEST_F(NoticeFlood, TheOrdersThatAreToldAndCountedAreTenThousand) {
  for (const FloodChannel& channel : kChannels) {
    uint64_t orders = 0;
    for (const Sent& each : sent_by(channel.name)) {
      orders += each.orders;
      if (each.orders == 1) continue;
      EXPECT_NE(each.text.find(std::to_string(each.orders) + "件"), std::string::npos) << each.text;
    }
    EXPECT_EQ(orders, kCauses) << channel.name;
  }
  EXPECT_EQ(sent_by("hook").size(), kCauses);
}

// Each cause of each channel by its own row: sent by itself, or in one list that was sent.
TEST_F(NoticeFlood, NoneIsLostAndNoneIsInTwoLists) {
  for (const char* channel : {"wecom", "dingtalk", "feishu", "hook"}) {
    std::map<std::string, uint64_t> members;
    uint64_t alone = 0;
    for (uint64_t id = 1; id <= kCauses; ++id) {
      const NoticeRow row = flood_->row(notice_id({kAlertStream, id}, channel));
      alone += row.state == NoticeState::sent ? 1 : 0;
      if (row.state == NoticeState::merged) ++members[*row.digest];
    }
    uint64_t listed = 0;
    for (const auto& [digest, count] : members) {
      const NoticeRow row = flood_->row(digest);
      EXPECT_EQ(row.state, NoticeState::sent) << digest;
      EXPECT_EQ(row.orders, count) << digest;
      listed += count;
    }
    EXPECT_EQ(alone + listed, kCauses) << channel;
  }
}

}  // namespace
}  // namespace jieban
