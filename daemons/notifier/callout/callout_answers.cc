// Who still has to answer for what, and who has it told to the next.
#include <algorithm>

#include "common/domain/topics.h"
#include "daemons/notifier/callout/callouts.h"

namespace jieban {

Result<bool> Callouts::asks(const std::string& alert, const std::string& person,
                            const Transaction& store) const {
  auto callout = tables_.find(store, alert);
  if (!callout.ok()) return callout.error();
  return *callout && (*callout)->ladder && jieban::asks(*(*callout)->ladder, person);
}

Result<Callouts::Asked> Callouts::asked_of(const std::string& alert, Step& step) const {
  auto rules = rules_.current(step.store());
  if (!rules.ok()) return rules.error();
  auto callout = tables_.edit(step.store(), alert);
  if (!callout.ok()) return callout.error();
  if (*rules == nullptr || *callout == nullptr || !(*callout)->ladder) {
    return Error{ErrorCode::not_found, "没有这个告警，或已经解除：" + alert};
  }
  return Asked{**rules, **callout, *(*callout)->ladder};
}

Result<std::optional<std::string>> Callouts::answered_before(const std::string& alert,
                                                             const std::string& person,
                                                             const Transaction& store) const {
  auto callout = tables_.find(store, alert);
  if (!callout.ok()) return callout.error();
  std::optional<std::string> first;
  if (!*callout || !(*callout)->ladder) return first;
  const EscalationState& ladder = *(*callout)->ladder;
  const auto& by = ladder.acknowledged_by;
  const bool stopped = ladder.phase == EscalationPhase::acknowledged && !by.empty();
  if (stopped && std::ranges::find(by, person) == by.end()) first = by.back();
  return first;
}

Result<bool> Callouts::tells_of(const std::string& alert, Timestamp told_at,
                                const Transaction& store) const {
  auto callout = tables_.find(store, alert);
  if (!callout.ok()) return callout.error();
  return !*callout || !(*callout)->ladder_since || told_at >= *(*callout)->ladder_since;
}

Result<std::vector<std::string>> Callouts::of_same_matter(const std::string& alert,
                                                          const Transaction& store) const {
  std::vector<std::string> same;
  auto callout = tables_.find(store, alert);
  if (!callout.ok()) return callout.error();
  const uint64_t order_id = *callout ? sole_order(**callout) : 0;
  if (order_id == 0) return same;
  auto open = tables_.marks_of(store, order_id);
  if (!open.ok()) return open.error();
  for (const std::string& what : *open) {
    auto mark = tables_.mark(store, order_id, what);
    if (!mark.ok()) return mark.error();
    if (!*mark || label_of((*mark)->labels, kTopicLabel) != (*callout)->topic) continue;
    for (const std::string& id : (*mark)->callouts) {
      if (id == alert || std::ranges::find(same, id) != same.end()) continue;
      auto other = tables_.find(store, id);
      if (!other.ok()) return other.error();
      const bool is_told = *other && (*other)->ladder;
      if (is_told && sole_order(**other) == order_id) same.push_back(id);
    }
  }
  return same;
}

Result<void> Callouts::escalate(const std::string& alert, const std::string& person,
                                const std::string& via, Step& step) {
  auto asked = asked_of(alert, step);
  if (!asked.ok()) return asked.error();
  Callout& callout = asked->callout;
  if (callout.held_since) {
    return Error{ErrorCode::refused, "该告警正被静默、抑制或处于免打扰时段，现在不能升级"};
  }
  if (!escalate_now(asked->ladder, asked->rules.escalation, step.now())) {
    return Error{ErrorCode::refused, "该告警已解除，或其升级规则已不存在，不能升级"};
  }
  AlertStep told;
  told.alert = alert;
  told.topic = callout.topic;
  told.policy = callout.policy;
  told.labels = label_text(callout.common);
  told.orders = callout.orders;
  told.person = person;
  told.via = via;
  step.emit({.topic = topics::kAlertEscalated, .payload = encode_payload(told)});
  return tables_.settle(step.store(), callout);
}

}  // namespace jieban
