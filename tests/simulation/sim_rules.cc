#include "tests/simulation/sim_rules.h"

#include "common/base/check.h"

namespace jieban {
namespace {

using std::chrono::minutes;

int64_t micros(minutes span) { return std::chrono::duration_cast<Duration>(span).count(); }

ChannelRule channel(const std::string& name, std::vector<std::string> topics,
                    uint64_t percent_min) {
  ChannelRule rule;
  rule.name = name;
  rule.kind = ChannelKind::spool;
  rule.target = "/nowhere";
  rule.topics = std::move(topics);
  rule.percent_min = percent_min;
  return rule;
}

// Editions are alike: what the checkers expect holds of each.
constexpr const char* kAlerting = R"(
version: "1"
routes:
  receiver: once
  group_by: [topic, unit]
  group_wait: 30s
  group_interval: 2m
  repeat_interval: 2h
  routes:
    - {matchers: [topic=emergency.unsigned], receiver: ladder, group_by: ["..."], group_wait: 0s}
    - {matchers: [level=red], receiver: ladder, group_by: ["..."], group_wait: 0s}
policies:
  ladder:
    steps:
      - {tell: [{rota: seat}], wait: 3m}
      - {tell: [{role: team_leader}], wait: 5m}
      - {tell: [{rota: chief}], wait: 10m}
  once:
    steps:
      - {tell: [{role: team_leader}], wait: 0s}
everybody:
  default: [{sms: 0s}]
  red: [{sms: 0s}, {robot: 1m}]
  emergency: [{robot: 0s}, {sms: 30s}]
times: {}
inhibitions: []
silences: {length_max: 24h, reason_characters_min: 4, never: []}
destinations: {}
)";

WeeklyWindow window(minutes begin, minutes end) {
  WeeklyWindow made;
  made.begin = std::chrono::seconds(begin).count();
  made.end = std::chrono::seconds(end).count();
  return made;
}

Rota rota_of(const std::string& id, const std::vector<std::pair<std::string, WeeklyWindow>>& duty) {
  Rota rota;
  rota.id = rota.name = id;
  for (const auto& [person, hours] : duty) {
    DutyRule& rule = rota.rules.emplace_back();
    rule.id = person;
    rule.persons = {person};
    rule.window = hours;
    rota.cover.push_back(hours);
  }
  return rota;
}

}  // namespace

AlertingRules sim_alerting_rules(uint64_t edition) {
  static const AlertingRules rules = [] {
    auto parsed = parse_alerting_rules(kAlerting, "alerting");
    CHECK(parsed.ok());
    return std::move(*parsed);
  }();
  AlertingRules made = rules;
  made.version = "alerting-" + std::to_string(edition);
  return made;
}

RotaBook sim_rota(uint64_t edition) {
  RotaBook book;
  book.version = "rota-" + std::to_string(edition);
  book.persons = {{"li", "李", {"seat"}},
                  {"zhao", "赵", {"seat"}},
                  {"zhou", "周", {"team_leader"}},
                  {"wu", "吴", {"street_leader"}}};
  using std::chrono::hours;
  book.rotas = {rota_of("seat", {{"li", window(hours(0), hours(10))},
                                 {"zhao", window(hours(10), hours(24))}}),
                rota_of("chief", {{"wu", window(hours(9), minutes(630))}})};
  return book;
}

RouterRules sim_router_rules(uint64_t edition, bool sign_automatically) {
  RouterRules rules;
  rules.version = "router-" + std::to_string(edition);
  rules.sign_automatically = sign_automatically;
  rules.default_queue = "desk";
  RoutingRule urban;
  urban.id = "urban";
  urban.priority = 10;
  urban.category = "城市管理";
  urban.lead_unit = edition % 2 == 0 ? "urban_office" : "urban_squad";
  urban.assist_units = {"community"};
  rules.rules = {urban};
  ClassRule odd;
  odd.category = kOddCategory;
  odd.order_class = "odd";
  rules.class_rules = {odd};
  rules.classes = sim_clock_rules(edition).classes;
  return rules;
}

ClockRules sim_clock_rules(uint64_t edition) {
  ClockRules rules;
  rules.version = "clocks-" + std::to_string(edition);
  rules.ladder.rungs = {{50, "blue"}, {75, "yellow"}, {90, "orange"}};
  rules.ladder.repeat = micros(minutes(25));
  rules.ladder.repeats_max = 2;
  const auto limit = [](int64_t count) { return ClockLimit{.span = micros(minutes(count))}; };
  ClassRules& general = rules.classes["general"];
  general.sign = limit(20);
  general.forward = general.contact = limit(30);
  general.return_window = limit(45);
  general.internal = ClockLimit{.span = micros(minutes(40)), .before_due = true};
  general.audit = limit(15);
  general.due = limit(120);
  ClassRules& emergency = rules.classes["emergency"];
  emergency.sign = emergency.forward = limit(5);
  emergency.due = limit(30);
  return rules;
}

NotifierRules sim_notifier_rules(uint64_t edition) {
  NotifierRules rules;
  rules.version = "notices-" + std::to_string(edition);
  rules.attempts_max = 3;
  rules.retry_first_micros = 2'000'000;
  rules.retry_max_micros = 30'000'000;
  rules.templates["deadline.warned"] = "预警 {order_no} {clock} {percent}%";
  rules.templates["deadline.breached"] = "超时 {order_no} {clock}";
  rules.templates["order.unrouted"] = "待派 {order_no}";
  rules.channels = {channel("desk", {"deadline.warned", "deadline.breached", "order.unrouted"}, 0),
                    channel("leader", {"deadline.breached", "deadline.warned"}, 90),
                    channel("phone", {}, 0), channel("group", {}, 0)};
  rules.channels[2].method = "sms";
  rules.channels[3].method = "robot";
  return rules;
}

}  // namespace jieban
