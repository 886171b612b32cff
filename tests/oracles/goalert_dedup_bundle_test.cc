// GoAlert's deduplication and bundles, through the notifier itself: its ladders call, its pacing
// makes lists. Where ours differ, the row says how and why.
#include <algorithm>
#include <iostream>

#include "common/json/json.h"
#include "daemons/notifier/notifier.h"
#include "tests/oracles/alertmanager.h"
#include "tests/support/core_harness.h"

namespace jieban::oracles {
namespace {

struct DueMessage {
  std::string id;
  std::string alert;
  std::string person;
  Timestamp at;
  bool sent = false;
  bool bundle = false;
  bool asked = false;  // for leave to go, as its channel does
};

// Some rows say times of a day, some seconds.
DueMessage message_of(const Value& said) {
  DueMessage message;
  message.id = text_at(said, "id");
  message.person = is_given(said, "dest") ? text_at(said, "dest") : "here";
  message.bundle = is_given(said, "type");
  if (is_given(said, "alert")) message.alert = to_json(member(said, "alert"));
  message.at = is_given(said, "at_s") ? Timestamp(Duration(micros_of(member(said, "at_s"))))
                                      : utc(text_at(said, "created"), "2026-03-02");
  message.sent = is_given(said, "sent");
  return message;
}

std::vector<DueMessage> messages_of(const Value& row) {
  std::vector<DueMessage> messages;
  for (const Value& said : *member(row, "in").array()) messages.push_back(message_of(said));
  return messages;
}

std::vector<std::string> texts_of(const Value& list) {
  std::vector<std::string> texts;
  for (const Value& each : *list.array()) texts.push_back(*each.string());
  return texts;
}

// A ladder for each alert, which calls as the messages say, at their distances. More than one
// message of a minute to one person makes a list.
std::string ladders_of(const std::vector<DueMessage>& in_order) {
  std::string routes;
  std::string policies;
  std::set<std::string> alerts;
  for (const DueMessage& each : in_order) alerts.insert(each.alert);
  for (const std::string& alert : alerts) {
    routes += "    - {matchers: [alertname=\"" + alert + "\"], receiver: p" + alert + "}\n";
    policies += "  p" + alert + ":\n    steps:\n";
    std::vector<DueMessage> steps;
    std::ranges::copy_if(in_order, std::back_inserter(steps),
                         [&](const DueMessage& each) { return each.alert == alert; });
    for (size_t i = 0; i < steps.size(); ++i) {
      const Duration wait =
          i + 1 < steps.size() ? steps[i + 1].at - steps[i].at : Duration(std::chrono::hours(48));
      policies += "      - {tell: [{person: " + steps[i].person +
                  "}], wait: " + std::to_string(wait / std::chrono::minutes(1)) + "m}\n";
    }
  }
  return "version: \"1\"\nroutes:\n  receiver: p1\n  group_by: [alertname]\n  group_wait: 0s\n"
         "  group_interval: 5m\n  repeat_interval: 96h\n  routes:\n" +
         routes +
         "times: {}\ninhibitions: []\nsilences: {length_max: 24h, reason_characters_min: 4, never: "
         "[]}\n"
         "policies:\n" +
         policies +
         "everybody: {default: [{sms: 0s}]}\ndestinations:\n  alert_sms:\n"
         "    limits: [{count: 100, per: 1h}]\n"
         "    digest: {count: 1, window: 60s, collect: 60s}\n";
}

class CallDesk : public CoreHarness<Notifier> {
 public:
  explicit CallDesk(std::vector<DueMessage> messages)
      : CoreHarness("notifier"), messages_(std::move(messages)) {
    std::ranges::stable_sort(messages_, {}, &DueMessage::at);
    NotifierRules rules;
    rules.version = "1";
    rules.attempts_max = 3;
    rules.retry_first_micros = 30'000'000;
    rules.retry_max_micros = 900'000'000;
    rules.templates["call"] = "{summary}";
    rules.channels.emplace_back();
    rules.channels[0].name = "phone";
    rules.channels[0].kind = ChannelKind::spool;
    rules.channels[0].target = "/nowhere";
    rules.channels[0].method = "sms";
    auto ladders = parse_alerting_rules(ladders_of(messages_), "ladders");
    CHECK(ladders.ok());
    CHECK(input(rules_input(Notifier::kRulesName, rules)).answers.at(0).ok());
    CHECK(input(rules_input(Callouts::kRulesName, *ladders)).answers.at(0).ok());
    begun_ = now;
  }

