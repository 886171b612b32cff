#include "daemons/notifier/callout/callouts.h"

#include <algorithm>

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

std::string call_id(const Callout& callout, const EscalationAction& action) {
  return callout.id + "." + std::to_string(callout.climbs) + "." + std::to_string(action.cycle) +
         "." + std::to_string(action.step) + ":" + action.person + ":" + action.method;
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
  return name == kRotaName ? rota_.load(event, step) : rules_.load(event, step);
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
  change(callout);
  if (*rules) RETURN_IF_ERROR(run(callout, **rules, sink, step));
  return tables_.settle(step.store(), callout);
}

Result<bool> Callouts::has_other(uint64_t order_id, const std::string& what,
                                 const std::string& callout, Step& step) const {
  if (order_id == 0) return false;
  auto open = tables_.marks_of(step.store(), order_id);
  if (!open.ok()) return open.error();
  for (const std::string& other : *open) {
    if (other == what) continue;
    auto mark = tables_.mark(step.store(), order_id, other);
    if (!mark.ok()) return mark.error();
    if (*mark && std::ranges::find((*mark)->callouts, callout) != (*mark)->callouts.end()) {
      return true;
    }
  }
  return false;
}

Result<void> Callouts::raise(uint64_t order_id, const AlertDraft& draft, CallSink& sink,
                             Step& step) {
  auto found = rules_.current(step.store());
  if (!found.ok()) return found.error();
  if (*found == nullptr) return {};
  const AlertingRules& rules = **found;
  auto known = tables_.mark(step.store(), order_id, draft.what);
  if (!known.ok()) return known.error();
  const bool again = *known && (*known)->labels == draft.labels;
  if (*known && !again) RETURN_IF_ERROR(end(order_id, draft.what, sink, step));
  AlertMark mark;
  mark.labels = draft.labels;
  Alert alert{draft.labels, draft.annotations, step.now(), std::nullopt};
  if (order_id != 0) alert.annotations[kOrderIdNote] = std::to_string(order_id);
  for (const RouteChoice& choice : routes_of(rules.routes, draft.labels)) {
    const std::string id = callout_id(group_key(choice, draft.labels));
    auto other = has_other(order_id, draft.what, id, step);
    if (!other.ok()) return other.error();
    const auto take = [&](Callout& callout) {
      take_in(callout, alert, !again && !*other, step.now());
    };
    RETURN_IF_ERROR(change(id, &choice, draft.labels, take, sink, step));
    mark.callouts.push_back(id);
  }
  const bool explains = std::ranges::any_of(rules.inhibitions, [&](const InhibitRule& rule) {
    return matches_all(rule.source, draft.labels);
  });
  if (explains) {
    RETURN_IF_ERROR(
        tables_.inhibitors().put(step.store(), make_key(order_id, draft.what), {draft.labels}));
  }
  return tables_.set_mark(step.store(), order_id, draft.what, mark);
}

Result<void> Callouts::end(uint64_t order_id, const std::string& what, CallSink& sink, Step& step) {
  auto mark = tables_.mark(step.store(), order_id, what);
  if (!mark.ok()) return mark.error();
  if (!*mark) return {};
  const Alert ended{(*mark)->labels, {}, std::nullopt, step.now()};
  for (const std::string& id : (*mark)->callouts) {
    auto other = has_other(order_id, what, id, step);
    if (!other.ok()) return other.error();
    const auto leave = [&](Callout& callout) { let_go(callout, ended, !*other, step.now()); };
    RETURN_IF_ERROR(change(id, nullptr, ended.labels, leave, sink, step));
  }
  auto explained = tables_.inhibitors().erase(step.store(), make_key(order_id, what));
  if (!explained.ok()) return explained.error();
  return tables_.erase_mark(step.store(), order_id, what);
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
  return {};
}

// A ladder whose alerts have all ended is stopped at once, whenever the group is told next.
Result<void> Callouts::run(Callout& callout, const InForce& rules, CallSink& sink, Step& step) {
  if (callout.orders == 0) RETURN_IF_ERROR(resolve_ladder(callout, sink, step));
  RETURN_IF_ERROR(flush_group(callout, rules, sink, step));
  return climb(callout, rules, sink, step);
}

