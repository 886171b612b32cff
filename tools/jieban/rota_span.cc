#include "tools/jieban/rota_span.h"

#include "common/duty/shifts.h"

namespace jieban {
namespace {

using std::chrono::days;

constexpr days kSpanMax{2 * 366};
constexpr size_t kMinuteSize = 16;

// A date means its beginning, or where it is the end, that of the next day.
Result<Timestamp> read_time(const std::string& option, const std::string& text,
                            const TimeZone& zone, days added) {
  if (const auto date = parse_date(text)) return zone.boundary(*date + added);
  const auto wall = parse_wall(text.size() == kMinuteSize ? text + ":00" : text);
  if (!wall) {
    return invalid(option +
                   " is a date such as 2026-03-02, or a time such as \"2026-03-02 08:30\"");
  }
  return zone.boundary(*wall);
}

}  // namespace

Result<TimeSpan> read_duty_span(const SpanTexts& texts, const std::string& zone, Timestamp now) {
  auto loaded = TimeZone::load(zone);
  if (!loaded.ok()) return loaded.error();
  TimeSpan span{now, now};
  if (!texts.from.empty()) {
    auto from = read_time("--from", texts.from, *loaded, days(0));
    if (!from.ok()) return from.error();
    span.from = *from;
  }
  span.until = span.from + days(kGapDays);
  if (!texts.to.empty()) {
    auto until = read_time("--to", texts.to, *loaded, days(1));
    if (!until.ok()) return until.error();
    span.until = *until;
  }
  if (span.until <= span.from) return invalid("--to is not after --from");
  if (span.until - span.from > kSpanMax) return invalid("--to is more than two years after --from");
  return span;
}

Result<TimeSpan> read_moment(const std::string& text, const std::string& zone, Timestamp now) {
  auto loaded = TimeZone::load(zone);
  if (!loaded.ok()) return loaded.error();
  Result<Timestamp> at = now;
  if (!text.empty()) at = read_time("--at", text, *loaded, days(0));
  if (!at.ok()) return at.error();
  return TimeSpan{*at, *at + Duration(1)};
}

}  // namespace jieban