  // Lets each message fall due; those that are sent go out at once.
  void run() {
    std::set<std::string> raised;
    for (const DueMessage& each : messages_) {
      go_to(begun_ + (each.at - messages_.front().at));
      if (raised.insert(each.alert).second) raise(each.alert);
      go_to(now);
      for (const NoticeStep& queued : std::exchange(queued_, {})) {
        EXPECT_EQ(queued.person, each.person);
        EXPECT_TRUE(notices.emplace(each.id, queued.notice_id).second) << "one each";
        if (each.sent) send(queued.notice_id);
        if (each.asked) {
          EXPECT_EQ(begin(queued.notice_id), "skip") << "it is told in a list";
        }
      }
    }
  }
  void go_to(Timestamp until) {
    for (;;) {
      const Transaction store = read();
      const Timestamp due = *core().next_due(store);
      if (due > until) break;
      now = std::max(now, due);
      note(tick());
    }
    now = until;
  }
  std::string begin(const std::string& notice, uint64_t attempt = 1) {
    return answer(topics::kDeliveryBegin, DeliveryBegin{notice, attempt});
  }
  NoticeRow row(const std::string& notice) {
    const Transaction store = read();
    return **core().tables().find(store, notice);
  }
  // By the message that it was queued for, the notices that wait to go out.
  std::vector<std::string> waiting() {
    const Transaction store = read();
    std::vector<std::string> ids;
    const auto due = core().tables().due(store, "phone", now, 64);
    for (const NoticeRow& each : due->rows) {
      ids.push_back(message_of_notice(each.notice_id));
    }
    std::ranges::sort(ids);
    return ids;
  }
  std::string message_of_notice(const std::string& notice) const {
    for (const auto& [id, made] : notices) {
      if (made == notice) return id;
    }
    return "?" + notice;
  }

  std::map<std::string, std::string> notices;  // by the id of the message
  std::vector<NoticeStep> merged;

 private:
  template <class Payload>
  std::string answer(std::string_view topic, const Payload& payload) {
    Input made;
    made.topic = topic;
    made.payload = encode_payload(payload);
    const StepOutcome outcome = input(made);
    note(outcome);
    const auto& said = outcome.answers.at(0);
    return said.ok() ? *said : said.error().message;
  }
  void raise(const std::string& alert) {
    AlertRaised raised;
    raised.source = "table";
    raised.labels["alertname"] = alert;
    raised.annotations["summary"] = "alert " + alert;
    EXPECT_EQ(answer(topics::kAlertRaised, raised), "taken");
  }
  void send(const std::string& notice) {
    EXPECT_EQ(begin(notice), "go");
    answer(topics::kDeliveryEnd, DeliveryEnd{notice, 1, DeliveryOutcome::accepted, std::nullopt});
  }
  void note(const StepOutcome& outcome) {
    for (const Event& event : events_of(outcome)) {
      if (event.topic == topics::kNoticeQueued) note_queued(payload_of<NoticeStep>(event));
      if (event.topic == topics::kNoticeMerged) merged.push_back(payload_of<NoticeStep>(event));
    }
  }

  void note_queued(NoticeStep step) {
    if (!is_digest(step.notice_id)) queued_.push_back(std::move(step));
  }

