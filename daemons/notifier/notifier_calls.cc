// What the notifier makes of alerts: which events raise and end them, and the calls of their
// ladders.
#include "common/domain/events.h"
#include "common/domain/import_done.h"
#include "common/domain/topics.h"
#include "daemons/notifier/callout/step_gaps.h"
#include "daemons/notifier/digest_text.h"
#include "daemons/notifier/notifier.h"

namespace jieban {
namespace {

constexpr std::string_view kEmergency = "emergency";
constexpr std::string_view kCritical = "critical";

struct StatePart {
  OrderState from = OrderState::new_order;
  OrderState to = OrderState::new_order;
  std::optional<std::string> lead_unit;
  std::optional<std::map<std::string, std::string>> arguments;

  std::string_view argument(const std::string& name) const {
    if (!arguments) return {};
    const auto found = arguments->find(name);
    return found == arguments->end() ? std::string_view() : std::string_view(found->second);
  }
  template <class Visit>
  static void fields(Visit& visit) {
    visit("from", &StatePart::from);
    visit("to", &StatePart::to);
    visit("lead_unit", &StatePart::lead_unit);
    visit("arguments", &StatePart::arguments);
  }
};

struct HandoverNumber {
  uint64_t handover = 0;
  std::optional<std::string> shift_out;
  std::optional<std::string> shift_in;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("handover", &HandoverNumber::handover);
    visit("shift_out", &HandoverNumber::shift_out);
    visit("shift_in", &HandoverNumber::shift_in);
  }
};

// After these no unit leads it.
constexpr std::array<std::string_view, 2> kUnplacing = {"order.bounced", "order.reopened"};

// A clock that is over has nothing to warn of; one that was superseded starts anew.
bool ends_alert(const ClockChange& change) {
  constexpr std::array<std::string_view, 5> kEnds = {"met", "stopped_late", "superseded",
                                                     "cancelled", "lapsed"};
  return std::ranges::find(kEnds, change.change) != kEnds.end();
}

AlertOrder order_of(const OrderCard& card) {
  return {card.order_no, card.category, card.community, card.order_class.value_or(""),
          card.lead_unit.value_or("")};
}

// What is told by itself, or in a list of its like: a list of reminders would bury it.
bool is_urgent(std::string_view severity) {
  return severity == kEmergency || severity == kCritical;
}

// The words for this alert, else those for any.
const std::string* words_of(const NotifierRules& rules, const std::string& topic) {
  for (const std::string& name : {"call." + topic, std::string("call")}) {
    auto found = rules.templates.find(name);
    if (found != rules.templates.end()) return &found->second;
  }
  return nullptr;
}

constexpr std::string_view kCallText = "【提醒】{count}件工单需处理，首件{order_no}。{ack}";

// REQUIRES: topic, channel and urgency of the row are set.
void put_in_words(NoticeRow& row, const Callout& callout, NoticeSubject subject,
                  const NotifierRules& rules) {
  subject.count = callout.orders;
  subject.code = code_of(callout.id);
  subject.ack = render_text(rules.ack_words(row.channel), subject, rules.unit_names);
  const std::string* words = words_of(rules, callout.topic);
  row.order_no = subject.order_no;
  row.text = render_text(words == nullptr ? kCallText : std::string_view(*words), subject,
                         rules.unit_names);
  row.orders = callout.orders;
  row.item = list_item(subject, row.urgent.value_or(false));
}

}  // namespace

Result<void> Notifier::tell_emergency(const Event& event, const OrderCard& card, Step& step) {
  if (card.order_class != kEmergency) return {};
  return callouts_.raise(event.order_id, emergency_draft(order_of(card)), *this, step);
}

