#include "tests/oracles/table.h"

#include <stdlib.h>

#include <filesystem>
#include <iostream>

#include "common/base/file.h"
#include "common/json/json.h"

namespace jieban::oracles {
namespace {

constexpr size_t kTableBytesMax = 1 << 20;

std::string lower(std::string text) {
  for (char& c : text) c = char(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return text;
}

}  // namespace

std::string table_path(const std::string& table) {
  const char* shared = getenv("JIEBAN_SHARED");
  return std::string(shared != nullptr ? shared : JIEBAN_SOURCE_DIR "/../shared") + "/oracles/" +
         table;
}

bool collection_is_here() { return std::filesystem::exists(table_path("")); }

Value whole_table(const std::string& table) {
  auto text = read_file(table_path(table), kTableBytesMax);
  EXPECT_TRUE(text.ok()) << table;
  if (!text.ok()) return {};
  auto value = parse_json(*text);
  EXPECT_TRUE(value.ok()) << table << ": " << (value.ok() ? "" : value.error().message);
  return value.ok() ? std::move(*value) : Value();
}

Value::Array rows_of(const std::string& table) {
  const Value value = whole_table(table);
  const Value* rows = value.find("rows");
  EXPECT_TRUE(rows != nullptr && rows->array() != nullptr && !rows->array()->empty()) << table;
  return rows != nullptr && rows->array() != nullptr ? *rows->array() : Value::Array{};
}

std::string text_at(const Value& row, std::string_view key) {
  const Value* found = row.find(key);
  const bool is_text = found != nullptr && found->string() != nullptr;
  EXPECT_TRUE(is_text) << key << " in " << to_json(row);
  return is_text ? *found->string() : "";
}

int64_t integer_at(const Value& row, std::string_view key) {
  const Value* found = row.find(key);
  const bool is_integer = found != nullptr && found->integer() != nullptr;
  EXPECT_TRUE(is_integer) << key << " in " << to_json(row);
  return is_integer ? *found->integer() : 0;
}

bool is_given(const Value& row, std::string_view key) {
  const Value* found = row.find(key);
  return found != nullptr && !found->is_null();
}

std::string CalendarText::yaml() const {
  std::string text = calendar_text(zone, days, windows);
  if (!holidays.empty()) text += "holidays: " + holidays + "\n";
  return text;
}

std::string windows_yaml(const Value& by_weekday) {
  Value windows;
  for (const auto& [name, list] : *by_weekday.object()) windows.set(lower(name), list);
  return to_json(windows);
}

std::string list_yaml(const Value& texts) { return to_json(texts); }

CalendarText from_phrase(std::string_view phrase) {
  if (phrase == "24x7") return {"UTC", "every-day", R"(["00:00-24:00"])", ""};
  const size_t space = phrase.find(' ');
  return {"UTC", std::string(phrase.substr(0, space)),
          "[\"" + std::string(phrase.substr(space + 1)) + "\"]", ""};
}

const Calendar& shared_calendar(const CalendarText& text) {
  static std::map<std::string, Calendar> made;
  const std::string yaml = text.yaml();
  const auto found = made.find(yaml);
  if (found != made.end()) return found->second;
  return made.emplace(yaml, calendar_of(yaml)).first->second;
}

Timestamp utc(std::string_view text, std::string_view date) {
  std::string whole(text);
  if (text.size() == 5) whole = std::string(date) + " " + whole + ":00";
  if (whole.ends_with('Z')) whole.pop_back();
  const auto reading = parse_wall(whole);
  EXPECT_TRUE(reading.has_value()) << text;
  return Timestamp(reading.value_or(WallTime()).time_since_epoch());
}

std::string utc_text(Timestamp instant) { return to_text(WallTime(instant.time_since_epoch())); }

void Unapplied::add(const std::string& row, const std::string& reason) {
  rows_.emplace(row, reason);
  std::cout << "not applied: " << row << ": " << reason << "\n";
}

}  // namespace jieban::oracles
