#include "common/calendar/work_spans.h"

#include <algorithm>

#include "common/base/check.h"

namespace jieban {

void WorkSpans::append(Timestamp begin, Timestamp end) {
  if (end <= begin) return;
  if (spans_.empty() || begin > spans_.back().end) {
    spans_.push_back({begin, end, total()});
    return;
  }
  CHECK(begin >= spans_.back().begin);
  spans_.back().end = std::max(spans_.back().end, end);
}

Duration WorkSpans::total() const {
  return spans_.empty() ? Duration::zero() : spans_.back().until();
}

const WorkSpans::Span* WorkSpans::at_or_before(Timestamp at) const {
  auto after = std::upper_bound(spans_.begin(), spans_.end(), at,
                                [](Timestamp t, const Span& span) { return t < span.begin; });
  return after == spans_.begin() ? nullptr : &*std::prev(after);
}

Duration WorkSpans::before(Timestamp at) const {
  const Span* span = at_or_before(at);
  if (span == nullptr) return Duration::zero();
  return span->before + (std::min(at, span->end) - span->begin);
}

Timestamp WorkSpans::first_with(Duration amount) const {
  auto span = std::lower_bound(spans_.begin(), spans_.end(), amount,
                               [](const Span& s, Duration wanted) { return s.until() < wanted; });
  CHECK(amount > Duration::zero() && span != spans_.end());
  return span->begin + (amount - span->before);
}

Timestamp WorkSpans::last_with(Duration amount) const {
  CHECK(amount >= Duration::zero() && amount < total());
  auto after = std::upper_bound(spans_.begin(), spans_.end(), amount,
                                [](Duration wanted, const Span& s) { return wanted < s.before; });
  const Span& span = *std::prev(after);
  return span.begin + (amount - span.before);
}

bool WorkSpans::contains(Timestamp at) const {
  const Span* span = at_or_before(at);
  return span != nullptr && at < span->end;
}

std::optional<Timestamp> WorkSpans::next(Timestamp at) const {
  if (contains(at)) return at;
  auto after = std::lower_bound(spans_.begin(), spans_.end(), at,
                                [](const Span& span, Timestamp t) { return span.begin < t; });
  if (after == spans_.end()) return std::nullopt;
  return after->begin;
}

}  // namespace jieban