// An alert of a state ends when the order leaves it.
Result<void> Notifier::follow_move(const Event& event, Step& step) {
  auto ladders = callouts_.rules(step.store());
  if (!ladders.ok()) return ladders.error();
  // Without ladders nobody is called, and nothing is read.
  const bool calls = *ladders != nullptr;
  const bool unplaces = calls && std::ranges::find(kUnplacing, event.topic) != kUnplacing.end();
  const bool alerts = calls && may_alert(event.topic);
  auto open = callouts_.tables().marks_of(step.store(), event.order_id);
  if (!open.ok()) return open.error();
  if (open->empty() && !alerts && !unplaces) return {};
  if (event.topic == topics::kOrderOpened || event.topic == topics::kOrderAmended) return {};
  auto move = decode_payload<StatePart>(event.payload);
  if (!move.ok()) return move.error();
  const bool left = move->from != move->to;
  // A signature ends the alerts of its clock, also while the watcher is away.
  for (const std::string& what : {std::string(kStateAlert), clock_alert("sign")}) {
    const bool over = left && (what == kStateAlert || move->from == OrderState::new_order);
    if (!over || std::ranges::find(*open, what) == open->end()) continue;
    RETURN_IF_ERROR(callouts_.end(event.order_id, what, *this, step));
  }
  if (!alerts && !unplaces) return {};
  const std::string key = make_key(event.order_id);
  auto known = tables_.orders().get(step.store(), key);
  if (!known.ok()) return known.error();
  OrderCard card = known->value_or(OrderCard());
  if (unplaces) card.lead_unit.reset();
  if (move->lead_unit) card.lead_unit = move->lead_unit;
  if (*known && **known != card) RETURN_IF_ERROR(tables_.orders().put(step.store(), key, card));
  const StateMove made{event.topic, move->to, move->argument("satisfied")};
  const auto draft = state_draft(made, order_of(card));
  return draft ? callouts_.raise(event.order_id, *draft, *this, step) : Result<void>();
}

Result<void> Notifier::note_import(const Event& event, Step& step) {
  auto done = decode_payload<ImportDone>(event.payload);
  if (!done.ok()) return done.error();
  return own_alerts_.imported(done->at, callouts_, *this, step);
}

Result<void> Notifier::await_relief(const Event& event, Step& step) {
  auto out = decode_payload<HandoverNumber>(event.payload);
  if (!out.ok()) return out.error();
  RETURN_IF_ERROR(handover_watch_.signed_out(event.occurred_at, callouts_, *this, step));
  const WaitingHandover waiting{out->handover, out->shift_out.value_or(""),
                                out->shift_in.value_or(""), event.actor};
  return callouts_.raise(0, handover_draft(waiting), *this, step);
}

Result<void> Notifier::end_handover(const Event&, Step& step) {
  return callouts_.end(0, kHandoverAlert, *this, step);
}

Result<void> Notifier::withdraw_handover(const Event& event, Step& step) {
  RETURN_IF_ERROR(end_handover(event, step));
  return handover_watch_.withdrawn(callouts_, step);
}

Result<void> Notifier::follow_clocks(const Event& event, Step& step) {
  auto open = callouts_.tables().marks_of(step.store(), event.order_id);
  if (!open.ok()) return open.error();
  if (open->empty()) return {};
  auto told = decode_payload<ClockChanges>(event.payload);
  if (!told.ok()) return told.error();
  for (const ClockChange& change : told->changes) {
    const std::string what = clock_alert(change.clock);
    if (!ends_alert(change) || std::ranges::find(*open, what) == open->end()) continue;
    RETURN_IF_ERROR(callouts_.end(event.order_id, what, *this, step));
  }
  return {};
}

Result<void> Notifier::take_foreign(const Event& event, Step& step) {
  auto raised = decode_payload<AlertRaised>(event.payload);
  if (!raised.ok()) return raised.error();
  return callouts_.take(*raised, *this, step);
}

Result<void> Notifier::add_silence(const Event& event, Step& step) {
  auto wanted = decode_payload<SilenceAdd>(event.payload);
  if (!wanted.ok()) return wanted.error();
  return callouts_.add_silence(*wanted, step);
}

Result<void> Notifier::lift_silence(const Event& event, Step& step) {
  auto wanted = decode_payload<SilenceLift>(event.payload);
  if (!wanted.ok()) return wanted.error();
  return callouts_.lift_silence(*wanted, step);
}

