#include "daemons/notifier/callout/callouts.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "common/base/bytes.h"
#include "common/crypto/hashes.h"
#include "common/domain/topics.h"
#include "daemons/notifier/callout/on_watch.h"

namespace jieban {
namespace {

// A step of the loop does so many groups; the rest follows at once.
constexpr size_t kGroupsInTick = 200;

AlertStep step_of(const Callout& callout) {
  AlertStep told;
  told.alert = callout.id;
  told.topic = callout.topic;
  told.policy = callout.policy;
  told.labels = label_text(callout.common);
  told.orders = callout.orders;
  return told;
}

void emit(std::string_view topic, const AlertStep& told, Step& step) {
  step.emit({.topic = topic, .payload = encode_payload(told)});
}

// Of an alert of no order: what it says is what it is.
std::string foreign_mark(const LabelSet& labels) {
  constexpr size_t kDigits = 32;
  return to_hex(blake2b(label_text(labels))).substr(0, kDigits);
}

// It goes along in links of text messages, where each character counts.
std::string short_number(uint64_t number) {
  constexpr int kBase = 36;
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, kBase);
  return {digits.data(), end.ptr};
}

// What the ids of all calls of a step begin with.
std::string step_id(const Callout& callout, uint64_t cycle, uint64_t step) {
  return callout.id + "." + short_number(callout.climbs) + "." + std::to_string(cycle) + "." +
         std::to_string(step) + ":";
}

std::string call_id(const Callout& callout, const EscalationAction& action) {
  return step_id(callout, action.cycle, action.step) + action.person + ":" + action.method;
}

bool asks_still(const EscalationState& ladder) {
  return ladder.phase == EscalationPhase::climbing || ladder.phase == EscalationPhase::exhausted;
}

// Of a ladder from before an update nobody knows; then it counts.
bool is_of_on_step(const Callout& callout, const std::string& id) {
  const EscalationState& ladder = *callout.ladder;
  if (!ladder.told_step || !ladder.told_cycle) return true;
  return id.starts_with(step_id(callout, *ladder.told_cycle, *ladder.told_step));
}

}  // namespace

Result<void> Callouts::open(TableOpener& opener) {
  RETURN_IF_ERROR(tables_.open(opener));
  RETURN_IF_ERROR(rules_.open(opener, kRulesName));
  RETURN_IF_ERROR(work_hours_.open(opener));
  return rota_.open(opener);
}

Result<void> Callouts::load(const std::string& name, const Event& event, Step& step) {
  if (name == WorkHours::kName) return work_hours_.load(event, step);
  if (name == kRotaName) return rota_.load(event, step);
  RETURN_IF_ERROR(rules_.load(event, step));
  return tables_.ask_review(step.store(), step.now());
}

Result<const AlertingRules*> Callouts::rules(const Transaction& store) const {
  return rules_.current(store);
}

Result<std::optional<Callouts::InForce>> Callouts::in_force(const Transaction& store) const {
  auto rules = rules_.current(store);
  if (!rules.ok()) return rules.error();
  if (*rules == nullptr) return std::optional<InForce>();
  auto rota = rota_.current(store);
  if (!rota.ok()) return rota.error();
  auto calendar = work_hours_.calendar(store);
  if (!calendar.ok()) return calendar.error();
  if (times_of_ != rules_.parses()) {
    auto times = TimeIntervals::make((*rules)->times);
    if (!times.ok()) return times.error();
    times_ = std::move(*times);
    times_of_ = rules_.parses();
  }
  return std::optional<InForce>(InForce{**rules, *rota, times_, *calendar});
}

Result<void> Callouts::change(const std::string& id, const RouteChoice* choice,
                              const LabelSet& labels, const Change& change, CallSink& sink,
                              Step& step) {
  auto rules = in_force(step.store());
  if (!rules.ok()) return rules.error();
  auto stored = tables_.edit(step.store(), id);
  if (!stored.ok()) return stored.error();
  if (*stored == nullptr && choice == nullptr) return {};
  Callout& callout =
      *stored != nullptr ? **stored : tables_.add(step.store(), make_callout(*choice, labels));
  const bool fired = callout.orders > 0;
  const Urgency before = worst_of(callout);
  RETURN_IF_ERROR(change(callout));
  settle_urgency(callout, fired, before, step.now());
  if (*rules) RETURN_IF_ERROR(run(callout, **rules, sink, step));
  return tables_.settle(step.store(), callout);
}

