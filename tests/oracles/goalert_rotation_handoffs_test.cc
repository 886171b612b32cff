// GoAlert's rotations: when one hands over, on days on which the clock is set forward or back.
#include "common/calendar/instant_text.h"
#include "common/duty/rotation.h"
#include "tests/oracles/table.h"

namespace jieban::oracles {
namespace {

Timestamp instant_at(const Value& row, std::string_view key) {
  const auto at = parse_rfc3339(text_at(row, key));
  EXPECT_TRUE(at.has_value()) << key;
  return at.value_or(Timestamp());
}

// "2020-10-29 01:30:00 -0500 CDT".
Timestamp local_with_offset(const std::string& text) {
  const auto at = parse_rfc3339(text.substr(0, 10) + "T" + text.substr(11, 8) + text.substr(20, 3) +
                                ":" + text.substr(23, 2));
  EXPECT_TRUE(at.has_value()) << text;
  return at.value_or(Timestamp());
}

TimeZone zone_of(const Value& row) {
  auto zone = TimeZone::load(text_at(row, "tz"));
  CHECK(zone.ok());
  return *zone;
}

Rotation rotation_of(const Value& row) {
  Rotation rotation;
  EXPECT_TRUE(from_string(text_at(row, "type"), rotation.unit));
  rotation.length = uint64_t(integer_at(row, "shift_length"));
  const char* start = is_given(row, "rotation_start") ? "rotation_start" : "shift_start";
  rotation.start = instant_at(row, start);
  return rotation;
}

// From the turn that runs at `from` to the first one that begins after `to`.
void check_sequence(const Value& row) {
  const TimeZone zone = zone_of(row);
  const Rotation rotation = rotation_of(row);
  const Timestamp to = instant_at(row, "to");
  std::vector<std::string> told;
  Timestamp at = turn_at(rotation, zone, instant_at(row, "from")).from;
  for (; at <= to; at = next_handoff(rotation, zone, at)) told.push_back(to_rfc3339(at));
  told.push_back(to_rfc3339(at));
  std::vector<std::string> expected;
  for (const Value& each : *row.find("expected_handoffs")->array()) {
    expected.push_back(to_rfc3339(local_with_offset(*each.string())));
  }
  EXPECT_EQ(told, expected);
}

TEST(GoAlert, EveryRowOfItsHandoffsAgrees) {
  TABLE_OR_SKIP(rows) = rows_of("goalert_rotation_handoffs.json");
  size_t ends = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    const Value& row = rows[i];
    SCOPED_TRACE("row " + std::to_string(i));
    if (text_at(row, "kind") == "handoff_sequence") {
      check_sequence(row);
      continue;
    }
    ASSERT_EQ(text_at(row, "kind"), "shift_end");
    ++ends;
    EXPECT_EQ(
        to_rfc3339(next_handoff(rotation_of(row), zone_of(row), instant_at(row, "shift_start"))),
        to_rfc3339(instant_at(row, "expected_shift_end")));
  }
  EXPECT_EQ(rows.size(), 35U);
  EXPECT_EQ(ends, 19U);
}

}  // namespace
}  // namespace jieban::oracles
