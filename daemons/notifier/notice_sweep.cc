#include "daemons/notifier/notice_sweep.h"

#include <algorithm>

namespace jieban {
namespace {

constexpr const char* kTheRow = "sweep";
constexpr size_t kOrderedInTick = 2'000;
constexpr size_t kForgottenInTick = 200;
// What cannot go yet is not looked at in each turn of the loop.
constexpr Duration kPause = std::chrono::hours(1);

}  // namespace

Result<void> NoticeSweep::open(TableOpener& opener) { return rows_.open(opener, "notice_sweep"); }

Result<void> NoticeSweep::order(SweepRow& row, const NoticeTables& tables, Step& step) const {
  auto next = tables.order_by_age(step.store(), *row.ordered_to, kOrderedInTick);
  if (!next.ok()) return next.error();
  row.ordered_to = *next;
  return {};
}

Result<std::vector<std::string>> NoticeSweep::tick(const NoticeTables& tables, Duration keep,
                                                   Step& step) const {
  const std::vector<std::string> nothing;
  auto due = next_due(tables, keep, step.store());
  if (!due.ok()) return due.error();
  if (*due > step.now()) return nothing;
  auto stored = rows_.get(step.store(), make_key(kTheRow));
  if (!stored.ok()) return stored.error();
  SweepRow row = stored->value_or(SweepRow{std::string(), std::nullopt});
  std::vector<std::string> old;
  if (row.ordered_to) {
    RETURN_IF_ERROR(order(row, tables, step));
  } else {
    auto found = tables.made_before(step.store(), step.now() - keep, kForgottenInTick);
    if (!found.ok()) return found.error();
    old = std::move(*found);
    // A full hand: the rest follows at once.
    if (old.size() < kForgottenInTick) row.looked_at = step.now();
  }
  RETURN_IF_ERROR(rows_.put(step.store(), make_key(kTheRow), row));
  return old;
}

Result<Timestamp> NoticeSweep::next_due(const NoticeTables& tables, Duration keep,
                                        const Transaction& store) const {
  auto row = rows_.get(store, make_key(kTheRow));
  if (!row.ok()) return row.error();
  if (!*row || (*row)->ordered_to) return Timestamp::min();
  auto first = tables.oldest(store);
  if (!first.ok()) return first.error();
  if (!*first) return kTimestampMax;
  const Timestamp pause_over = (*row)->looked_at ? *(*row)->looked_at + kPause : Timestamp::min();
  return std::max(**first + keep, pause_over);
}

}  // namespace jieban
