// What alerts do to their groups: they come in, become others, move and end.
#include <algorithm>

#include "daemons/notifier/callout/callouts.h"

namespace jieban {
namespace {

bool is_among(const std::vector<std::string>& ids, const std::string& id) {
  return std::ranges::find(ids, id) != ids.end();
}

Result<void> settled(const Result<bool>& erased) {
  return erased.ok() ? Result<void>() : Result<void>(erased.error());
}

}  // namespace

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

// In a group that it is in already, what it was ends with what it is: nothing is over meanwhile,
// and the ladder goes on.
Result<void> Callouts::join(uint64_t order_id, const AlertDraft& draft, const RouteChoice& choice,
                            const AlertMark* before, CallSink& sink, Step& step) {
  const std::string id = callout_id(group_key(choice, draft.labels));
  const bool stays = before != nullptr && is_among(before->callouts, id);
  const bool again = stays && before->labels == draft.labels;
  auto other = has_other(order_id, draft.what, id, step);
  if (!other.ok()) return other.error();
  Alert alert{draft.labels, draft.annotations, step.now(), std::nullopt};
  if (order_id != 0) alert.annotations[kOrderIdNote] = std::to_string(order_id);
  const std::string beyond_key = make_key(id, order_id, draft.what);
  const auto take = [&](Callout& callout) -> Result<void> {
    follow_route(callout, choice);
    auto beyond = tables_.beyond().get(step.store(), beyond_key);
    if (!beyond.ok()) return beyond.error();
    // To the group it would be news each time.
    if (again && *beyond) {
      show(callout, alert);
      return wake(callout, draft.labels, step);
    }
    bool kept = false;
    if (again) {
      kept = refresh(callout, alert, step.now());
    } else if (stays) {
      kept = replace(callout, {before->labels, {}, std::nullopt, step.now()}, alert, step.now());
    } else {
      kept = take_in(callout, alert, !*other, step.now());
    }
    if (!kept) {
      RETURN_IF_ERROR(tables_.beyond().put(step.store(), beyond_key, {draft.labels}));
    } else if (*beyond) {
      RETURN_IF_ERROR(settled(tables_.beyond().erase(step.store(), beyond_key)));
    }
    return wake(callout, draft.labels, step);
  };
  return change(id, &choice, draft.labels, take, sink, step);
}

Result<void> Callouts::leave(uint64_t order_id, const std::string& what, const std::string& id,
                             const LabelSet& labels, CallSink& sink, Step& step) {
  auto other = has_other(order_id, what, id, step);
  if (!other.ok()) return other.error();
  const Alert ended{labels, {}, std::nullopt, step.now()};
  const auto let = [&](Callout& callout) -> Result<void> {
    let_go(callout, ended, !*other, step.now());
    RETURN_IF_ERROR(settled(tables_.beyond().erase(step.store(), make_key(id, order_id, what))));
    return bring_in(callout, step);
  };
  return change(id, nullptr, labels, let, sink, step);
}

// When all that the group holds has ended, one of those that it had no place for takes it: a group
// without any would never be told again.
Result<void> Callouts::bring_in(Callout& callout, Step& step) const {
  if (fires(callout.group, step.now())) return {};
  const std::string prefix = make_key(callout.id);
  std::string key;
  LabelSet labels;
  RETURN_IF_ERROR(tables_.beyond().scan(step.store(), prefix,
                                        [&](std::string_view found, const BeyondAlert& alert) {
                                          if (!found.starts_with(prefix)) return false;
                                          key = found;
                                          labels = alert.labels;
                                          return false;
                                        }));
  if (key.empty()) return {};
  adopt(callout.group, {labels, {}, std::nullopt, std::nullopt}, timing_of(callout), step.now());
  show(callout, {labels, {}, std::nullopt, std::nullopt});
  return settled(tables_.beyond().erase(step.store(), key));
}

Result<void> Callouts::explain(uint64_t order_id, const AlertDraft& draft, bool again, Step& step) {
  auto rules = rules_.current(step.store());
  if (!rules.ok()) return rules.error();
  const bool explains = std::ranges::any_of((*rules)->inhibitions, [&](const InhibitRule& rule) {
    return matches_all(rule.source, draft.labels);
  });
  if (!explains) return {};
  const std::string key = make_key(order_id, draft.what);
  RETURN_IF_ERROR(tables_.inhibitors().put(step.store(), key, {draft.labels}));
  return again ? Result<void>() : tables_.ask_review(step.store(), step.now());
}

Result<void> Callouts::explain_no_more(uint64_t order_id, const std::string& what, Step& step) {
  auto explained = tables_.inhibitors().erase(step.store(), make_key(order_id, what));
  if (!explained.ok()) return explained.error();
  return *explained ? tables_.ask_review(step.store(), step.now()) : Result<void>();
}

// What it is comes in before what it was goes: an order that gets worse is at no instant one that
// was mended.
Result<void> Callouts::raise(uint64_t order_id, const AlertDraft& draft, CallSink& sink,
                             Step& step) {
  auto found = rules_.current(step.store());
  if (!found.ok()) return found.error();
  if (*found == nullptr) return {};
  auto known = tables_.mark(step.store(), order_id, draft.what);
  if (!known.ok()) return known.error();
  const AlertMark* before = *known ? &**known : nullptr;
  const bool again = before != nullptr && before->labels == draft.labels;
  if (!again) RETURN_IF_ERROR(explain_no_more(order_id, draft.what, step));
  AlertMark mark;
  mark.labels = draft.labels;
  for (const RouteChoice& choice : routes_of((*found)->routes, draft.labels)) {
    RETURN_IF_ERROR(join(order_id, draft, choice, before, sink, step));
    mark.callouts.push_back(callout_id(group_key(choice, draft.labels)));
  }
  if (before != nullptr) {
    for (const std::string& id : before->callouts) {
      if (is_among(mark.callouts, id)) continue;
      RETURN_IF_ERROR(leave(order_id, draft.what, id, before->labels, sink, step));
    }
  }
  RETURN_IF_ERROR(explain(order_id, draft, again, step));
  return tables_.set_mark(step.store(), order_id, draft.what, mark);
}

Result<void> Callouts::end(uint64_t order_id, const std::string& what, CallSink& sink, Step& step) {
  auto mark = tables_.mark(step.store(), order_id, what);
  if (!mark.ok()) return mark.error();
  if (!*mark) return {};
  for (const std::string& id : (*mark)->callouts) {
    RETURN_IF_ERROR(leave(order_id, what, id, (*mark)->labels, sink, step));
  }
  RETURN_IF_ERROR(explain_no_more(order_id, what, step));
  return tables_.erase_mark(step.store(), order_id, what);
}

}  // namespace jieban
