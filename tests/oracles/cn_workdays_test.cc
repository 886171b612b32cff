// Our own years against the days of a public package, one by one.
#include "common/base/file.h"
#include "tests/oracles/table.h"

namespace jieban::oracles {
namespace {

struct DayRow {
  std::string date;
  std::string kind;
  std::string name;
};

std::vector<DayRow> day_rows() {
  auto text = read_file(table_path("cn_workdays_2020_2026.csv"), 1 << 20);
  EXPECT_TRUE(text.ok());
  std::vector<DayRow> rows;
  if (!text.ok()) return rows;
  size_t begin = text->find('\n') + 1;
  while (begin < text->size()) {
    const size_t end = std::min(text->find('\n', begin), text->size());
    std::vector<std::string> cells(1);
    for (const char c : text->substr(begin, end - begin)) {
      if (c == ',') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    if (cells.size() >= 4) rows.push_back({cells[0], cells[2], cells[3]});
    begin = end + 1;
  }
  return rows;
}

std::string kind_of(const OfficialYears& years, Date date) {
  const OfficialDay* found = years.find(date);
  if (found != nullptr) return found->working ? "makeup_workday" : "holiday";
  return years.is_working_day(date) ? "workday" : "weekend";
}

TEST(ChineseWorkdays, EveryDayOf2020To2026Agrees) {
  if (!collection_is_here()) GTEST_SKIP() << "the oracle tables are not here";
  const OfficialYears& years = shipped_years();
  size_t days = 0;
  for (const DayRow& row : day_rows()) {
    const Date date = day(row.date);
    const bool working = row.kind == "workday" || row.kind == "makeup_workday";
    EXPECT_EQ(*office().is_working_day(date), working) << row.date;
    EXPECT_EQ(kind_of(years, date), row.kind) << row.date;
    ++days;
  }
  EXPECT_EQ(days, 2557U);
}

}  // namespace
}  // namespace jieban::oracles