Result<void> Notifier::follow_attempt(const NoticeRow& row, DeliveryOutcome outcome, Step& step) {
  if (!is_call(row)) return {};
  const bool may_be_out =
      outcome == DeliveryOutcome::accepted || outcome == DeliveryOutcome::unknown;
  if (may_be_out && row.person) RETURN_IF_ERROR(note_out(row, step));
  if (!is_open(row.state)) return {};
  auto alerts = alerts_of(row.notice_id, step);
  if (!alerts.ok()) return alerts.error();
  for (const std::string& alert : *alerts) {
    auto wanted = callouts_.look_again(alert, step);
    if (!wanted.ok()) return wanted.error();
    if (!*wanted) RETURN_IF_ERROR(take_back(alert, "", step));
  }
  return {};
}

// What a call has become while it waits, it says when it goes: one that has not gone out says the
// same to the same person once.
Result<bool> Notifier::renew_call(const NoticeRow& wanted, Step& step) {
  auto ids = open_calls_of(*wanted.alert, step);
  if (!ids.ok()) return ids.error();
  for (const std::string& id : *ids) {
    auto row = existing(id, step);
    if (!row.ok()) return row.error();
    const bool same = row->person == wanted.person && row->method == wanted.method;
    if (same && row->state == NoticeState::merged) {
      auto listed = renew_member(*row, wanted, step);
      if (!listed.ok() || *listed) return listed;
    }
    if (!same || !is_open(row->state)) continue;
    NoticeRow renewed = *row;
    renewed.text = wanted.text;
    renewed.orders = wanted.orders;
    renewed.item = wanted.item;
    RETURN_IF_ERROR(tables_.write(step.store(), &*row, renewed));
    return true;
  }
  return false;
}

// What has become of its alert while it waited, a call says when it goes.
Result<void> Notifier::renew_words(NoticeRow& row, Step& step) const {
  if (!is_call(row) || !row.alert || is_digest(row.notice_id)) return {};
  auto callout = callouts_.tables().find(step.store(), *row.alert);
  if (!callout.ok()) return callout.error();
  if (!*callout || (*callout)->orders == 0) return {};
  auto rules = rules_in_force(step);
  if (!rules.ok()) return rules.error();
  const NoticeSubject subject = subject_of((*callout)->shown, (*callout)->shown_annotations);
  put_in_words(row, **callout, subject, **rules);
  return {};
}

Result<bool> Notifier::call(const WantedCall& wanted, Step& step) {
  auto rules = rules_in_force(step);
  if (!rules.ok()) return rules.error();
  // Of a channel that is down nobody hears over that channel.
  const std::string& down = label_of(wanted.callout.shown, kChannelLabel);
  const ChannelRule* channel = (*rules)->channel_of(wanted.method, down);
  if (channel == nullptr) return false;
  NoticeRow row;
  row.notice_id = wanted.id;
  row.channel = channel->name;
  row.topic = "alert." + wanted.callout.topic;
  row.cause_stream = step.stream();
  row.created_at = row.due_at = step.now();
  row.person = wanted.person;
  row.method = wanted.method;
  row.alert = wanted.callout.id;
  // A call of a group that is one order's stands in its time line.
  row.order_id = sole_order(wanted.callout);
  if (is_urgent(wanted.callout.severity)) row.urgent = true;
  if (row_of(channel->kind).group) row.shared = true;
  put_in_words(row, wanted.callout, wanted.subject, **rules);
  auto renewed = renew_call(row, step);
  if (!renewed.ok() || *renewed) return renewed;
  RETURN_IF_ERROR(callouts_.tables().open_calls().put(step.store(),
                                                      make_key(wanted.callout.id, wanted.id),
                                                      {channel->name, wanted.cycle, wanted.rung}));
  RETURN_IF_ERROR(queue(row, step));
  return true;
}

Result<void> Notifier::close_call(const std::string& alert, const std::string& notice_id,
                                  Step& step) {
  auto erased = callouts_.tables().open_calls().erase(step.store(), make_key(alert, notice_id));
  return erased.ok() ? Result<void>() : erased.error();
}