  std::vector<DueMessage> messages_;  // in their order
  Timestamp begun_;
  std::vector<NoticeStep> queued_;
};

void check_dedup(const Value& row) {
  const std::vector<DueMessage> messages = messages_of(row);
  CallDesk desk(messages);
  desk.run();
  std::vector<std::string> kept;
  std::vector<std::string> unsent;
  std::map<std::string, std::vector<std::string>> merged;
  for (const DueMessage& each : messages) {
    if (!desk.notices.contains(each.id)) {
      const auto keeper = std::ranges::find_if(messages, [&](const DueMessage& other) {
        return other.alert == each.alert && other.person == each.person && !other.sent &&
               desk.notices.contains(other.id);
      });
      ASSERT_NE(keeper, messages.end()) << each.id << " is lost";
      merged[keeper->id].push_back(each.id);
      continue;
    }
    kept.push_back(each.id);
    if (!each.sent) unsent.push_back(each.id);
  }
  EXPECT_EQ(kept, texts_of(member(row, "expected_kept")));
  std::map<std::string, std::vector<std::string>> expected;
  for (const auto& [id, gone] : *member(row, "expected_merged").object()) {
    expected[id] = texts_of(gone);
  }
  EXPECT_EQ(merged, expected);
  std::ranges::sort(unsent);
  EXPECT_EQ(desk.waiting(), unsent) << "and nothing else waits";
}

// In the list are those of the row. Ours are as old as the list, and never pass for older ones.
void check_bundle(const Value& row) {
  std::cout << "differs: " << text_at(row, "case")
            << ": a list is made when the first of them would go, and is as old as that; its "
               "members stand in it the oldest first\n";
  CallDesk desk(messages_of(row));
  desk.run();
  desk.go_to(desk.now + std::chrono::minutes(1));
  const std::string oldest = desk.notices.at("c");
  EXPECT_NE(desk.begin(oldest), "go") << "not by itself";
  std::vector<std::string> children;
  std::set<std::string> lists;
  for (const NoticeStep& each : desk.merged) {
    children.push_back(desk.message_of_notice(each.notice_id));
    lists.insert(each.digest.value_or(""));
  }
  std::ranges::sort(children);
  EXPECT_EQ(children, texts_of(member(row, "expected_children")));
  ASSERT_EQ(lists.size(), 1U);
  EXPECT_EQ(desk.begin(*lists.begin()), "go");
  EXPECT_EQ(desk.row(*lists.begin()).orders, children.size()) << "each once";
}

// The list of the row is one of two more alerts, and waits: its channel is slow.
void check_list_that_waits(const Value& row) {
  std::vector<DueMessage> messages = messages_of(row);
  std::erase_if(messages, [](const DueMessage& each) { return each.bundle; });
  const Timestamp first = std::ranges::min(messages, {}, &DueMessage::at).at;
  for (const char* id : {"8", "9"}) {
    const Duration before = std::chrono::minutes(id == std::string("8") ? 60 : 30);
    messages.push_back({id, id, "here", first - before, false, false, id == std::string("9")});
  }
  CallDesk desk(messages);
  desk.run();
  ASSERT_EQ(desk.merged.size(), 2U);
  const std::string list = *desk.merged.front().digest;
  const Timestamp made = desk.row(list).created_at;
  desk.merged.clear();
  desk.go_to(desk.now + std::chrono::minutes(1));
  EXPECT_NE(desk.begin(desk.notices.at("c")), "go") << "not by itself";
  std::vector<std::string> children;
  for (const NoticeStep& each : desk.merged) {
    children.push_back(desk.message_of_notice(each.notice_id));
    EXPECT_EQ(each.digest, list);
  }
  std::ranges::sort(children);
  EXPECT_EQ(children, texts_of(member(row, "expected_children")));
  EXPECT_EQ(desk.row(list).created_at, made) << "it keeps its own time";
  EXPECT_EQ(desk.begin(list), "go");
  EXPECT_EQ(desk.row(list).orders, children.size() + 2) << "each once";
}

TEST(GoAlertBundles, EveryRowAgreesOrSaysWhyNot) {
  TABLE_OR_SKIP(rows) = rows_of("goalert_dedup_bundle.json");
  for (const Value& row : rows) {
    const std::string name = text_at(row, "case");
    SCOPED_TRACE(name);
    if (is_given(row, "expected_kept")) {
      check_dedup(row);
    } else if (std::ranges::any_of(messages_of(row), &DueMessage::bundle)) {
      check_list_that_waits(row);
    } else {
      check_bundle(row);
    }
  }
  EXPECT_EQ(rows.size(), 3U);
}

}  // namespace
}  // namespace jieban::oracles
