// The rows of Alertmanager's timelines whose point is not the grouping but what happens meanwhile:
// new rules, a restart, a sink that hangs, a sink that refuses. Each cause is enacted with the real
// core of the notifier, on a clock that is stepped; where ours differ, the row says how and why.
#include <algorithm>
#include <set>

#include "common/alerting/escalation_file.h"
#include "common/domain/notice_step.h"
#include "common/domain/topics.h"
#include "common/json/json.h"
#include "daemons/notifier/inputs.h"
#include "daemons/notifier/notifier.h"
#include "tests/oracles/alertmanager.h"
#include "tests/support/core_harness.h"

namespace jieban::oracles {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Duration kStep = milliseconds(100);

// A telling of the group: so many alerts are in it.
struct GroupTold {
  Duration at{};
  uint64_t alerts = 0;
  bool operator==(const GroupTold&) const = default;
};
void PrintTo(const GroupTold& told, std::ostream* out) {
  *out << told.alerts << " at " << told.at / milliseconds(1) << " ms";
}

// What a sink says at that time, and after how long.
struct SinkAnswer {
  DeliveryOutcome outcome = DeliveryOutcome::accepted;
  Duration after{};
};
using Sink = std::function<SinkAnswer(const std::string& channel, Duration at)>;

std::string whole_seconds(const Value& route, std::string_view key) {
  return std::to_string(micros_of(member(route, key)) / 1'000'000) + "s";
}

class CauseDesk : public CoreHarness<Notifier> {
 public:
  CauseDesk(const Value& row, Sink sink)
      : CoreHarness("notifier"), row_(row), sink_(std::move(sink)), begun_(now) {
    load_rules("1");
  }

  void load_rules(const std::string& version) {
    NotifierRules rules;
    rules.version = version;
    rules.attempts_max = 20;
    rules.call_attempts_max = 20;
    rules.retry_first_micros = 1'000'000;
    rules.retry_max_micros = 1'000'000;
    rules.templates["call"] = "{summary}";
    for (const auto& [name, method] : {std::pair{"webhook", "sms"}, {"webhook_failing", "robot"}}) {
      ChannelRule& channel = rules.channels.emplace_back();
      channel.name = name;
      channel.kind = ChannelKind::spool;
      channel.target = "/nowhere";
      channel.method = method;
    }
    note(input(rules_input(Notifier::kRulesName, rules)));
    auto ladders = parse_alerting_rules(ladders_text(version), "ladders");
    if (!ladders.ok()) check_failed(__FILE__, __LINE__, ladders.error().message.c_str());
    note(input(rules_input(Callouts::kRulesName, *ladders)));
  }
  // `cause` happens once, at its time.
  void run(Duration until, Duration cause_at, const std::function<void()>& cause) {
    for (Duration at{}; at <= until; at += kStep) {
      now = begun_ + at;
      if (at == cause_at) cause();
      push_those_of(at);
      note(tick());
      end_those_of(at);
      for (const char* channel : {"webhook", "webhook_failing"}) try_channel(channel, at);
    }
  }

  std::vector<GroupTold> told;
  std::map<std::string, std::vector<Duration>> taken;  // by the sink, when

 private:
  struct Open {
    Duration at{};
    std::string channel;
    bool of_table = false;
    DeliveryEnd end;
  };
  std::string ladders_text(const std::string& version) const {
    const Value& route = member(row_, "route");
    return "version: \"" + version +
           "\"\nroutes:\n  receiver: all\n  group_by: " + to_json(member(route, "group_by")) +
           "\n  group_wait: " + whole_seconds(route, "group_wait") +
           "\n  group_interval: " + whole_seconds(route, "group_interval") +
           "\n  repeat_interval: " + whole_seconds(route, "repeat_interval") +
           "\ntimes: {}\ninhibitions: []\n"
           "silences: {length_max: 24h, reason_characters_min: 4, never: []}\n"
           "policies: {all: {steps: [{tell: [{person: li}], wait: 1s}]}}\n"
           "everybody: {default: [{sms: 0s}, {robot: 0s}]}\ndestinations: {}\n";
  }
  void push_those_of(Duration at) {
    for (const Value& push : *member(row_, "push").array()) {
      if (instant_at(push, "at") != Timestamp(at)) continue;
      for (const Value& said : *member(push, "alerts").array()) {
        AlertRaised raised;
        raised.source = "table";
        raised.labels = labels_at(said, "labels");
        raised.annotations["summary"] = "x";
        if (is_given(said, "starts_at")) {
          raised.starts_at = begun_ + instant_at(said, "starts_at").time_since_epoch();
        }
        Input made;
        made.topic = topics::kAlertRaised;
        made.payload = encode_payload(raised);
        note(input(made));
      }
    }
  }
  void try_channel(const std::string& channel, Duration at) {
    std::vector<NoticeRow> rows;
    {
      const Transaction store = read();
      rows = core().tables().due(store, channel, now, 64)->rows;
    }
    for (const NoticeRow& row : rows) {
      Input begin;
      begin.topic = topics::kDeliveryBegin;
      begin.payload = encode_payload(DeliveryBegin{row.notice_id, row.attempts + 1});
      const StepOutcome said = input(begin);
      note(said);
      if (!said.answers.at(0).ok() || *said.answers.at(0) != "go") continue;
      const SinkAnswer answer = sink_(channel, at);
      open_.push_back({at + answer.after,
                       channel,
                       alerts_.contains(row.alert.value_or("")),
                       {row.notice_id, row.attempts + 1, answer.outcome, std::nullopt}});
    }
    end_those_of(at);
  }
  void end_those_of(Duration at) {
    for (const Open& each : std::exchange(open_, {})) {
      if (each.at > at) {
        open_.push_back(each);
        continue;
      }
      const bool accepted = each.end.outcome == DeliveryOutcome::accepted;
      if (accepted && each.of_table) taken[each.channel].push_back(at);
      Input end;
      end.topic = topics::kDeliveryEnd;
      end.payload = encode_payload(each.end);
      note(input(end));
    }
  }
  void note(const StepOutcome& outcome) {
    for (const auto& answer : outcome.answers) {
      EXPECT_TRUE(answer.ok()) << (answer.ok() ? "" : answer.error().message);
    }
    for (const Event& event : events_of(outcome)) {
      if (event.topic != topics::kAlertOpened) continue;
      const auto step = payload_of<AlertStep>(event);
      if (step.topic == "channel.down") continue;  // by which a sink that refuses is told of
      alerts_.insert(step.alert);
      told.push_back({event.occurred_at - begun_, step.orders});
    }
  }

