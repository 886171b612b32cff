#include "common/calendar/official_years.h"

#include <algorithm>
#include <filesystem>

#include "common/base/file.h"
#include "common/base/limits.h"
#include "common/calendar/date_range.h"
#include "common/config/fields.h"

namespace jieban {
namespace {

constexpr int kYearMin = 1950;
constexpr int kYearMax = 2200;
constexpr int kDaysOffMax = 31;  // longer is a slip of the pen
constexpr unsigned kSaturday = 5;

// One holiday of one file, checked on its own.
struct Holiday {
  std::string name;
  DateRange off;
  std::vector<Date> work;
};

Result<Date> read_make_up_day(const Node& node) {
  auto text = node.text();
  if (!text.ok()) return text.error();
  const auto date = parse_date(*text);
  if (!date) return node.error("\"" + *text + "\" is no date; write 2026-02-14");
  if (weekday_of(*date) < kSaturday) {
    return node.error("a make-up working day is a Saturday or a Sunday, " + *text + " is neither");
  }
  return *date;
}

Result<Holiday> read_holiday(const Node& node) {
  RETURN_IF_ERROR(node.only_keys({"name", "off", "work"}));
  Holiday holiday;
  auto name = required_text(node, "name");
  if (!name.ok()) return name.error();
  holiday.name = *name;
  auto off = required_text(node, "off");
  if (!off.ok()) return off.error();
  const auto range = parse_date_range(*off);
  if (!range || range->last - range->first >= std::chrono::days(kDaysOffMax)) {
    return node.error("\"" + *off + "\" is no date and no range; write 2026-05-01/2026-05-05");
  }
  holiday.off = *range;
  const auto work = node.optional("work");
  if (!work) return holiday;
  auto items = work->items();
  if (!items.ok()) return items.error();
  for (const Node& item : *items) {
    auto date = read_make_up_day(item);
    if (!date.ok()) return date.error();
    holiday.work.push_back(*date);
  }
  return holiday;
}

Result<std::vector<Notice>> read_notices(const Node& root) {
  auto items = required_items(root, "notices");
  if (!items.ok()) return items.error();
  std::vector<Notice> notices;
  for (const Node& item : *items) {
    RETURN_IF_ERROR(item.only_keys({"title", "url"}));
    auto title = required_text(item, "title");
    if (!title.ok()) return title.error();
    auto url = required_text(item, "url");
    if (!url.ok()) return url.error();
    notices.push_back({*title, *url});
  }
  if (notices.empty()) return root.error("name the notice that these days came from");
  return notices;
}

Result<int> read_year(const Node& root) {
  auto node = root.required("year");
  if (!node.ok()) return node.error();
  auto year = node->integer();
  if (!year.ok()) return year.error();
  if (*year < kYearMin || *year > kYearMax) return node->error("no year that has a calendar");
  return int(*year);
}

Result<bool> read_announced(const Node& root) {
  auto node = root.required("announced");
  if (!node.ok()) return node.error();
  return node->boolean();
}

// A notice speaks of its year and of the December before it.
bool is_of_year(Date date, int year) {
  return date >= new_year(year) - std::chrono::days(31) && date < new_year(year + 1);
}

Result<void> put(std::map<Date, OfficialDay>& days, const Node& at, Date date, OfficialDay day) {
  const auto [place, fresh] = days.emplace(date, day);
  if (!fresh && place->second.working != day.working) {
    return at.error(to_text(date) + " is a day off and a working day (" + place->second.name + ")");
  }
  return {};
}

Result<void> put_holiday(std::map<Date, OfficialDay>& days, const Node& node, int year) {
  auto holiday = read_holiday(node);
  if (!holiday.ok()) return holiday.error();
  std::vector<std::pair<Date, bool>> dates;
  for (Date date = holiday->off.first; date <= holiday->off.last; date += std::chrono::days(1)) {
    dates.emplace_back(date, false);
  }
  for (const Date date : holiday->work) dates.emplace_back(date, true);
  for (const auto& [date, working] : dates) {
    if (!is_of_year(date, year)) return node.error(to_text(date) + " is not of this year");
    RETURN_IF_ERROR(put(days, node, date, {working, holiday->name}));
  }
  return {};
}

// "2026.yaml", and nothing that only looks like it.
bool is_year_file(const std::string& name) {
  return name.size() == 9 && name.ends_with(".yaml") &&
         std::all_of(name.begin(), name.begin() + 4, [](char c) { return c >= '0' && c <= '9'; });
}

Result<std::vector<std::string>> year_files(const std::string& directory) {
  std::vector<std::string> names;
  std::error_code failed;
  std::filesystem::directory_iterator entry(directory, failed);
  for (const std::filesystem::directory_iterator end; !failed && entry != end;
       entry.increment(failed)) {
    const std::string name = entry->path().filename().string();
    if (is_year_file(name)) names.push_back(name);
  }
  if (failed) {
    return Error{ErrorCode::io, "the official calendar: " + directory + ": " + failed.message()};
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

Result<void> OfficialYears::add(std::string_view text, const std::string& name) {
  auto document = Document::parse(text, name);
  if (!document.ok()) return document.error();
  const Node root = document->root();
  RETURN_IF_ERROR(root.only_keys({"year", "announced", "remark", "notices", "holidays"}));
  auto year = read_year(root);
  if (!year.ok()) return year.error();
  auto announced = read_announced(root);
  if (!announced.ok()) return announced.error();
  if (years_.contains(*year)) {
    return root.error("the year " + std::to_string(*year) + " stands in another file too");
  }
  OfficialYear entry{*announced, {}};
  if (!*announced) {
    if (root.optional("holidays")) return root.error("days off that no notice announces");
    years_.emplace(*year, std::move(entry));
    return {};
  }
  auto notices = read_notices(root);
  if (!notices.ok()) return notices.error();
  entry.notices = std::move(*notices);
  auto holidays = required_items(root, "holidays");
  if (!holidays.ok()) return holidays.error();
  for (const Node& holiday : *holidays) RETURN_IF_ERROR(put_holiday(days_, holiday, *year));
  years_.emplace(*year, std::move(entry));
  return {};
}

Result<void> OfficialYears::check() const {
  if (!first()) return Error{ErrorCode::not_found, "no year of the official calendar is known"};
  for (int year = *first(); year < *last(); ++year) {
    if (announced(year)) continue;
    return invalid("the official calendar has a hole: " + std::to_string(year) + " is missing");
  }
  return {};
}

Result<OfficialYears> OfficialYears::load(const std::string& directory) {
  auto names = year_files(directory);
  if (!names.ok()) return names.error();
  OfficialYears years;
  for (const std::string& name : *names) {
    const std::string path = directory + "/" + name;
    auto text = read_file(path, limits::kConfigBytesMax);
    if (!text.ok()) return text.error();
    const int before = int(years.years_.size());
    RETURN_IF_ERROR(years.add(*text, path));
    const bool named = years.years_.contains(std::stoi(name));
    if (!named || int(years.years_.size()) != before + 1) {
      return invalid(path + ": another year stands in the file than in its name");
    }
  }
  auto whole = years.check();
  if (!whole.ok()) return whole.error().context(directory);
  return years;
}

std::optional<int> OfficialYears::first() const {
  for (const auto& [year, entry] : years_) {
    if (entry.announced) return year;
  }
  return std::nullopt;
}

std::optional<int> OfficialYears::last() const {
  for (auto at = years_.rbegin(); at != years_.rend(); ++at) {
    if (at->second.announced) return at->first;
  }
  return std::nullopt;
}

bool OfficialYears::announced(int year) const {
  const auto found = years_.find(year);
  return found != years_.end() && found->second.announced;
}

const OfficialDay* OfficialYears::find(Date date) const {
  const auto found = days_.find(date);
  return found == days_.end() ? nullptr : &found->second;
}

bool OfficialYears::is_working_day(Date date) const {
  const OfficialDay* day = find(date);
  return day != nullptr ? day->working : weekday_of(date) < kSaturday;
}

Error OfficialYears::missing_year(int year) const {
  const std::string number = std::to_string(year);
  std::string why = "there is no file for it";
  if (years_.contains(year)) why = "it is not announced yet";
  if (first()) {
    why += "; known are " + std::to_string(*first()) + " to " + std::to_string(*last());
  }
  return {ErrorCode::not_found,
          "CALENDAR_MISSING_" + number + ": no official calendar for " + number + ": " + why};
}

}  // namespace jieban