Result<void> Callouts::take(const AlertRaised& raised, CallSink& sink, Step& step) {
  RETURN_IF_ERROR(check_labels(raised.labels));
  AlertDraft draft{foreign_mark(raised.labels), raised.labels, raised.annotations};
  auto rules = rules_.current(step.store());
  if (!rules.ok()) return rules.error();
  if (*rules == nullptr) return Error{ErrorCode::unavailable, "no escalation rules are loaded"};
  auto known = tables_.mark(step.store(), 0, draft.what);
  if (!known.ok()) return known.error();
  const bool over = raised.ends_at && *raised.ends_at <= step.now();
  step.answer(over == known->has_value() ? "taken" : "repeated");
  return over ? end(0, draft.what, sink, step) : raise(0, draft, sink, step);
}

Result<void> Callouts::tick(CallSink& sink, Step& step) {
  auto rules = in_force(step.store());
  if (!rules.ok()) return rules.error();
  if (!*rules) return {};
  auto due = tables_.due(step.store(), step.now(), kGroupsInTick);
  if (!due.ok()) return due.error();
  for (const std::string& id : *due) {
    auto callout = tables_.edit(step.store(), id);
    if (!callout.ok()) return callout.error();
    if (*callout == nullptr) {
      return Error{ErrorCode::corrupt, "an alert is due that does not exist: " + id};
    }
    RETURN_IF_ERROR(run(**callout, **rules, sink, step));
    RETURN_IF_ERROR(tables_.settle(step.store(), **callout));
  }
  return review(**rules, sink, step);
}

// Its policy was renamed, say: whoever was to be called next is, by the policy that is there now.
void Callouts::follow_rules(Callout& callout, const AlertingRules& rules) const {
  const auto& policies = rules.escalation.policies;
  if (!callout.ladder || policies.contains(callout.ladder->policy)) return;
  for (const RouteChoice& choice : routes_of(rules.routes, callout.shown)) {
    if (callout_id(group_key(choice, callout.shown)) != callout.id) continue;
    follow_route(callout, choice);
    callout.ladder->policy = choice.receiver;
    return;
  }
}

// A ladder whose alerts have all ended is stopped at once, whenever the group is told next.
Result<void> Callouts::run(Callout& callout, const InForce& rules, CallSink& sink, Step& step) {
  if (callout.orders == 0) RETURN_IF_ERROR(resolve_ladder(callout, sink, step));
  follow_rules(callout, rules.rules);
  if (jieban::next_due(callout) > step.now()) return {};
  auto muting = muting_now(rules, step);
  if (!muting.ok()) return muting.error();
  RETURN_IF_ERROR(keep_or_tell(callout, *muting, step));
  RETURN_IF_ERROR(flush_group(callout, rules, *muting, sink, step));
  RETURN_IF_ERROR(hold_or_go_on(callout, *muting, sink, step));
  return callout.held_since ? Result<void>() : climb(callout, rules, sink, step);
}

Result<void> Callouts::flush_group(Callout& callout, const InForce& rules, const Muting& muting,
                                   CallSink& sink, Step& step) {
  Result<void> asked;
  const auto muted = [&](const AlertEpisode& episode) {
    return muting.mutes(callout, episode.labels);
  };
  // When nothing is open any more, nothing is kept for later.
  const auto beyond_fires = [&] {
    if (callout.orders == 0) return true;
    auto beyond = beyond_of(callout, muting, step);
    if (!beyond.ok()) asked = beyond.error();
    return beyond.ok() && *beyond == Beyond::firing;
  };
  auto notice = flush(callout.group, timing_of(callout), muted, step.now(), beyond_fires);
  RETURN_IF_ERROR(asked);
  if (!notice || notice->silent || callout.orders == 0) return {};
  if (notice->firing.empty() && notice->beyond == 0) return {};
  if (!starts_ladder(callout, notice->reason, rules.rules.escalation)) return {};
  // What an earlier ladder still had to say is said by this one.
  RETURN_IF_ERROR(sink.take_back(callout.id, "", step));
  // While it was asked for, an answer to an earlier message is one to this ladder as well.
  if (!callout.ladder || !asks_still(*callout.ladder)) callout.ladder_since = step.now();
  callout.ladder = start_escalation(callout.policy, callout.severity, step.now());
  count_climb(callout, step.now());
  AlertStep told = step_of(callout);
  told.reason = to_string(notice->reason);
  emit(topics::kAlertOpened, told, step);
  return {};
}

