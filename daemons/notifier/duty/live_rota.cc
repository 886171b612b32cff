#include "daemons/notifier/duty/live_rota.h"

#include <algorithm>

#include "daemons/notifier/duty/duty_guards.h"

namespace jieban {
namespace {

const std::string kDutyHeadKey = make_key(std::string_view("head"));

}  // namespace

Result<void> LiveRota::open(TableOpener& opener) {
  RETURN_IF_ERROR(file_.open(opener, kRotaName));
  RETURN_IF_ERROR(changes_.open(opener, "duty_changes"));
  return head_.open(opener, "duty_head");
}

Result<void> LiveRota::load(const Event& event, Step& step) { return file_.load(event, step); }

Result<DutyHead> LiveRota::head(const Transaction& txn) const {
  auto stored = head_.get(txn, kDutyHeadKey);
  if (!stored.ok()) return stored.error();
  return stored->value_or(DutyHead());
}

Result<const RotaBook*> LiveRota::current(const Transaction& txn) const {
  auto file = file_.current(txn);
  if (!file.ok() || *file == nullptr) return file;
  auto head = txn.get(head_.id(), kDutyHeadKey);
  if (!head.ok()) return head.error();
  if (!*head) return file;
  const bool same = merged_ && merged_head_ == **head && merged_parse_ == file_.parses();
  if (same) return &*merged_;
  const std::string found(**head);
  auto all = changes(txn);
  if (!all.ok()) return all.error();
  RotaBook merged = **file;
  for (const DutyChange& change : *all) {
    if (!has_change((*file)->changes, change.request.id)) merged.changes.append(change.effect);
  }
  merged_ = std::move(merged);
  merged_head_ = found;
  merged_parse_ = file_.parses();
  ++merges_;
  return &*merged_;
}

Result<std::vector<DutyChange>> LiveRota::changes(const Transaction& txn) const {
  std::vector<DutyChange> all;
  auto scanned = changes_.scan(txn, {}, [&](std::string_view, DutyChange change) {
    all.push_back(std::move(change));
    return true;
  });
  if (!scanned.ok()) return scanned.error();
  std::ranges::sort(all, {}, &DutyChange::number);
  return all;
}

// A step that is undone may leave a book behind under a generation that comes again.
Result<void> LiveRota::put(DutyChange& change, bool acts_anew, Step& step) {
  auto known = head(step.store());
  if (!known.ok()) return known.error();
  ++known->generation;
  if (acts_anew) change.number = known->generation;
  known->prune_at = std::min(known->prune_at, end_of(change.request) + kDutyKept);
  merged_.reset();
  RETURN_IF_ERROR(head_.put(step.store(), kDutyHeadKey, *known));
  return changes_.put(step.store(), make_key(change.request.id), change);
}

Result<Timestamp> LiveRota::next_due(const Transaction& txn) const {
  auto known = head(txn);
  if (!known.ok()) return known.error();
  return known->prune_at;
}

Result<void> LiveRota::tick(Step& step) {
  auto known = head(step.store());
  if (!known.ok()) return known.error();
  if (known->prune_at > step.now()) return {};
  auto all = changes(step.store());
  if (!all.ok()) return all.error();
  ++known->generation;
  known->prune_at = kTimestampMax;
  for (const DutyChange& change : *all) {
    const Timestamp forget_at = end_of(change.request) + kDutyKept;
    if (forget_at > step.now()) {
      known->prune_at = std::min(known->prune_at, forget_at);
      continue;
    }
    auto erased = changes_.erase(step.store(), make_key(change.request.id));
    if (!erased.ok()) return erased.error();
  }
  merged_.reset();
  return head_.put(step.store(), kDutyHeadKey, *known);
}

}  // namespace jieban
