#include "daemons/router/watch.h"

#include <algorithm>

#include "common/base/check.h"

namespace jieban {

std::string_view state_of(const Watch& watch) { return watch.log ? "signed_out" : "on_watch"; }

uint64_t number_of(const Watch& watch) { return watch.handovers + (watch.log ? 0 : 1); }

uint64_t holder_of_notes(const Watch& watch) { return watch.handovers + 1; }

void note(Watch& watch) {
  if (watch.log) {
    watch.notes_waiting = watch.notes_waiting.value_or(0) + 1;
  } else {
    ++watch.notes;
  }
}

void sign_out(Watch& watch, SignedLog log) {
  CHECK(!watch.log);
  ++watch.handovers;
  watch.log = std::move(log);
}

void sign_in(Watch& watch, Timestamp now) {
  CHECK(watch.log.has_value());
  watch.unreviewed.push_back({watch.handovers, watch.log->log_hash});
  if (watch.unreviewed.size() > kUnreviewedMax) watch.unreviewed.erase(watch.unreviewed.begin());
  watch.notes_since = watch.log->at;
  watch.log.reset();
  watch.since = now;
  watch.notes = watch.notes_waiting.value_or(0);
  watch.notes_waiting.reset();
  watch.released.clear();
  watch.released_by.reset();
}

void withdraw(Watch& watch) {
  CHECK(watch.log.has_value());
  watch.log.reset();
  watch.notes += watch.notes_waiting.value_or(0);
  watch.notes_waiting.reset();
}

bool review(Watch& watch, uint64_t handover) {
  return std::erase_if(watch.unreviewed,
                       [&](const WaitingLog& log) { return log.handover == handover; }) > 0;
}

std::vector<std::string> unreleased(const Watch& watch, const HandoverList& urgent_open) {
  std::vector<std::string> left;
  for (const std::string& order_no : urgent_open.order_nos) {
    if (std::ranges::find(watch.released, order_no) == watch.released.end()) {
      left.push_back(order_no);
    }
  }
  return left;
}

}  // namespace jieban
