// Any bytes: a calendar file or a year is accepted or refused, never crashes; what is accepted
// keeps what its header promises.
#include "common/base/bytes.h"
#include "common/base/check.h"
#include "common/base/limits.h"
#include "common/calendar/calendar_plan.h"
#include "common/calendar/official_years.h"

namespace jieban {
namespace {

void check_windows(const Windows& windows) {
  for (size_t i = 0; i < windows.size(); ++i) {
    CHECK(windows[i].begin < windows[i].end);
    CHECK(windows[i].end <= windows[i].begin + std::chrono::hours(24));
    CHECK(i == 0 || windows[i - 1].end <= windows[i].begin);
  }
}

void check_plan(const Document& document) {
  auto plan = read_calendar_plan(document);
  if (!plan.ok()) {
    CHECK(plan.error().message.starts_with("f:"));
    return;
  }
  for (const Windows& windows : plan->windows) check_windows(windows);
  for (const DateRange& range : plan->holidays) CHECK(range.first <= range.last);
}

void check_year(std::string_view text) {
  OfficialYears years;
  if (!years.add(text, "f").ok()) return;
  CHECK(years.years().size() == 1);
  CHECK(years.check().ok() == years.first().has_value());
}

}  // namespace
}  // namespace jieban

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace jieban;
  if (size > limits::kConfigBytesMax) return 0;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  auto document = Document::parse(text, "f");
  if (!document.ok()) return 0;
  check_plan(*document);
  check_year(text);
  return 0;
}