Result<void> Callouts::climb(Callout& callout, const InForce& rules, CallSink& sink, Step& step) {
  if (!callout.ladder || callout.orders == 0) return {};
  EscalationWorld world;
  world.who_is_on = [&](const EscalationTarget& target, Timestamp at) {
    return on_watch(target, rules.rota, label_of(callout.shown, kUnitLabel), at);
  };
  world.opening = [&](const std::string& name, Timestamp at) {
    return rules.times.opening(name, at);
  };
  world.add_work = counting_by(rules.calendar);
  change_severity(*callout.ladder, rules.rules.escalation, callout.severity, step.now());
  const bool lapses = callout.ladder->phase == EscalationPhase::acknowledged &&
                      jieban::next_due(*callout.ladder) <= step.now();
  if (lapses) count_climb(callout, step.now());
  for (const EscalationAction& action :
       advance(*callout.ladder, rules.rules.escalation, step.now(), world)) {
    AlertStep told = step_of(callout);
    switch (action.kind) {
      case EscalationKind::call:
        RETURN_IF_ERROR(call(callout, action, sink, step));
        break;
      case EscalationKind::gap:
        told.target = std::string(to_string(action.target.kind)) + " " + action.target.name;
        emit(topics::kAlertGap, told, step);
        RETURN_IF_ERROR(tables_.note_skipped(step.store(), callout, action.target, step.now()));
        break;
      case EscalationKind::acknowledged:
        RETURN_IF_ERROR(sink.take_back(callout.id, "", step));
        told.person = action.person;
        told.reason = "stopped";
        emit(topics::kAlertAcknowledged, told, step);
        break;
      default:
        told.reason = to_string(action.kind);
        emit(topics::kAlertExhausted, told, step);
    }
  }
  return {};
}

// Whom no channel reaches by this means is told by the next one, at once; that a street has no such
// channel is no gap of duty, and known.
Result<void> Callouts::call(Callout& callout, const EscalationAction& action, CallSink& sink,
                            Step& step) {
  WantedCall wanted{callout, action.person, action.method, call_id(callout, action), {}};
  wanted.subject = subject_of(callout.shown, callout.shown_annotations);
  wanted.subject.count = callout.orders;
  wanted.late = action.late;
  wanted.cycle = action.cycle;
  wanted.rung = action.step;
  auto called = sink.call(wanted, step);
  if (!called.ok()) return called.error();
  if (*called) return {};
  jieban::call_failed(*callout.ladder, action.person, is_of_on_step(callout, wanted.id),
                      step.now());
  return {};
}

Result<void> Callouts::resolve_ladder(Callout& callout, CallSink& sink, Step& step) {
  if (!callout.ladder || !resolve(*callout.ladder)) return {};
  RETURN_IF_ERROR(sink.take_back(callout.id, "", step));
  emit(topics::kAlertResolved, step_of(callout), step);
  return {};
}

Result<bool> Callouts::acknowledge(const std::string& alert, const std::string& person,
                                   const std::string& via, CallSink& sink, Step& step) {
  auto asked = asked_of(alert, step);
  if (!asked.ok()) return asked.error();
  const AcknowledgeResult result =
      jieban::acknowledge(asked->ladder, asked->rules.escalation, person, step.now());
  if (result == AcknowledgeResult::refused) {
    return Error{ErrorCode::refused, "该告警已解除，无需确认"};
  }
  if (result == AcknowledgeResult::repeated) {
    step.answer("repeated");
    return false;
  }
  const bool stopped = result == AcknowledgeResult::stopped;
  RETURN_IF_ERROR(sink.take_back(alert, stopped ? "" : person, step));
  AlertStep told = step_of(asked->callout);
  told.person = person;
  told.via = via;
  told.reason = stopped ? "stopped" : result == AcknowledgeResult::counted ? "counted" : "noted";
  emit(topics::kAlertAcknowledged, told, step);
  step.answer("taken");
  RETURN_IF_ERROR(tables_.settle(step.store(), asked->callout));
  return true;
}

Result<void> Callouts::call_failed(const std::string& alert, const std::string& person,
                                   const std::string& id, Step& step) {
  auto callout = tables_.edit(step.store(), alert);
  if (!callout.ok()) return callout.error();
  if (*callout == nullptr || !(*callout)->ladder) return {};
  const bool counts = is_of_on_step(**callout, id);
  jieban::call_failed(*(*callout)->ladder, person, counts, step.now());
  return tables_.settle(step.store(), **callout);
}

}  // namespace jieban
