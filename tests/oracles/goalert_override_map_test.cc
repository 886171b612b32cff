// GoAlert's overrides: adding, removing and standing in, inside and outside of their span.
#include <algorithm>

#include "common/duty/roster.h"
#include "tests/oracles/table.h"

namespace jieban::oracles {
namespace {

std::vector<std::string> texts_of(const Value& list) {
  std::vector<std::string> texts;
  for (const Value& each : *list.array()) texts.push_back(*each.string());
  return texts;
}

std::optional<PersonId> person_at(const Value& row, std::string_view key) {
  return is_given(row, key) ? std::optional(text_at(row, key)) : std::nullopt;
}

TEST(GoAlert, EveryRowOfItsOverridesAgrees) {
  TABLE_OR_SKIP(rows) = rows_of("goalert_override_map.json");
  const Timestamp from = utc("2026-03-02T08:00:00Z");
  const Timestamp until = utc("2026-03-02T09:00:00Z");
  for (size_t i = 0; i < rows.size(); ++i) {
    const Value& row = rows[i];
    Rota rota;
    rota.id = "r";
    rota.rules.emplace_back().persons = texts_of(*row.find("on_call_by_rules"));
    RotaChanges changes;
    for (const Value& each : *row.find("overrides")->array()) {
      DutyOverride& change = changes.overrides.emplace_back();
      change.rota = "r";
      change.from = from;
      change.until = until;
      change.add = person_at(each, "add");
      change.remove = person_at(each, "remove");
    }
    auto told = on_duty(rota, changes, *row.find("active")->boolean() ? from : until);
    std::ranges::sort(told);
    EXPECT_EQ(told, texts_of(*row.find("expected_on_call"))) << "row " << i;
  }
  EXPECT_EQ(rows.size(), 2U);
}

}  // namespace
}  // namespace jieban::oracles
