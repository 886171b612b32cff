// WorkSpans: spans of working time on the line of time, and how much work lies before an instant.
//
// Every question about working time is one of two: how much work is before t, and when will so much
// have been done. Both are binary searches over prefix sums. Pure.
// Promises: spans that touch or overlap are one. Amounts are exact, in microseconds. An amount that
// is used up exactly when a span ends is reached at that end; one that is taken back exactly to
// where a span begins is reached at that beginning.
// What fails and how: nothing; see the REQUIRES. Thread rule: any number of readers.
#pragma once

#include <optional>
#include <vector>

#include "common/base/clock.h"

namespace jieban {

class WorkSpans {
 public:
  // Nothing when `end` is not after `begin`. REQUIRES: `begin` is not before the last one's.
  void append(Timestamp begin, Timestamp end);

  Duration total() const;
  Duration before(Timestamp at) const;
  // The first instant before which `amount` lies. REQUIRES: 0 < amount <= total().
  Timestamp first_with(Duration amount) const;
  // The last instant before which no more than `amount` lies, as far as there is work after it.
  // REQUIRES: 0 <= amount < total().
  Timestamp last_with(Duration amount) const;
  bool contains(Timestamp at) const;
  // `at` itself within a span, else where the next one begins; empty after the last.
  std::optional<Timestamp> next(Timestamp at) const;

 private:
  struct Span {
    Timestamp begin;
    Timestamp end;
    Duration before;  // work in all earlier spans
    Duration until() const { return before + (end - begin); }
  };
  // The last span that begins at or before `at`; nullptr when there is none.
  const Span* at_or_before(Timestamp at) const;

  std::vector<Span> spans_;
};

}  // namespace jieban