  const Value& row_;
  Sink sink_;
  Timestamp begun_;
  std::vector<Open> open_;
  std::set<std::string> alerts_;
};

SinkAnswer takes_all(const std::string&, Duration) { return {}; }

// The windows in which the table has that sink hear something.
std::vector<std::pair<Duration, Duration>> windows_of(const Value& row, const std::string& sink) {
  std::vector<std::pair<Duration, Duration>> windows;
  for (const Value& each : *member(row, "expect").array()) {
    if (text_at(each, "receiver") != sink) continue;
    windows.emplace_back(instant_at(each, "from").time_since_epoch(),
                         instant_at(each, "to").time_since_epoch());
  }
  return windows;
}

void say_why(const char* row, const char* why) {
  std::cout << "differs: " << row << ": " << why << "\n";
}

void check_reload(const Value& row) {
  CauseDesk desk(row, takes_all);
  desk.run(seconds(12), seconds(3), [&] { desk.load_rules("2"); });
  say_why("reload",
          "new rules do not start the interval again: the second is told a second sooner");
  EXPECT_EQ(desk.told, (std::vector<GroupTold>{{seconds(2), 1}, {seconds(8), 2}}));
}

void check_cold_start(const Value& row) {
  CauseDesk desk(row, takes_all);
  desk.run(seconds(12), seconds(5), [&] { desk.reopen(); });
  say_why(
      "cold-start",
      "what has been told is in the store: a start needs no delay, sends nothing twice, and the "
      "interval goes on over it");
  EXPECT_EQ(desk.told, (std::vector<GroupTold>{{seconds(2), 2}, {seconds(8), 4}}));
  EXPECT_EQ(desk.taken["webhook"].size(), 2U);
}

void check_sink_timeout(const Value& row) {
  CauseDesk desk(row, [](const std::string&, Duration at) {
    if (at >= seconds(3)) return SinkAnswer{};
    return SinkAnswer{DeliveryOutcome::unknown, milliseconds(500)};
  });
  desk.run(seconds(6), Duration(-1), [] {});
  EXPECT_EQ(desk.told, (std::vector<GroupTold>{{seconds(2), 1}})) << "the delivery tries again";
  ASSERT_EQ(desk.taken["webhook"].size(), 1U);
  const auto [from, to] = windows_of(row, "webhook").at(0);
  EXPECT_GE(desk.taken["webhook"][0], from);
  EXPECT_LE(desk.taken["webhook"][0], to);
}

void check_retry(const Value& row) {
  CauseDesk desk(row, [](const std::string& channel, Duration at) {
    const bool refuses = channel == "webhook_failing" && at < milliseconds(4500);
    return SinkAnswer{refuses ? DeliveryOutcome::failed : DeliveryOutcome::accepted, {}};
  });
  desk.run(milliseconds(6500), Duration(-1), [] {});
  say_why("retry",
          "a repeat of 3 s comes after 3 s and waits for no tick; what one sink refuses is tried "
          "again by its delivery, for that sink alone, and not by the group");
  EXPECT_EQ(desk.told, (std::vector<GroupTold>{{seconds(2), 1}, {seconds(5), 1}}));
  EXPECT_EQ(desk.taken["webhook"], (std::vector<Duration>{seconds(2), seconds(5)}));
  ASSERT_FALSE(desk.taken["webhook_failing"].empty());
  EXPECT_GE(desk.taken["webhook_failing"][0], milliseconds(4500));
  EXPECT_LE(desk.taken["webhook_failing"][0], windows_of(row, "webhook_failing").at(0).second);
}

struct CauseRow {
  const char* id;
  void (*check)(const Value& row);
};
constexpr CauseRow kCauses[] = {{"reload", check_reload},
                                {"cold-start", check_cold_start},
                                {"sink-timeout", check_sink_timeout},
                                {"retry", check_retry}};

TEST(AlertmanagerCauses, EachIsEnactedAndAgreesOrSaysWhyNot) {
  TABLE_OR_SKIP(rows) = rows_of("alertmanager_dispatch_timelines.json");
  size_t enacted = 0;
  for (const Value& row : rows) {
    for (const CauseRow& each : kCauses) {
      if (text_at(row, "id") != each.id) continue;
      SCOPED_TRACE(each.id);
      each.check(row);
      ++enacted;
    }
  }
  EXPECT_EQ(enacted, std::size(kCauses));
}

}  // namespace
}  // namespace jieban::oracles
