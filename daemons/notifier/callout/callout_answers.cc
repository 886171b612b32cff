// Who still has to answer for what.
#include <algorithm>

#include "daemons/notifier/callout/callouts.h"

namespace jieban {

Result<bool> Callouts::asks(const std::string& alert, const std::string& person,
                            const Transaction& store) const {
  auto callout = tables_.find(store, alert);
  if (!callout.ok()) return callout.error();
  return *callout && (*callout)->ladder && jieban::asks(*(*callout)->ladder, person);
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

}  // namespace jieban
