#include "common/clocks/calendar_texts.h"

#include <filesystem>

#include "common/base/file.h"
#include "common/base/limits.h"

namespace jieban {

Result<CalendarTexts> read_calendar_texts(const std::string& path) {
  CalendarTexts texts;
  auto plan = read_file(path, limits::kConfigBytesMax);
  if (!plan.ok()) return plan.error();
  texts.plan = *plan;
  const std::string directory = std::filesystem::path(path).parent_path().string();
  auto loaded = Calendar::load(path, directory);
  if (!loaded.ok()) return loaded.error();
  auto document = Document::parse(texts.plan, path);
  if (!document.ok()) return document.error();
  auto read = read_calendar_plan(*document);
  if (!read.ok()) return read.error();
  if (!read->official) return texts;
  auto years = OfficialYears::load(directory);
  if (!years.ok()) return years.error();
  for (const auto& [year, entry] : years->years()) {
    const std::string name = std::to_string(year) + ".yaml";
    auto text = read_file(directory + "/" + name, limits::kConfigBytesMax);
    if (!text.ok()) return text.error();
    texts.years[name] = *text;
  }
  // What is recorded is what will be parsed, were a file exchanged meanwhile.
  auto again = parse_calendar(texts);
  if (!again.ok()) return again.error();
  return texts;
}

Result<Calendar> parse_calendar(const CalendarTexts& texts) {
  auto document = Document::parse(texts.plan, "calendar");
  if (!document.ok()) return document.error();
  auto plan = read_calendar_plan(*document);
  if (!plan.ok()) return plan.error();
  OfficialYears years;
  for (const auto& [name, text] : texts.years) RETURN_IF_ERROR(years.add(text, name));
  return Calendar::make(std::move(*plan), std::move(years));
}

Result<const Calendar*> CalendarBook::calendar(const CalendarTexts& texts, uint64_t edition) const {
  if (calendar_ && edition_ == edition) return &*calendar_;
  calendar_.reset();
  auto parsed = parse_calendar(texts);
  if (!parsed.ok()) return parsed.error();
  edition_ = edition;
  calendar_.emplace(std::move(*parsed));
  return &*calendar_;
}

}  // namespace jieban
