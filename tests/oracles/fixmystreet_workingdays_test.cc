// FixMyStreet's working days, forwards and backwards, with and without Saturdays.
#include "tests/oracles/table.h"

namespace jieban::oracles {
namespace {

TEST(FixMyStreet, EveryRowOfItsWorkingDaysAgrees) {
  TABLE_OR_SKIP(rows) = rows_of("fixmystreet_workingdays.json");
  for (size_t i = 0; i < rows.size(); ++i) {
    const Value& row = rows[i];
    const bool saturdays = *row.find("saturdays")->boolean();
    const Calendar& calendar =
        shared_calendar({"UTC", saturdays ? "[mon, tue, wed, thu, fri, sat]" : "mon-fri",
                         R"(["00:00-24:00"])", list_yaml(*row.find("holidays"))});
    const int64_t days = integer_at(row, "days") * (text_at(row, "op") == "sub" ? -1 : 1);
    EXPECT_EQ(told(calendar.add_workdays(day(text_at(row, "start")), days)),
              text_at(row, "expected"))
        << "row " << i;
  }
  EXPECT_EQ(rows.size(), 4U);
}

}  // namespace
}  // namespace jieban::oracles
