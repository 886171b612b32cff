#include "daemons/archiver/answers.h"

#include "daemons/archiver/labels.h"

namespace jieban {
namespace {

Value time_value(const std::optional<Timestamp>& at) {
  return at ? Value(format_local(*at)) : Value();
}

Value text_value(const std::optional<std::string>& text) { return text ? Value(*text) : Value(); }

Value tags_value(const std::optional<std::vector<std::string>>& tags) {
  Value::Array values;
  if (!tags) return values;
  for (const std::string& tag : *tags) values.emplace_back(tag);
  return values;
}

// Of the order's events the one that last said who leads it or why nobody does, as the router
// kept it: stage, rule, version, suggestion. Null when it was not routed yet.
Value routing_value(const OrderView& view) {
  for (auto entry = view.timeline.rbegin(); entry != view.timeline.rend(); ++entry) {
    const Value* route = entry->payload.find("route");
    const bool routed =
        route != nullptr && route->find("stage") != nullptr && entry->event.order_id != 0;
    if (!routed) continue;
    Value value = *route;
    value.set("at", format_local(entry->event.occurred_at));
    for (const char* name : {"rule", "rules_version", "lead_unit", "queue"}) {
      const Value* member = entry->payload.find(name);
      if (member != nullptr) value.set(name, *member);
    }
    return value;
  }
  return {};
}

Value entry_value(const TimelineEntry& entry) {
  Value value;
  value.set("number", entry.number);
  value.set("at", format_local(entry.event.occurred_at));
  value.set("stream", entry.event.stream);
  value.set("sequence", entry.event.sequence);
  value.set("topic", entry.event.topic);
  value.set("label", entry.label);
  value.set("actor", entry.event.actor);
  if (entry.event.cause.sequence != 0) {
    Value cause;
    cause.set("stream", entry.event.cause.stream);
    cause.set("sequence", entry.event.cause.sequence);
    value.set("cause", std::move(cause));
  }
  value.set("payload", entry.payload);
  return value;
}

Value history_value(const FieldHistoryEntry& entry) {
  Value value;
  value.set("at", format_local(entry.at));
  value.set("actor", entry.actor);
  value.set("name", entry.change.name);
  value.set("before", entry.change.before);
  value.set("after", entry.change.after);
  return value;
}

Value round_value(const OrderSummary& summary, const RoundMoments& round) {
  Value value;
  value.set("round", round.round);
  value.set("began_at", format_local(round.began_at));
  value.set("lead_unit", round.lead_unit);
  value.set("due_at", time_value(round.due_at));
  value.set("signed_at", time_value(round.signed_at));
  value.set("dispatched_at", time_value(round.dispatched_at));
  value.set("accepted_at", time_value(round.accepted_at));
  value.set("handed_in_at", time_value(round.handed_in_at));
  value.set("submitted_at", time_value(round.submitted_at));
  value.set("completed_at", time_value(round.completed_at));
  value.set("caller_told_at", time_value(round.caller_told_at));
  value.set("hotline_told_at", time_value(round.hotline_told_at));
  const auto in_time = on_time(summary, round);
  value.set("on_time", in_time ? Value(*in_time) : Value());
  return value;
}

// Only of an order that has more than one: the moments of each.
void add_rounds(const OrderSummary& summary, Value& value) {
  if (!summary.past_rounds) return;
  Value::Array rounds;
  for (const RoundMoments& round : rounds_of(summary)) {
    rounds.push_back(round_value(summary, round));
  }
  value.set("rounds", std::move(rounds));
}

}  // namespace

Value order_value(const OrderRow& order) {
  const OrderSummary& summary = order.summary;
  Value value;
  value.set("order_id", order.order_id);
  value.set("order_no", summary.order_no);
  value.set("round", summary.reopened_round.value_or(summary.round));
  value.set("order_type", summary.order_type);
  value.set("order_class", summary.order_class);
  value.set("class_label", class_label(summary.order_class));
  value.set("state", to_string(summary.state));
  value.set("state_label", to_chinese(summary.state));
  value.set("category", summary.category);
  value.set("community", summary.community);
  value.set("lead_unit", summary.lead_unit);
  value.set("created_at", time_value(summary.created_at));
  value.set("received_at", time_value(summary.received_at));
  value.set("due_at", time_value(summary.due()));
  value.set("signed_at", time_value(summary.signed_at));
  value.set("dispatched_at", time_value(summary.dispatched_at));
  value.set("accepted_at", time_value(summary.accepted_at));
  value.set("handed_in_at", time_value(summary.handed_in_at));
  value.set("submitted_at", time_value(summary.submitted_at));
  value.set("completed_at", time_value(summary.completed_at));
  value.set("city_dispatched_at", time_value(summary.city_dispatched_at));
  value.set("city_completed_at", time_value(summary.city_completed_at));
  value.set("caller_told_at", time_value(summary.caller_told_at));
  value.set("hotline_told_at", time_value(summary.hotline_told_at));
  value.set("rejections", summary.rejections.value_or(0));
  value.set("self_answered", summary.self_answered.value_or(false));
  const auto in_time = on_time(summary, rounds_of(summary).back());
  value.set("on_time", in_time ? Value(*in_time) : Value());
  value.set("warnings", summary.warnings);
  value.set("breaches", summary.breaches);
  value.set("updates", summary.updates);
  add_rounds(summary, value);
  value.set("tags", tags_value(summary.tags));
  value.set("suggestion", text_value(summary.suggestion));
  value.set("repeat_of", text_value(summary.repeat_of));
  value.set("cluster_of", text_value(summary.cluster_of));
  return value;
}

Value page_value(const OrderPage& page) {
  Value::Array orders;
  for (const OrderRow& order : page.orders) orders.push_back(order_value(order));
  Value value;
  value.set("orders", std::move(orders));
  value.set("next", page.next ? Value(*page.next) : Value());
  return value;
}

Value view_value(const OrderView& view) {
  Value::Array timeline;
  for (const TimelineEntry& entry : view.timeline) timeline.push_back(entry_value(entry));
  Value::Array history;
  for (const FieldHistoryEntry& entry : view.field_history) history.push_back(history_value(entry));
  Value value;
  value.set("order", order_value(view.order));
  value.set("routing", routing_value(view));
  value.set("timeline", std::move(timeline));
  value.set("timeline_cut", view.cut);
  value.set("field_history", std::move(history));
  return value;
}

Value counts_value(const OrderCounts& counts) {
  Value states;
  for (const auto& [state, count] : counts.by_state) {
    states.set(std::string(to_string(state)), count);
  }
  Value value;
  value.set("total", counts.total);
  value.set("by_state", std::move(states));
  return value;
}

Value chain_value(const ChainReport& report) {
  Value value;
  value.set("whole", !report.broken_at.has_value());
  value.set("count", report.count);
  value.set("head_hash", to_hex(report.head_hash));
  if (report.broken_at) {
    value.set("broken_at", *report.broken_at);
    value.set("reason", report.reason);
  }
  return value;
}

}  // namespace jieban
