#include "tests/simulation/sim_rules.h"

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

}  // namespace

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
                    channel("leader", {"deadline.breached", "deadline.warned"}, 90)};
  return rules;
}

}  // namespace jieban