Result<void> Callouts::flush_group(Callout& callout, const InForce& rules, CallSink& sink,
                                   Step& step) {
  Result<void> asked;
  const auto muted = [&](const AlertEpisode& episode) {
    auto answer = is_muted(callout, episode, rules, step);
    if (!answer.ok()) asked = answer.error();
    return answer.ok() && *answer;
  };
  auto notice = flush(callout.group, timing_of(callout), muted, step.now());
  RETURN_IF_ERROR(asked);
  if (!notice || notice->silent || callout.orders == 0) return {};
  if (notice->firing.empty() && notice->beyond == 0) return {};
  if (!starts_ladder(callout, notice->reason)) return {};
  // What an earlier ladder still had to say is said by this one.
  RETURN_IF_ERROR(sink.take_back(callout.id, "", step));
  callout.ladder = start_escalation(callout.policy, callout.severity, step.now());
  ++callout.climbs;
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
  const bool rested = callout.ladder->phase == EscalationPhase::acknowledged;
  const auto actions = advance(*callout.ladder, rules.rules.escalation, step.now(), world);
  // What lapsed is climbed anew: its calls are others than those that were made before.
  if (rested && callout.ladder->phase != EscalationPhase::acknowledged) ++callout.climbs;
  for (const EscalationAction& action : actions) {
    AlertStep told = step_of(callout);
    switch (action.kind) {
      case EscalationKind::call:
        RETURN_IF_ERROR(call(callout, action, sink, step));
        break;
      case EscalationKind::gap:
        told.target = std::string(to_string(action.target.kind)) + " " + action.target.name;
        emit(topics::kAlertGap, told, step);
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

// Whom no channel reaches by this means is told by the next one, at once.
Result<void> Callouts::call(Callout& callout, const EscalationAction& action, CallSink& sink,
                            Step& step) {
  WantedCall wanted{callout, action.person, action.method, call_id(callout, action), {}};
  wanted.subject = subject_of(callout.shown, callout.shown_annotations);
  wanted.subject.count = callout.orders;
  wanted.late = action.late;
  auto called = sink.call(wanted, step);
  if (!called.ok()) return called.error();
  if (*called) return {};
  AlertStep told = step_of(callout);
  told.person = action.person;
  told.method = action.method;
  emit(topics::kAlertGap, told, step);
  jieban::call_failed(*callout.ladder, action.person, step.now());
  return {};
}

Result<void> Callouts::resolve_ladder(Callout& callout, CallSink& sink, Step& step) {
  if (!callout.ladder || !resolve(*callout.ladder)) return {};
  RETURN_IF_ERROR(sink.take_back(callout.id, "", step));
  emit(topics::kAlertResolved, step_of(callout), step);
  return {};
}

Result<bool> Callouts::is_muted(const Callout& callout, const AlertEpisode& episode,
                                const InForce& rules, Step& step) const {
  if (!rules.times.inside(callout.mute_times, step.now()).empty()) return true;
  bool quiet = false;
  auto scanned =
      tables_.silences().scan(step.store(), {}, [&](std::string_view, const Silence& silence) {
        quiet = silences(silence, rules.rules.silences, episode.labels, step.now());
        return !quiet;
      });
  if (!scanned.ok()) return scanned.error();
  if (quiet || rules.rules.inhibitions.empty()) return quiet;
  std::vector<LabelSet> active;
  scanned = tables_.inhibitors().scan(step.store(), {}, [&](std::string_view, Inhibitor inhibitor) {
    active.push_back(std::move(inhibitor.labels));
    return true;
  });
  if (!scanned.ok()) return scanned.error();
  return inhibited_by(rules.rules.inhibitions, active, episode.labels).has_value();
}

Result<void> Callouts::acknowledge(const std::string& alert, const std::string& person,
                                   const std::string& via, CallSink& sink, Step& step) {
  auto rules = rules_.current(step.store());
  if (!rules.ok()) return rules.error();
  auto callout = tables_.edit(step.store(), alert);
  if (!callout.ok()) return callout.error();
  if (*rules == nullptr || *callout == nullptr || !(*callout)->ladder) {
    return Error{ErrorCode::not_found, "没有这个告警，或已经解除：" + alert};
  }
  const AcknowledgeResult result =
      jieban::acknowledge(*(*callout)->ladder, (*rules)->escalation, person, step.now());
  if (result == AcknowledgeResult::refused) {
    return Error{ErrorCode::refused, "该告警已解除，无需确认"};
  }
  if (result == AcknowledgeResult::repeated) {
    step.answer("repeated");
    return {};
  }
  const bool stopped = result == AcknowledgeResult::stopped;
  RETURN_IF_ERROR(sink.take_back(alert, stopped ? "" : person, step));
  AlertStep told = step_of(**callout);
  told.person = person;
  told.via = via;
  told.reason = stopped ? "stopped" : "counted";
  emit(topics::kAlertAcknowledged, told, step);
  step.answer("taken");
  return tables_.settle(step.store(), **callout);
}

Result<void> Callouts::call_failed(const std::string& alert, const std::string& person,
                                   Step& step) {
  auto callout = tables_.edit(step.store(), alert);
  if (!callout.ok()) return callout.error();
  if (*callout == nullptr || !(*callout)->ladder) return {};
  jieban::call_failed(*(*callout)->ladder, person, step.now());
  return tables_.settle(step.store(), **callout);
}

}  // namespace jieban
