#include "daemons/notifier/alert_query.h"

#include <algorithm>
#include <array>

#include "common/config/scalar.h"

namespace jieban {
namespace {

struct StateName {
  AlertState state;
  std::string_view name;
};
constexpr std::array<StateName, 6> kStates = {{{AlertState::waiting, "waiting"},
                                               {AlertState::calling, "calling"},
                                               {AlertState::muted, "muted"},
                                               {AlertState::acknowledged, "acknowledged"},
                                               {AlertState::exhausted, "exhausted"},
                                               {AlertState::ended, "ended"}}};

struct PhaseState {
  EscalationPhase phase;
  AlertState state;
};
constexpr std::array<PhaseState, 4> kPhases = {
    {{EscalationPhase::climbing, AlertState::calling},
     {EscalationPhase::acknowledged, AlertState::acknowledged},
     {EscalationPhase::exhausted, AlertState::exhausted},
     {EscalationPhase::resolved, AlertState::ended}}};

constexpr std::array<std::string_view, 5> kParameters = {"state", "topic", "order_no", "below",
                                                         "page_size"};

Value texts(const std::vector<std::string>& list) {
  return Value(Value::Array(list.begin(), list.end()));
}

Value pairs(const std::map<std::string, std::string>& map) {
  Value value{Value::Object()};
  for (const auto& [name, text] : map) value.set(name, text);
  return value;
}

// The earliest of those that its row has.
std::optional<Timestamp> began_at(const Callout& callout) {
  std::optional<Timestamp> began = callout.ladder_since;
  for (const AlertEpisode& each : callout.group.episodes) {
    if (!began || each.starts_at < *began) began = each.starts_at;
  }
  return began;
}

bool is_wanted(const AlertFilter& filter, const Callout& callout) {
  if (filter.state && state_of(callout) != *filter.state) return false;
  if (!filter.topic.empty() && callout.topic != filter.topic) return false;
  return filter.order_no.empty() || label_of(callout.shown, kOrderLabel) == filter.order_no;
}

Value ladder_value(const EscalationState& ladder, bool climbs) {
  Value value;
  value.set("policy", ladder.policy);
  value.set("step", ladder.ran ? Value(*ladder.ran + 1) : Value());
  value.set("cycle", ladder.cycle + 1);
  value.set("next_at", climbs ? Value(format_local(ladder.due_at)) : Value());
  value.set("told", texts(ladder.told)).set("acknowledged_by", texts(ladder.acknowledged_by));
  value.set("lapses_at", ladder.lapses_at ? Value(format_local(*ladder.lapses_at)) : Value());
  return value;
}

}  // namespace

std::string_view to_string(AlertState state) {
  return std::ranges::find(kStates, state, &StateName::state)->name;
}

bool from_string(std::string_view text, AlertState& out) {
  const auto* found = std::ranges::find(kStates, text, &StateName::name);
  if (found == kStates.end()) return false;
  out = found->state;
  return true;
}

std::string alert_state_names() {
  std::string names;
  for (const StateName& each : kStates) names.append(names.empty() ? "" : ", ").append(each.name);
  return names;
}

AlertState state_of(const Callout& callout) {
  if (callout.orders == 0) return AlertState::ended;
  if (callout.held_since) return AlertState::muted;
  if (!callout.ladder) return AlertState::waiting;
  const auto* found = std::ranges::find(kPhases, callout.ladder->phase, &PhaseState::phase);
  // What fires again after its end has not been told yet.
  return found->state == AlertState::ended ? AlertState::waiting : found->state;
}

Result<AlertFilter> read_alert_filter(const HttpHeaders& query) {
  AlertFilter filter;
  for (const auto& [name, value] : query) {
    if (std::ranges::find(kParameters, name) == kParameters.end()) {
      return invalid("没有这个参数；可用：state, topic, order_no, below, page_size");
    }
    if (name == "topic") filter.topic = value;
    if (name == "order_no") filter.order_no = value;
    if (name == "below") filter.below = value;
    if (name == "state") {
      AlertState state{};
      if (!from_string(value, state)) return invalid("state 应为 " + alert_state_names() + " 之一");
      filter.state = state;
    }
    if (name == "page_size") {
      auto size = parse_integer(value);
      const bool fits = size.ok() && *size >= 1 && *size <= int64_t(kAlertPageMax);
      if (!fits) return invalid("page_size 应为 1 至 " + std::to_string(kAlertPageMax));
      filter.page_size = size_t(*size);
    }
  }
  if (filter.below.find('\0') != std::string::npos) return invalid("below 应为上一页的 next");
  return filter;
}

Result<AlertPage> list_alerts(const Transaction& store, const CalloutTables& tables,
                              const AlertFilter& filter) {
  AlertPage page;
  RETURN_IF_ERROR(tables.for_each(store, filter.below, [&](const Callout& callout) {
    if (!is_wanted(filter, callout)) return true;
    // One more shows that there is a next page.
    if (page.alerts.size() == filter.page_size) {
      page.next = page.alerts.back().id;
      return false;
    }
    page.alerts.push_back(callout);
    return true;
  }));
  return page;
}

Result<Callout> find_alert(const Transaction& store, const CalloutTables& tables,
                           const std::string& key) {
  const Error missing{ErrorCode::not_found, "没有这个告警，或已结束"};
  constexpr size_t kAskedBytesMax = 64;
  if (key.empty() || key.size() > kAskedBytesMax || key.find('\0') != std::string::npos) {
    return missing;
  }
  auto found = tables.find(store, key);
  if (!found.ok()) return found.error();
  if (!*found) {
    auto id = tables.by_code(store, key);
    if (!id.ok()) return id.error().code == ErrorCode::not_found ? missing : id.error();
    found = tables.find(store, *id);
    if (!found.ok()) return found.error();
  }
  return *found ? Result<Callout>(std::move(**found)) : Result<Callout>(missing);
}

Value alert_value(const Callout& callout) {
  Value value;
  const AlertState state = state_of(callout);
  const auto began = began_at(callout);
  value.set("key", callout.id).set("code", code_of(callout.id));
  value.set("topic", callout.topic).set("severity", callout.severity);
  value.set("state", to_string(state));
  value.set("since", began ? Value(format_local(*began)) : Value());
  value.set("muted_since", callout.held_since ? Value(format_local(*callout.held_since)) : Value());
  value.set("count", callout.orders);
  value.set("labels", pairs(callout.shown));
  value.set("annotations", pairs(callout.shown_annotations));
  const bool climbs = state == AlertState::calling;
  value.set("ladder", callout.ladder ? ladder_value(*callout.ladder, climbs) : Value());
  return value;
}

Value alert_page_value(const AlertPage& page) {
  Value::Array alerts;
  for (const Callout& each : page.alerts) alerts.push_back(alert_value(each));
  Value value;
  value.set("alerts", std::move(alerts));
  value.set("next", page.next ? Value(*page.next) : Value());
  return value;
}

Result<std::map<AlertState, uint64_t>> count_alerts(const Transaction& store,
                                                    const CalloutTables& tables) {
  std::map<AlertState, uint64_t> counts;
  RETURN_IF_ERROR(tables.for_each(store, "", [&](const Callout& callout) {
    ++counts[state_of(callout)];
    return true;
  }));
  return counts;
}

}  // namespace jieban
