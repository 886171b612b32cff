// GoAlert's shifts: rules, rotations, overrides, temporary schedules and a history, read by the
// reader of `jieban rota eval`. No row differs. Where the table is silent, GoAlert's own rules hold
// too (tests/unit/tools/rota_row_shifts_test.cc), but for these:
// - Two overlapping overrides replace one user: there one of them acts, here both. GoAlert refuses
//   such overrides at its door.
// - Something ends with the window and would leave another one on duty then: there that one has a
//   shift of no length, here none.
#include "common/json/json.h"
#include "tests/oracles/table.h"
#include "tools/jieban/rota_eval.h"

namespace jieban::oracles {
namespace {

// With the members of a shift in one order.
std::string shift_text(const Value& shift) {
  const std::string end = *shift.find("truncated")->boolean() ? "..." : "";
  return text_at(shift, "user") + " " + text_at(shift, "start") + " " + text_at(shift, "end") + end;
}

std::vector<std::string> shift_texts(const Value& list) {
  std::vector<std::string> texts;
  for (const Value& shift : *list.array()) texts.push_back(shift_text(shift));
  return texts;
}

TEST(GoAlert, EveryRowOfItsShiftsAgrees) {
  TABLE_OR_SKIP(rows) = rows_of("goalert_oncall_shifts.json");
  Value document;
  document.set("rows", rows);
  const auto told = evaluate_rota_rows(document);
  ASSERT_TRUE(told.ok()) << told.error().message;
  const Value::Array& answers = *told->find("rows")->array();
  ASSERT_EQ(answers.size(), rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(answers[i].find("error"), nullptr);
    EXPECT_EQ(text_at(answers[i], "name"), text_at(rows[i], "name"));
    EXPECT_EQ(shift_texts(*answers[i].find("shifts")),
              shift_texts(*rows[i].find("expected_shifts")))
        << text_at(rows[i], "name");
  }
  EXPECT_EQ(rows.size(), 11U);
}

}  // namespace
}  // namespace jieban::oracles
