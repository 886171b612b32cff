#include "common/duty/rota_fields.h"

#include <algorithm>
#include <array>

namespace jieban {
namespace {

constexpr size_t kIdBytesMax = 40;
constexpr size_t kPersonsPerRuleMax = 100;
constexpr std::array<std::string_view, 7> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

struct DayWord {
  std::string_view word;
  uint64_t weekdays;
};
constexpr std::array<DayWord, 3> kDayWords = {
    {{"every-day", kEveryDay}, {"mon-fri", 0b001'1111}, {"weekend", 0b110'0000}}};
constexpr std::string_view kDaysAdvice =
    "days is every-day, mon-fri, weekend, or a list such as [mon, tue]";

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= kIdBytesMax && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

Result<uint64_t> read_day_list(const Node& node) {
  auto items = node.items();
  if (!items.ok()) return items.error();
  uint64_t weekdays = 0;
  for (const Node& item : *items) {
    auto word = item.text();
    if (!word.ok()) return word.error();
    const auto found = std::ranges::find(kDays, *word);
    if (found == kDays.end()) {
      return item.error("\"" + *word + "\" is no weekday: mon tue wed thu fri sat sun");
    }
    weekdays |= uint64_t{1} << size_t(found - kDays.begin());
  }
  if (weekdays == 0) return node.error(kDaysAdvice);
  return weekdays;
}

}  // namespace

Result<std::string> read_id(const Node& map, std::string_view key) {
  auto node = map.required(key);
  if (!node.ok()) return node.error();
  auto text = node->text();
  if (!text.ok()) return text.error();
  if (!is_id(*text)) return node->error("an id is 1 to 40 of a-z, 0-9, _ and -");
  return text;
}

Result<std::string> read_new_id(const Node& map, IdSet& ids) {
  auto id = read_id(map, "id");
  if (!id.ok()) return id.error();
  if (!ids.insert(*id).second) return map.error("a second one with the id " + *id);
  return id;
}

Result<Timestamp> read_instant(const Node& node, const TimeZone& zone) {
  auto text = node.text();
  if (!text.ok()) return text.error();
  constexpr size_t kToTheMinute = 16;
  const auto wall = parse_wall(text->size() == kToTheMinute ? *text + ":00" : *text);
  if (!wall) return node.error("\"" + *text + "\" is no time; write \"2026-02-16 08:30\"");
  return zone.boundary(*wall);
}

Result<void> read_span(const Node& map, const TimeZone& zone, Timestamp& from, Timestamp& until) {
  struct End {
    std::string_view key;
    Timestamp& out;
  };
  for (const End& end : {End{"from", from}, End{"until", until}}) {
    auto node = map.required(end.key);
    if (!node.ok()) return node.error();
    auto at = read_instant(*node, zone);
    if (!at.ok()) return at.error();
    end.out = *at;
  }
  if (until <= from) return map.error("until is not after from");
  return {};
}

Result<DayHours> read_hours(const Node& node) {
  auto text = node.text();
  if (!text.ok()) return text.error();
  const auto hours = parse_day_hours(*text);
  if (!hours) return node.error("\"" + *text + "\" is no window; write \"08:30-20:30\"");
  return *hours;
}

Result<uint64_t> read_weekdays(const Node& node) {
  if (node.kind() == NodeKind::list) return read_day_list(node);
  auto word = node.text();
  if (!word.ok()) return word.error();
  const auto found = std::ranges::find(kDayWords, *word, &DayWord::word);
  if (found == kDayWords.end()) return node.error(kDaysAdvice);
  return found->weekdays;
}

Result<WeeklyWindow> read_weekly_window(const Node& map) {
  WeeklyWindow window;
  if (auto days = map.optional("days")) {
    auto weekdays = read_weekdays(*days);
    if (!weekdays.ok()) return weekdays.error();
    window.weekdays = *weekdays;
  }
  if (auto node = map.optional("window")) {
    auto hours = read_hours(*node);
    if (!hours.ok()) return hours.error();
    window.begin = hours->begin;
    window.end = hours->end;
  }
  return window;
}

Result<TimeZone> read_zone(const Node& map) {
  auto node = map.optional("timezone");
  if (!node) return TimeZone::load(Rota().time_zone);
  auto name = node->text();
  if (!name.ok()) return name.error();
  auto zone = TimeZone::load(*name);
  if (!zone.ok()) return node->error(zone.error().message);
  return zone;
}

Result<uint64_t> read_count(const Node& map, std::string_view key, uint64_t otherwise,
                            int64_t count_max) {
  auto node = map.optional(key);
  if (!node) return otherwise;
  auto count = node->integer();
  if (!count.ok()) return count.error();
  if (*count < 0 || *count > count_max) {
    return node->error(std::string(key) + " lies between 0 and " + std::to_string(count_max));
  }
  return uint64_t(*count);
}

Result<bool> read_flag(const Node& map, std::string_view key) {
  auto node = map.optional(key);
  if (!node) return false;
  return node->boolean();
}

Result<std::vector<Node>> read_list(const Node& map, std::string_view key, size_t count_max) {
  auto node = map.optional(key);
  if (!node) return std::vector<Node>();
  auto items = node->items();
  if (!items.ok()) return items.error();
  if (items->size() > count_max) {
    return node->error(std::string(key) + " has " + std::to_string(count_max) + " rows at most");
  }
  return items;
}

Result<PersonId> KnownPersons::check(const Node& node) const {
  auto id = node.text();
  if (!id.ok()) return id.error();
  if (std::ranges::find(persons_, *id, &Person::id) != persons_.end()) return id;
  return node.error("\"" + *id + "\" is none of the persons; add it to them");
}

Result<PersonId> KnownPersons::one(const Node& map, std::string_view key) const {
  auto node = map.required(key);
  if (!node.ok()) return node.error();
  return check(*node);
}

Result<std::optional<PersonId>> KnownPersons::maybe(const Node& map, std::string_view key) const {
  auto node = map.optional(key);
  if (!node) return std::optional<PersonId>();
  auto id = check(*node);
  if (!id.ok()) return id.error();
  return std::optional<PersonId>(std::move(*id));
}

Result<std::vector<PersonId>> KnownPersons::list(const Node& map, std::string_view key) const {
  auto node = map.required(key);
  if (!node.ok()) return node.error();
  auto items = read_list(map, key, kPersonsPerRuleMax);
  if (!items.ok()) return items.error();
  if (items->empty()) return node->error(std::string(key) + " names at least one");
  std::vector<PersonId> persons;
  for (const Node& item : *items) {
    auto id = check(item);
    if (!id.ok()) return id.error();
    persons.push_back(std::move(*id));
  }
  return persons;
}

}  // namespace jieban
