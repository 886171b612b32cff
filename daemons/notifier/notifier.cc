#include "daemons/notifier/notifier.h"

#include <algorithm>
#include <array>

#include "common/domain/events.h"
#include "common/domain/topics.h"

namespace jieban {
namespace {

// The parts of the payloads (common/domain/events.h) that notices need; what is not named here is
// not copied.
struct MovePart {
  std::string order_no;
  std::optional<std::string> lead_unit;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &MovePart::order_no);
    visit("lead_unit", &MovePart::lead_unit);
  }
};

constexpr std::string_view kOrderPrefix = "order.";

bool any_wants(const NotifierRules& rules, std::string_view topic) {
  auto wants = [&](const ChannelRule& channel) {
    return std::ranges::find(channel.topics, topic) != channel.topics.end();
  };
  return std::ranges::any_of(rules.channels, wants);
}

}  // namespace

struct Notifier::Route {
  std::string_view topic;
  bool own;  // an input of this daemon's edges, else an event of an upstream
  Result<void> (Notifier::*take)(const Event&, Step&);
};

const Notifier::Route* Notifier::find_route(std::string_view topic, bool own) {
  static constexpr std::array<Route, 22> kRoutes = {{
      {topics::kRulesLoaded, true, &Notifier::load_rules},
      {topics::kDeliveryBegin, true, &Notifier::begin_delivery},
      {topics::kDeliveryEnd, true, &Notifier::end_delivery},
      {topics::kDeliveryReceipt, true, &Notifier::take_receipt},
      {topics::kAlertRaised, true, &Notifier::take_foreign},
      {topics::kAlertAcknowledge, true, &Notifier::acknowledge},
      {topics::kAlertEscalate, true, &Notifier::escalate},
      {topics::kSilenceAdd, true, &Notifier::add_silence},
      {topics::kSilenceLift, true, &Notifier::lift_silence},
      {topics::kDutyRequest, true, &Notifier::request_duty},
      {topics::kDutyDecision, true, &Notifier::decide_duty},
      {topics::kClockChanged, false, &Notifier::follow_clocks},
      {topics::kOrderOpened, false, &Notifier::remember_order},
      {topics::kOrderAmended, false, &Notifier::remember_order},
      {topics::kOrderUnrouted, false, &Notifier::tell_move},
      {topics::kImportNoted, false, &Notifier::note_import},
      {"handover.signed_out", false, &Notifier::await_relief},
      {"handover.signed_in", false, &Notifier::end_handover},
      {"handover.withdrawn", false, &Notifier::withdraw_handover},
      {"order.dispatched", false, &Notifier::tell_move},
      {topics::kDeadlineWarned, false, &Notifier::tell_alert},
      {topics::kDeadlineBreached, false, &Notifier::tell_alert},
  }};
  for (const Route& route : kRoutes) {
    if (route.topic == topic && route.own == own) return &route;
  }
  return nullptr;
}

Result<void> Notifier::open(TableOpener& opener) {
  RETURN_IF_ERROR(tables_.open(opener));
  RETURN_IF_ERROR(sweep_.open(opener));
  RETURN_IF_ERROR(pacing_.open(opener));
  RETURN_IF_ERROR(callouts_.open(opener));
  RETURN_IF_ERROR(own_alerts_.open(opener));
  RETURN_IF_ERROR(handover_watch_.open(opener));
  return rules_.open(opener, kRulesName);
}

Result<void> Notifier::apply(const Event& event, Step& step) {
  bool own = event.stream == step.stream();
  const Route* route = find_route(event.topic, own);
  // What was told of the order's state is over before the next is told.
  if (!own && event.topic.starts_with(kOrderPrefix)) RETURN_IF_ERROR(follow_move(event, step));
  if (route != nullptr) return (this->*route->take)(event, step);
  if (own) return invalid("the notifier takes no input of topic " + event.topic);
  return {};
}

