#include "common/clocks/limit_file.h"

#include "common/config/fields.h"
#include "common/config/scalar.h"

namespace jieban {
namespace {

constexpr std::string_view kBeforeDue = "due - ";
constexpr int64_t kDay = Duration(std::chrono::days(1)).count();
constexpr int64_t kExtensionsMax = 100;
constexpr int64_t kFromDayMax = 28;  // every month has it

Result<int64_t> positive(const Node& node, const Result<Duration>& span) {
  if (!span.ok()) return span.error();
  if (span->count() <= 0) return node.error("a time limit must be longer than nothing");
  return span->count();
}

// "30m" or "due - 24h".
Result<ClockLimit> read_span(const Node& node) {
  auto text = node.text();
  if (!text.ok()) return text.error();
  ClockLimit limit;
  const bool before_due = text->starts_with(kBeforeDue);
  if (before_due) limit.before_due = true;
  auto lead = before_due ? parse_duration(text->substr(kBeforeDue.size())) : node.duration();
  if (before_due && !lead.ok()) return node.error(lead.error().message);
  auto span = positive(node, lead);
  if (!span.ok()) return span.error();
  limit.span = *span;
  return limit;
}

template <class Word>
Result<void> read_word(const Node& node, std::string_view key, std::string_view advice,
                       std::optional<Word>& out) {
  auto found = node.optional(key);
  if (!found) return {};
  auto text = found->text();
  if (!text.ok()) return text.error();
  Word word{};
  if (!from_string(*text, word)) {
    return found->error(std::string(key) + " is " + std::string(advice));
  }
  out = word;
  return {};
}

Result<ClockLimit> read_limit(const Node& node, ClockKind kind) {
  Result<ClockLimit> limit = ClockLimit{};
  if (node.kind() == NodeKind::map) {
    RETURN_IF_ERROR(node.only_keys({"limit", "calendar", "rounding", "from_day"}));
    auto span = node.required("limit");
    if (!span.ok()) return span.error();
    limit = read_span(*span);
    if (!limit.ok()) return limit;
    RETURN_IF_ERROR(read_word(node, "calendar", "natural, workday or worktime", limit->calendar));
    RETURN_IF_ERROR(read_word(node, "rounding", "exact or day_end", limit->rounding));
    if (auto day = node.optional("from_day")) {
      auto number = day->integer();
      if (!number.ok()) return number.error();
      if (*number < 1 || *number > kFromDayMax) return day->error("from_day is from 1 to 28");
      limit->from_day = uint64_t(*number);
    }
  } else {
    limit = read_span(node);
    if (!limit.ok()) return limit;
  }
  if (limit->kind() == CalendarKind::workday && limit->span % kDay != 0) {
    return node.error("working days are counted whole; write 5d");
  }
  if (limit->before_due &&
      (kind == ClockKind::due || limit->calendar || limit->rounding || limit->from_day)) {
    return node.error("what ends before the due time has neither calendar nor rounding of its own");
  }
  return limit;
}

Result<ExtensionLimit> read_extension(const Node& node) {
  RETURN_IF_ERROR(node.only_keys({"count", "length"}));
  ExtensionLimit extension;
  if (auto found = node.optional("count")) {
    auto count = found->integer();
    if (!count.ok()) return count.error();
    if (*count < 0 || *count > kExtensionsMax) return found->error("count is from 0 to 100");
    extension.count = uint64_t(*count);
  }
  if (auto found = node.optional("length")) {
    auto length = positive(*found, found->duration());
    if (!length.ok()) return length.error();
    extension.length = *length;
  }
  return extension;
}

Result<std::vector<PauseReason>> read_pauses(const Node& node) {
  auto items = node.items();
  if (!items.ok()) return items.error();
  std::vector<PauseReason> reasons;
  for (const Node& item : *items) {
    auto text = item.text();
    if (!text.ok()) return text.error();
    PauseReason reason{};
    if (!from_string(*text, reason)) {
      return item.error("a clock pauses for return_pending, awaiting_caller or court");
    }
    reasons.push_back(reason);
  }
  return reasons;
}

}  // namespace

Result<ClassRules> read_class(const Node& node) {
  RETURN_IF_ERROR(node.only_keys({"sign", "forward", "return", "contact", "internal", "audit",
                                  "due", "redo", "appeal", "review", "extension", "pauses"}));
  for (ClockKind kind : {ClockKind::sign, ClockKind::forward, ClockKind::due}) {
    auto needed = node.required(to_string(kind));
    if (!needed.ok()) return needed.error();
  }
  ClassRules rules;
  for (ClockKind kind : kClockKinds) {
    auto found = node.optional(to_string(kind));
    if (!found) continue;
    auto limit = read_limit(*found, kind);
    if (!limit.ok()) return limit.error();
    rules.limit(kind) = *limit;
  }
  if (auto found = node.optional("extension")) {
    auto extension = read_extension(*found);
    if (!extension.ok()) return extension.error();
    rules.extension = *extension;
  }
  if (auto found = node.optional("pauses")) {
    auto reasons = read_pauses(*found);
    if (!reasons.ok()) return reasons.error();
    rules.pauses = std::move(*reasons);
  }
  return rules;
}

}  // namespace jieban