Result<std::vector<std::string>> Notifier::open_calls_of(const std::string& alert,
                                                         Step& step) const {
  std::vector<std::string> ids;
  const std::string prefix = make_key(alert);
  auto scanned = callouts_.tables().open_calls().scan(
      step.store(), prefix, [&](std::string_view key, const OpenCall&) {
        if (!key.starts_with(prefix)) return false;
        ids.emplace_back(KeyReader(key.substr(prefix.size())).text());
        return true;
      });
  if (!scanned.ok()) return scanned.error();
  return ids;
}

Result<NoticeState> Notifier::carried_as(const NoticeRow& row, Step& step) const {
  if (row.state != NoticeState::merged) return row.state;
  auto digest = existing(row.digest.value_or(""), step);
  if (!digest.ok()) return digest.error();
  return digest->state;
}

Result<void> Notifier::take_back(const std::string& alert, const std::string& person, Step& step) {
  auto ids = open_calls_of(alert, step);
  if (!ids.ok()) return ids.error();
  for (const std::string& id : *ids) {
    auto row = existing(id, step);
    if (!row.ok()) return row.error();
    if (!person.empty() && row->person != person) continue;
    // Its end will show whether there is anything left to take back.
    auto carried = carried_as(*row, step);
    if (!carried.ok()) return carried.error();
    if (*carried == NoticeState::attempting) continue;
    RETURN_IF_ERROR(withdraw(id, step));
    RETURN_IF_ERROR(close_call(alert, id, step));
  }
  return {};
}

Result<std::vector<PendingCall>> Notifier::hold_back(const std::string& alert, Step& step) {
  std::vector<PendingCall> held;
  auto ids = open_calls_of(alert, step);
  if (!ids.ok()) return ids.error();
  for (const std::string& id : *ids) {
    auto row = existing(id, step);
    if (!row.ok()) return row.error();
    auto carried = carried_as(*row, step);
    if (!carried.ok()) return carried.error();
    if (!is_open(*carried)) continue;
    auto call = callouts_.tables().open_calls().get(step.store(), make_key(alert, id));
    if (!call.ok()) return call.error();
    const OpenCall asked = call->value_or(OpenCall());
    held.push_back({row->person.value_or(""), row->method.value_or(""), row->created_at,
                    asked.rung.value_or(0), asked.cycle.value_or(0)});
    RETURN_IF_ERROR(withdraw(id, step));
    RETURN_IF_ERROR(close_call(alert, id, step));
  }
  return held;
}

Result<Timestamp> Notifier::next_due(const Transaction& store) const {
  auto of_alerts = callouts_.next_due(store);
  if (!of_alerts.ok()) return of_alerts.error();
  auto silent = tables_.silent(store, Timestamp::min(), 0);
  if (!silent.ok()) return silent.error();
  auto own = own_alerts_.next_due(callouts_, store);
  if (!own.ok()) return own.error();
  auto duty = callouts_.rota().next_due(store);
  if (!duty.ok()) return duty.error();
  auto handover = handover_watch_.next_due(callouts_, store);
  if (!handover.ok()) return handover.error();
  auto gaps = step_gaps_due(callouts_, store);
  if (!gaps.ok()) return gaps.error();
  auto rules = rules_.current(store);
  if (!rules.ok()) return rules.error();
  auto swept = *rules == nullptr ? Result<Timestamp>(kTimestampMax)
                                 : sweep_.next_due(tables_, (*rules)->keep(), store);
  if (!swept.ok()) return swept.error();
  return std::min({*of_alerts, silent->next_due, *own, *duty, *handover, *gaps, *swept});
}

Result<void> Notifier::tick(Step& step) {
  RETURN_IF_ERROR(forget_old(step));
  RETURN_IF_ERROR(fail_silent(step));
  RETURN_IF_ERROR(callouts_.rota().tick(step));
  RETURN_IF_ERROR(own_alerts_.tick(callouts_, *this, step));
  RETURN_IF_ERROR(handover_watch_.tick(callouts_, *this, step));
  RETURN_IF_ERROR(tell_step_gaps(callouts_, *this, step));
  return callouts_.tick(*this, step);
}

}  // namespace jieban
