// GoAlert's shifts: rules, rotations, overrides, temporary schedules and a history, read by the
// reader of `jieban rota eval`.
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
  auto read = read_rota_rows(document);
  ASSERT_TRUE(read.ok()) << read.error().message;
  const Value told = shifts_value(*read);
  const Value::Array& answers = *told.find("rows")->array();
  ASSERT_EQ(answers.size(), rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(text_at(answers[i], "name"), text_at(rows[i], "name"));
    EXPECT_EQ(shift_texts(*answers[i].find("shifts")),
              shift_texts(*rows[i].find("expected_shifts")))
        << text_at(rows[i], "name");
  }
  EXPECT_EQ(rows.size(), 11U);
}

}  // namespace
}  // namespace jieban::oracles
