#include "common/routing/validity.h"

#include <string_view>

namespace jieban {
namespace {

constexpr std::chrono::hours kDay{24};
constexpr size_t kDateSize = std::string_view("2026-02-14").size();

std::optional<Timestamp> start_of(const std::string& date) {
  if (date.size() != kDateSize) return std::nullopt;
  return parse_local(date + " 00:00:00");
}

Result<std::optional<Timestamp>> read_day(const Node& map, std::string_view key) {
  auto node = map.optional(key);
  if (!node) return std::optional<Timestamp>();
  auto text = node->text();
  if (!text.ok()) return text.error();
  auto day = start_of(*text);
  if (!day) return node->error(std::string(key) + " is a date such as 2026-02-14");
  return day;
}

}  // namespace

Timing timing_of(const std::optional<Validity>& validity, Timestamp at) {
  if (!validity) return Timing::valid;
  if (validity->from && at < *validity->from) return Timing::not_yet;
  return validity->until && at >= *validity->until ? Timing::expired : Timing::valid;
}

Result<std::optional<Validity>> read_validity(const Node& map) {
  auto from = read_day(map, "valid_from");
  if (!from.ok()) return from.error();
  auto last = read_day(map, "valid_to");
  if (!last.ok()) return last.error();
  if (!*from && !*last) return std::optional<Validity>();
  Validity validity{*from, *last};
  if (validity.until) *validity.until += kDay;
  if (*from && *last && **last < **from) {
    return map.required("valid_to")->error("valid_to lies before valid_from");
  }
  return std::optional<Validity>(validity);
}

std::string to_chinese(const std::optional<Validity>& validity) {
  if (!validity) return {};
  std::string text;
  if (validity->from) text = format_date(*validity->from) + (validity->until ? " " : " 起");
  if (validity->until) text += "至 " + format_date(*validity->until - kDay);
  return text;
}

}  // namespace jieban
