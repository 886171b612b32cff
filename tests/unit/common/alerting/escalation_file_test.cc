#include "common/alerting/escalation_file.h"

#include <set>

#include "common/base/file.h"
#include "common/base/text.h"
#include "common/domain/role.h"
#include "tests/unit/common/alerting/payloads.h"

namespace jieban {
namespace {

const std::string kShipped = JIEBAN_SOURCE_DIR "/config/escalation.yaml";

constexpr std::string_view kGood = R"(version: "1"
times: {day: [{times: ["07:00-22:00"]}]}
routes: {receiver: it, mute_times: [day]}
inhibitions: []
silences: {length_max: 1h}
destinations: {}
policies:
  it:
    steps:
      - {tell: [{rota: seat}, {person: p-1}], wait: 5m, acknowledgers: 2}
      - {tell: [{role: team_leader}, {unit: lead}], work_wait: 1h, within: day}
    repeat: for_ever
    lapse: 2h
    late: 30s
everybody: {default: [{robot: 0s}, {sms: 5m}]}
people: {p-1: {red: [{voice: 0s}]}}
handover: {rota: seat, after: 15m, ahead: 1h}
)";

TEST(EscalationFile, PoliciesAndMeansAreRead) {
  auto rules = parse_alerting_rules(kGood, "e.yaml");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  const EscalationPolicy& policy = rules->escalation.policies.at("it");
  ASSERT_EQ(policy.steps.size(), 2U);
  EXPECT_EQ(policy.steps[0].targets, (std::vector<EscalationTarget>{{TargetKind::rota, "seat"},
                                                                    {TargetKind::person, "p-1"}}));
  EXPECT_EQ(policy.steps[0].wait(), std::chrono::minutes(5));
  EXPECT_EQ(policy.steps[0].acknowledgers, 2U);
  EXPECT_FALSE(policy.steps[0].working_time);
  EXPECT_TRUE(policy.steps[1].working_time);
  EXPECT_EQ(policy.steps[1].within, "day");
  EXPECT_TRUE(policy.repeats_for_ever);
  EXPECT_EQ(policy.lapse_micros, 7'200'000'000U);
  EXPECT_EQ(policy.late_micros, 30'000'000U);
  EXPECT_EQ(rules->handover, (HandoverRules{"seat", 900'000'000, 3'600'000'000}));
  EXPECT_EQ(calls_of(rules->escalation, "p-2", "red")[1], (CallRule{"sms", 300'000'000}));
  EXPECT_EQ(calls_of(rules->escalation, "p-1", "red")[0].method, "voice");
}

struct Fault {
  const char* from;
  const char* to;
  const char* place;  // line and column
};

TEST(EscalationFile, WhatIsWrongIsShownAtItsPlace) {
  for (const auto& [from, to, place] : std::vector<Fault>{
           {"version: \"1\"", "version: \"\"", "1:1"},
           {"late: 30s", "later: 30s", "14:5"},
           {"late: 30s", "late: -30s", "14:11"},
           {"{rota: seat}", "{rote: seat}", "10:17"},
           {"{rota: seat}", "{rota: seat, role: x}", "10:17"},
           {"wait: 5m,", "wait: 5m, work_wait: 5m,", "10:9"},
           {"wait: 5m,", "", "10:9"},
           {"wait: 5m,", "wait: 5,", "10:53"},
           {"repeat: for_ever", "repeat: often", "12:13"},
           {"repeat: for_ever", "repeat: -1", "12:13"},
           {"acknowledgers: 2", "acknowledgers: 0", "1:1"},
           {"within: day", "within: night", "1:1"},
           {"mute_times: [day]", "mute_times: [night]", "1:1"},
           {"receiver: it", "receiver: them", "1:1"},
           {"{robot: 0s}, {sms: 5m}", "{robot: 0s, sms: 5m}", "15:23"},
           {"default: [{robot: 0s}", "red: [{robot: 0s}", "1:1"},
           {"inhibitions: []\n", "", "1:1"},
           {"people: {p-1: {red: [{voice: 0s}]}}", "people: {p-1: {red: []}}", "1:1"},
       }) {
    std::string text(kGood);
    ASSERT_NE(text.find(from), std::string::npos) << from;
    replace_all(text, from, to);
    auto rules = parse_alerting_rules(text, "e.yaml");
    ASSERT_FALSE(rules.ok()) << to;
    EXPECT_EQ(rules.error().message.find("e.yaml:" + std::string(place) + ": "), 0U)
        << to << ": " << rules.error().message;
  }
}

// What came in an event was not read by the reader.
TEST(EscalationFile, RulesOfAnEventAreCheckedAsWell) {
  const AlertingRules good = *parse_alerting_rules(kGood, "e.yaml");
  EXPECT_TRUE(check_alerting(good).ok());
  AlertingRules bad = good;
  bad.silences.length_max_micros = 0;
  EXPECT_FALSE(check_alerting(bad).ok());
  bad = good;
  bad.routes.clear();
  EXPECT_FALSE(check_alerting(bad).ok());
  bad = good;
  bad.times["day"][0].zone = "nowhere";
  EXPECT_FALSE(check_alerting(bad).ok());
  for (auto feed : {&AlertingRules::feed, &AlertingRules::imports}) {
    bad = good;
    (bad.*feed).emplace().otherwise_micros = 1;
    EXPECT_TRUE(check_alerting(bad).ok());
    (bad.*feed)->timeouts = {{"no such time", 1}};
    EXPECT_FALSE(check_alerting(bad).ok());
    (bad.*feed) = FeedRules{{}, 0};
    EXPECT_FALSE(check_alerting(bad).ok());
  }
  bad = good;
  bad.inhibitions.emplace_back();
  EXPECT_FALSE(check_alerting(bad).ok());
  bad = good;
  bad.destinations["x"].digest = DigestRule{1, 1, 1};
  EXPECT_FALSE(check_alerting(bad).ok());
  bad = good;
  bad.escalation.policies["it"].steps.clear();
  EXPECT_FALSE(check_alerting(bad).ok());
}

TEST(EscalationFile, AFileThatIsNotThereIsNotFound) {
  EXPECT_EQ(load_alerting_rules("/nowhere.yaml").error().code, ErrorCode::not_found);
}

AlertingRules shipped() {
  auto rules = load_alerting_rules(kShipped);
  EXPECT_TRUE(rules.ok()) << (rules.ok() ? "" : rules.error().message);
  return rules.ok() ? std::move(*rules) : AlertingRules();
}

TEST(ShippedEscalation, LoadsAndIsAPayload) {
  const AlertingRules rules = shipped();
  EXPECT_TRUE(check_alerting(rules).ok());
  expect_payload(rules);
}

TEST(ShippedEscalation, SaysThatItIsNotOfficial) {
  auto text = read_file(kShipped, 1 << 20);
  ASSERT_TRUE(text.ok());
  EXPECT_NE(text->find("official: false"), std::string::npos);
  EXPECT_NE(text->find("shipped default, not official"), std::string::npos);
}

TEST(ShippedEscalation, ItsRolesAreThoseOfTheHouse) {
  for (const auto& [name, policy] : shipped().escalation.policies) {
    for (const EscalationStep& step : policy.steps) {
      for (const EscalationTarget& target : step.targets) {
        Role role{};
        if (target.kind != TargetKind::role) continue;
        EXPECT_TRUE(from_string(target.name, role)) << name << ": " << target.name;
      }
    }
  }
}

struct Told {
  LabelSet labels;
  const char* policy;
  bool quiet;
};

// DOMAIN §4.4 and §15.9.
TEST(ShippedEscalation, EveryAlertHasItsPolicyAndOnlyTheLowerLevelsAreQuietAtNight) {
  const AlertingRules rules = shipped();
  const std::string topic = "topic";
  const std::pair<std::string, std::string> kLed = {"unit", "urban_office"};
  for (const auto& [labels, policy, quiet] : std::vector<Told>{
           {{{topic, "emergency.unsigned"}}, "emergency_unsigned", false},
           {{{topic, "channel.down"}}, "channel_down", false},
           {{{topic, "feed.silent"}}, "feed_silent", false},
           {{{topic, "import.silent"}}, "import_silent", false},
           {{{topic, "handover.waiting"}}, "handover_waiting", false},
           {{{topic, "rota.gap"}, {"severity", "critical"}}, "rota_gap", false},
           {{{topic, "rota.gap"}, {"severity", "warning"}}, "rota_gap_ahead", false},
           {{{topic, "step.gap"}, {"severity", "critical"}}, "step_gap", false},
           {{{"alertname", "JiebanDaemonDown"}, {"severity", "critical"}}, "monitoring", false},
           {{{"alertname", "JiebanImportOld"}, {"severity", "warning"}}, "monitoring_later", false},
           {{{topic, "unit.down"}, {"unit", "urban_office"}}, "unit_down", false},
           {{{topic, "order.rejected"}}, "rejected", false},
           {{{topic, "order.unsigned"}, {"level", "blue"}}, "unsigned", false},
           {{{topic, "order.unsigned"}, {"level", "yellow"}}, "unsigned_late", false},
           {{{topic, "order.unsigned"}, {"level", "red"}}, "unsigned_red", false},
           {{{topic, "order.unaccepted"}}, "unaccepted", false},
           {{{topic, "order.unaccepted"}, {"class", "emergency"}}, "emergency_unaccepted", false},
           {{{topic, "order.audit_failed"}}, "audit_failed", false},
           {{{topic, "order.unsatisfied"}}, "unsatisfied", false},
           {{{topic, "deadline"}, {"level", "blue"}}, "undispatched", true},
           {{{topic, "deadline"}, {"level", "orange"}}, "undispatched_orange", false},
           {{{topic, "deadline"}, {"level", "red"}}, "undispatched_red", false},
           {{{topic, "deadline"}, {"level", "blue"}, kLed}, "deadline_blue", true},
           {{{topic, "deadline"}, {"level", "yellow"}, kLed}, "deadline_yellow", true},
           {{{topic, "deadline"}, {"level", "orange"}, kLed}, "deadline_orange", false},
           {{{topic, "deadline"}, {"level", "red"}, kLed}, "deadline_red", false},
           {{{topic, "deadline"}, {"level", "blue"}, {"class", "emergency"}},
            "emergency_deadline",
            false},
           {{{topic, "deadline"}, {"level", "yellow"}, {"class", "emergency"}},
            "emergency_deadline_late",
            false},
           {{{topic, "deadline"}, {"level", "red"}, {"class", "emergency"}},
            "emergency_deadline_red",
            false}}) {
    const auto choices = routes_of(rules.routes, labels);
    ASSERT_EQ(choices.size(), 1U);
    EXPECT_EQ(choices[0].receiver, policy);
    EXPECT_EQ(!choices[0].mute_times.empty(), quiet) << policy;
  }
}

// What the monitoring and the notifier say of what is silent or broken rings a phone, and has
// another means should that be the broken one.
TEST(ShippedEscalation, WhatIsSilentOrBrokenEndsOnAPhoneByMoreThanOneMeans) {
  const auto& lists = shipped().escalation.everybody.by_severity;
  for (const char* severity : {"critical", "warning"}) {
    ASSERT_TRUE(lists.contains(severity)) << severity;
    std::set<std::string> means;
    for (const CallRule& call : lists.at(severity)) means.insert(call.method);
    EXPECT_TRUE(means.contains("sms")) << severity;
    EXPECT_GE(means.size(), 2U) << severity;
  }
}

// DOMAIN §14.2: more than 30 minutes in the day shift, more than 60 at night.
TEST(ShippedEscalation, AnImportMayBeHalfAnHourOldByDayAndAnHourByNight) {
  const AlertingRules rules = shipped();
  ASSERT_TRUE(rules.imports.has_value());
  EXPECT_EQ(rules.imports->timeouts,
            (std::vector<FeedTimeout>{{"day_shift", 30ULL * 60 * 1'000'000}}));
  EXPECT_EQ(rules.imports->otherwise_micros, 60ULL * 60 * 1'000'000);
}

TEST(ShippedEscalation, WhereNothingIsImportedNobodyIsToldThatNoOrderCame) {
  const AlertingRules rules = shipped();
  const LabelSet silent = {{"topic", "import.silent"}, {"feed", "city"}};
  EXPECT_TRUE(
      inhibited_by(rules.inhibitions, {silent}, {{"topic", "feed.silent"}, {"feed", "city"}})
          .has_value());
  EXPECT_FALSE(inhibited_by(rules.inhibitions, {silent}, {{"topic", "deadline"}}).has_value());
}

TEST(ShippedEscalation, RedIsToldEveryTwoHoursUntilItIsStopped) {
  const EscalationPolicy policy = shipped().escalation.policies.at("deadline_red");
  EXPECT_TRUE(policy.repeats_for_ever);
  ASSERT_EQ(policy.steps.size(), 1U);
  EXPECT_EQ(policy.steps[0].wait(), std::chrono::hours(2));
}

// An acknowledgement is no end of it (DOMAIN §4.4, §19 scenario 4).
TEST(ShippedEscalation, WhatIsRedOrUrgentIsAskedAboutAgainAfterTwoHours) {
  const auto policies = shipped().escalation.policies;
  for (const char* name :
       {"emergency_unsigned", "emergency_late", "emergency_red", "emergency_deadline",
        "emergency_deadline_late", "emergency_deadline_red", "unsigned_red", "deadline_red"}) {
    ASSERT_TRUE(policies.contains(name)) << name;
    EXPECT_EQ(policies.at(name).lapse_micros, 2ULL * 3600 * 1'000'000) << name;
  }
}

// Who is told at once when that much of a clock is used (DOMAIN §4.4).
TEST(ShippedEscalation, TheTeamLeaderIsToldAtThreeQuartersAndTheLeaderOfTheStreetAtTheBreach) {
  const AlertingRules rules = shipped();
  for (const std::string family : {"emergency_deadline", "unsigned"}) {
    const std::string order_class = family == "unsigned" ? "general" : "emergency";
    const std::string topic = family == "unsigned" ? "order.unsigned" : "deadline";
    const auto told = [&](const std::string& level) {
      const LabelSet labels = {{"topic", topic}, {"class", order_class}, {"level", level}};
      const RouteChoice choice = routes_of(rules.routes, labels).at(0);
      std::set<std::string> roles;
      for (const auto& target : rules.escalation.policies.at(choice.receiver).steps.at(0).targets) {
        roles.insert(target.name);
      }
      return roles;
    };
    EXPECT_FALSE(told("blue").contains("team_leader")) << family;
    EXPECT_TRUE(told("yellow").contains("team_leader")) << family;
    EXPECT_FALSE(told("yellow").contains("street_leader")) << family;
    EXPECT_TRUE(told("red").contains("team_leader")) << family;
    EXPECT_TRUE(told("red").contains("street_leader")) << family;
  }
}

// Whose duty has a hole days ahead is not woken for it.
TEST(ShippedEscalation, AGapThatIsDaysAwayIsToldByDayAndOneOfTodayAtOnce) {
  const auto policies = shipped().escalation.policies;
  for (const EscalationStep& step : policies.at("rota_gap_ahead").steps) {
    EXPECT_EQ(step.within, "waking_hours");
  }
  for (const EscalationStep& step : policies.at("rota_gap").steps) EXPECT_FALSE(step.within);
}

// DOMAIN §15.1 to §15.5.
TEST(ShippedEscalation, RobotsHaveTheLimitsThatTheirVendorsState) {
  const AlertingRules rules = shipped();
  const auto& robots = rules.destinations;
  EXPECT_EQ(robots.at("wecom_robot").throttle.limits,
            (std::vector<RateLimit>{{20, 60'000'000, false}}));
  EXPECT_EQ(robots.at("dingtalk_robot").throttle.limits,
            (std::vector<RateLimit>{{20, 60'000'000, false}}));
  EXPECT_EQ(robots.at("feishu_robot").throttle.limits,
            (std::vector<RateLimit>{{5, 1'000'000, false}, {100, 60'000'000, false}}));
  EXPECT_EQ(hold_after(robots.at("wecom_robot").throttle, "45009"), std::chrono::seconds(60));
  EXPECT_EQ(hold_after(robots.at("dingtalk_robot").throttle, "130101"), std::chrono::seconds(600));
  const ThrottleRules& feishu = robots.at("feishu_robot").throttle;
  EXPECT_EQ(feishu.hold_micros.at("11232"), 5'000'000U);
  EXPECT_EQ(feishu.hold_max_micros->at("11232"), 90'000'000U);
  for (const char* name : {"wecom_robot", "dingtalk_robot", "feishu_robot"}) {
    ASSERT_TRUE(robots.at(name).digest.has_value());
    EXPECT_EQ(robots.at(name).digest->count, 10U);
    EXPECT_EQ(robots.at(name).digest->window_micros, 60'000'000U);
  }
}

TEST(ShippedEscalation, NoSilenceCoversAnEmergency) {
  Silence silence;
  silence.matchers = {*parse_matcher("unit=a")};
  silence.starts_at = second(0);
  silence.ends_at = second(60);
  const SilenceRules rules = shipped().silences;
  EXPECT_TRUE(silences(silence, rules, {{"unit", "a"}}, second(1)));
  EXPECT_FALSE(silences(silence, rules, {{"unit", "a"}, {"class", "emergency"}}, second(1)));
}

}  // namespace
}  // namespace jieban