Result<void> Notifier::load_rules(const Event& event, Step& step) {
  auto loaded = decode_payload<RulesLoaded>(event.payload);
  if (!loaded.ok()) return loaded.error();
  if (loaded->name == kRulesName) {
    auto rules = decode_payload<NotifierRules>(loaded->content.data);
    if (!rules.ok()) return rules.error();
    RETURN_IF_ERROR(check_rules(*rules));
    const std::vector<std::string> before = channel_names(step);
    RETURN_IF_ERROR(rules_.load(event, step));
    RETURN_IF_ERROR(leave_channels(before, step));
  } else {
    RETURN_IF_ERROR(callouts_.load(loaded->name, event, step));
    RETURN_IF_ERROR(watch_anew(step));
  }
  step.signal({kRulesSignal, 0, {}});
  return {};
}

Result<void> Notifier::remember_order(const Event& event, Step& step) {
  // A card is a part of what it is made of.
  auto card = decode_payload<OrderCard>(event.payload);
  if (!card.ok()) return card.error();
  std::string key = make_key(event.order_id);
  auto stored = tables_.orders().get(step.store(), key);
  if (!stored.ok()) return stored.error();
  // The facts of an order say nothing of its unit.
  if (*stored) card->lead_unit = (*stored)->lead_unit;
  if (!*stored || **stored != *card) {
    RETURN_IF_ERROR(tables_.orders().put(step.store(), key, *card));
  }
  // What is brought again is no news: only a new order shows that the city still sends some.
  if (event.topic != topics::kOrderOpened) return {};
  RETURN_IF_ERROR(own_alerts_.fed(event.occurred_at, callouts_, *this, step));
  return tell_emergency(event, *card, step);
}

Result<void> Notifier::tell_alert(const Event& event, Step& step) {
  auto alert = decode_payload<DeadlineAlert>(event.payload);
  if (!alert.ok()) return alert.error();
  auto rules = rules_in_force(step);
  if (!rules.ok()) return rules.error();
  const AlertDraft draft = draft_of(*alert);
  RETURN_IF_ERROR(callouts_.raise(event.order_id, draft, *this, step));
  if (takes_the_place_of_the_first(draft)) {
    RETURN_IF_ERROR(callouts_.end(event.order_id, kStateAlert, *this, step));
  }
  return tell(event,
              {alert->order_no, alert->category, alert->community, alert->clock, alert->percent,
               alert->deadline, alert->lead_unit},
              **rules, step);
}

Result<void> Notifier::tell_move(const Event& event, Step& step) {
  auto rules = rules_in_force(step);
  if (!rules.ok()) return rules.error();
  // Every order is dispatched, and most streets tell nobody: then nothing is read.
  if (!any_wants(**rules, event.topic)) return {};
  auto move = decode_payload<MovePart>(event.payload);
  if (!move.ok()) return move.error();
  auto card = tables_.orders().get(step.store(), make_key(event.order_id));
  if (!card.ok()) return card.error();
  NoticeSubject subject;
  subject.order_no = move->order_no;
  if (*card) subject.category = (*card)->category;
  if (*card) subject.community = (*card)->community;
  subject.lead_unit = move->lead_unit.value_or("");
  return tell(event, subject, **rules, step);
}

Result<const NotifierRules*> Notifier::rules_in_force(Step& step) const {
  auto rules = rules_.current(step.store());
  if (!rules.ok()) return rules.error();
  if (*rules == nullptr) return Error{ErrorCode::refused, "no notice rules are loaded"};
  return *rules;
}

Result<void> Notifier::tell(const Event& event, const NoticeSubject& subject,
                            const NotifierRules& rules, Step& step) {
  const NoticeTopic* topic = find_notice_topic(event.topic);
  CHECK(topic != nullptr);
  for (const ChannelRule& channel : rules.channels) {
    if (!matches(channel, *topic, subject)) continue;
    NoticeRow row;
    row.notice_id = notice_id({event.stream, event.sequence}, channel.name);
    row.channel = channel.name;
    row.topic = event.topic;
    row.cause_stream = event.stream;
    row.cause_sequence = event.sequence;
    row.order_id = event.order_id;
    row.order_no = subject.order_no;
    row.text = render_text(rules.templates.at(event.topic), subject, rules.unit_names);
    row.created_at = step.now();
    row.due_at = step.now();
    RETURN_IF_ERROR(queue(row, step));
  }
  return {};
}

}  // namespace jieban
