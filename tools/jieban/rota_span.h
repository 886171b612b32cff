// The span of time that `jieban rota` is asked about, on the wall clock of a rota.
//
// A date as the end is included; without an end, a week; without a beginning, from now on.
// What fails and how: `invalid`, naming the option: what is no time, an end that is not after the
// beginning, more than two years. Pure; any thread.
#pragma once

#include <string>

#include "common/duty/weekly_window.h"

namespace jieban {

struct SpanTexts {
  std::string from;
  std::string to;
};

Result<TimeSpan> read_duty_span(const SpanTexts& texts, const std::string& zone, Timestamp now);
// One instant, as a span that holds no other one; "" is now.
Result<TimeSpan> read_moment(const std::string& text, const std::string& zone, Timestamp now);

}  // namespace jieban
