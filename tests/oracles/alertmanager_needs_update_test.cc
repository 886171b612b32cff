// Whether Alertmanager sends again: every row.
#include "common/alerting/group.h"
#include "common/json/json.h"
#include "tests/oracles/alertmanager.h"

namespace jieban::oracles {
namespace {

const Timestamp kNow = from_micros(1'000'000'000'000);

std::vector<std::string> marks_at(const Value& row, std::string_view key) {
  std::vector<std::string> marks;
  if (!is_given(row, key)) return marks;
  for (const Value& each : *row.find(key)->array()) marks.push_back(to_json(each));
  return marks;
}

std::optional<LastTold> last_of(const Value& row) {
  if (!is_given(row, "last_notification")) return std::nullopt;
  const Value& said = *row.find("last_notification");
  LastTold last{kNow, marks_at(said, "firing"), marks_at(said, "resolved")};
  if (!is_given(said, "age_s")) return last;
  const Value& age = *said.find("age_s");
  last.at = age.integer() != nullptr ? kNow - std::chrono::seconds(*age.integer()) : from_micros(0);
  return last;
}

TEST(AlertmanagerNeedsUpdate, EveryRowAgrees) {
  TABLE_OR_SKIP(rows) = rows_of("alertmanager_needs_update.json");
  for (const Value& row : rows) {
    SCOPED_TRACE(text_at(row, "case"));
    GroupTiming timing;
    if (is_given(row, "repeat_interval_s")) {
      timing.repeat = std::chrono::seconds(integer_at(row, "repeat_interval_s"));
    }
    timing.send_resolved = is_given(row, "send_resolved") && *row.find("send_resolved")->boolean();
    const UpdateReason reason = needs_update(last_of(row), marks_at(row, "firing"),
                                             marks_at(row, "resolved"), timing, kNow);
    EXPECT_EQ(reason != UpdateReason::none, *member(row, "expected_notify").boolean())
        << to_string(reason);
  }
  EXPECT_EQ(rows.size(), 12U);
}

}  // namespace
}  // namespace jieban::oracles
