#include "daemons/receiver/import_log.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "common/domain/topics.h"

namespace jieban {
namespace {

void add_to(ImportDone& sum, const ImportDone& more, Timestamp at) {
  sum.source = more.source;
  sum.batches += more.batches;
  sum.rows += more.rows;
  sum.added += more.added;
  sum.updated += more.updated;
  sum.unchanged += more.unchanged;
  sum.refused += more.refused;
  sum.at = at;
}

// Tells what waits; leaves an empty tally.
void tell_imports(ImportTally& tally, Step& step, std::string actor) {
  step.emit({.topic = topics::kImportDone,
             .payload = encode_payload(std::exchange(tally.waiting, ImportDone())),
             .actor = std::move(actor)});
  tally.told_at = step.now();
}

Timestamp tally_due(const ImportTally& tally) {
  return tally.waiting.batches == 0 ? kTimestampMax : tally.told_at + ImportLog::kPause;
}

}  // namespace

Result<void> ImportLog::take(const Event& event, Step& step) const {
  auto done = decode_payload<ImportDone>(event.payload);
  if (!done.ok()) return done.error();
  if (done->source.empty() || done->batches == 0) return invalid("an import without its source");
  const std::string key = make_key(std::string_view(done->source));
  auto stored = tallies_.get(step.store(), key);
  if (!stored.ok()) return stored.error();
  ImportTally tally = stored->value_or(ImportTally());
  add_to(tally.waiting, *done, step.now());
  const bool due = !*stored || tally_due(tally) <= step.now();
  if (due) tell_imports(tally, step, event.actor);
  step.answer(due ? "told" : "kept");
  return tallies_.put(step.store(), key, tally);
}

Result<void> ImportLog::tick(Step& step) const {
  std::vector<std::pair<std::string, ImportTally>> due;
  auto scanned = tallies_.scan(step.store(), {}, [&](std::string_view key, ImportTally tally) {
    if (tally_due(tally) <= step.now()) due.emplace_back(key, std::move(tally));
    return true;
  });
  if (!scanned.ok()) return scanned.error();
  for (auto& [key, tally] : due) {
    tell_imports(tally, step, tally.waiting.source);
    RETURN_IF_ERROR(tallies_.put(step.store(), key, tally));
  }
  return {};
}

Result<Timestamp> ImportLog::next_due(const Transaction& store) const {
  Timestamp due = kTimestampMax;
  auto scanned = tallies_.scan(store, {}, [&](std::string_view, const ImportTally& tally) {
    due = std::min(due, tally_due(tally));
    return true;
  });
  if (!scanned.ok()) return scanned.error();
  return due;
}

}  // namespace jieban
