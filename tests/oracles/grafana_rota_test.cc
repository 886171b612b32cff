// Grafana OnCall's final schedules: layers by priority, overrides over shifts and over each other,
// gaps, swaps that are taken and not. Hours count from a midnight.
#include <algorithm>
#include <cmath>

#include "common/duty/shifts.h"
#include "tests/oracles/table.h"

namespace jieban::oracles {
namespace {

using std::chrono::hours;

const Timestamp kMidnight = utc("2026-03-02T00:00:00Z");

double number_at(const Value& row, std::string_view key) {
  const Value* found = row.find(key);
  CHECK(found != nullptr);
  return found->number() != nullptr ? *found->number() : double(*found->integer());
}

Timestamp after_hours(double count) {
  return kMidnight + std::chrono::seconds(std::llround(count * 3600));
}

struct Scene {
  Rota rota;
  RotaChanges changes;
};

DatedShift dated(const Value& row) {
  const double start = number_at(row, "start_h");
  return {text_at(row, "user"), after_hours(start), after_hours(start + number_at(row, "hours")),
          uint64_t(integer_at(row, "priority"))};
}

// An override of theirs takes the hours over: nobody else of a lower priority is on duty.
DutyOverride taken_over(const Value& row) {
  const DatedShift shift = dated(row);
  DutyOverride change;
  change.rota = "r";
  change.from = shift.from;
  change.until = shift.until;
  change.priority = shift.priority;
  change.add = shift.person;
  change.alone = true;
  return change;
}

Scene scene_of(const Value& row) {
  Scene scene;
  scene.rota.id = "r";
  scene.rota.time_zone = "UTC";
  for (const Value& each : *row.find("shifts")->array()) {
    if (!is_given(row, "swap")) {
      scene.rota.dates.push_back(dated(each));
      continue;
    }
    // The rows with a swap repeat their shift daily.
    const DatedShift shift = dated(each);
    DutyRule& rule = scene.rota.rules.emplace_back();
    rule.priority = shift.priority;
    rule.persons = {shift.person};
    rule.window.begin = (shift.from - kMidnight) / std::chrono::seconds(1);
    rule.window.end = (shift.until - kMidnight) / std::chrono::seconds(1);
  }
  if (const Value* list = row.find("overrides")) {
    for (const Value& each : *list->array()) scene.changes.overrides.push_back(taken_over(each));
  }
  return scene;
}

ShiftSwap swap_of(const Value& row) {
  const Value& swap = *row.find("swap");
  ShiftSwap out;
  out.rota = "r";
  out.asked_by = text_at(swap, "user");
  out.from = after_hours(number_at(swap, "from_h"));
  out.until = after_hours(number_at(swap, "to_h"));
  out.taker = text_at(swap, "taken_by");
  out.accepted_at = kMidnight;
  return out;
}

std::string line(Timestamp from, Timestamp until, const std::string& what) {
  return utc_text(from) + " " + utc_text(until) + " " + what;
}

std::string kind_of(DutyOrigin origin) { return origin == DutyOrigin::stand_in ? " override" : ""; }

// Asked for one instant, those that run then.
std::vector<std::string> pieces_of(const Scene& scene, Timestamp until,
                                   std::optional<Timestamp> only_at = {}) {
  std::vector<std::string> lines;
  for (const Shift& piece : duty_pieces(scene.rota, scene.changes, kMidnight, until)) {
    if (only_at && !covers(piece.start, piece.end, *only_at)) continue;
    std::string what = piece.person + kind_of(piece.origin);
    if (piece.in_place_of && piece.origin == DutyOrigin::swap) what += " for " + *piece.in_place_of;
    if (piece.swap_asked) what += " asked";
    lines.push_back(line(piece.start, piece.end, what));
  }
  return lines;
}

std::vector<std::string> expected_of(const Value& row, bool gaps_wanted) {
  std::vector<std::string> lines;
  for (const Value& each : *row.find("expected")->array()) {
    const bool is_gap = !is_given(each, "user");
    if (is_gap != gaps_wanted) continue;
    const double start = number_at(each, "start_h");
    std::string what = is_gap ? "gap" : text_at(each, "user");
    if (is_given(each, "kind") && text_at(each, "kind") == "override") what += " override";
    if (is_given(each, "swapped_from")) what += " for " + text_at(each, "swapped_from");
    lines.push_back(line(after_hours(start), after_hours(start + number_at(each, "hours")), what));
  }
  std::ranges::sort(lines);
  return lines;
}

void check_final(const Value& row) {
  const Scene scene = scene_of(row);
  const Timestamp until = kMidnight + hours(24);
  std::optional<Timestamp> asked_at;
  if (is_given(row, "asked_at_h")) asked_at = after_hours(number_at(row, "asked_at_h"));
  EXPECT_EQ(pieces_of(scene, until, asked_at), expected_of(row, false));
  const auto expected_gaps = expected_of(row, true);
  if (expected_gaps.empty()) return;
  std::vector<std::string> told;
  for (const TimeSpan& gap : gaps(scene.rota, scene.changes, kMidnight, until)) {
    told.push_back(line(gap.from, gap.until, "gap"));
  }
  EXPECT_EQ(told, expected_gaps);
}

void check_swap(const Value& row) {
  Scene scene = scene_of(row);
  scene.changes.swaps = {swap_of(row)};
  const Timestamp until = kMidnight + hours(48);
  EXPECT_EQ(pieces_of(scene, until), expected_of(row, false));
  // Nobody has taken it: the asker's hours stay the asker's, and are marked.
  scene.changes.swaps.front().accepted_at.reset();
  const auto untaken = pieces_of(scene, until);
  std::vector<std::string> expected;
  for (std::string each : expected_of(row, false)) {
    const size_t taken = each.find("B for A");
    if (taken != std::string::npos) each.replace(taken, std::string::npos, "A asked");
    expected.push_back(each);
  }
  EXPECT_EQ(untaken, expected);
}

TEST(GrafanaOnCall, EveryRowOfItsRotasAgrees) {
  TABLE_OR_SKIP(rows) = rows_of("grafana_oncall_rota_escalation.json");
  Unapplied escalation;
  for (const Value& row : rows) {
    const std::string id = text_at(row, "id");
    SCOPED_TRACE(id);
    if (id.starts_with("oc-final-")) {
      check_final(row);
    } else if (id.starts_with("oc-swap-")) {
      check_swap(row);
    } else {
      escalation.add(id, "a step of an escalation, \"" + text_at(row, "step") +
                             "\", and no question about who is on duty");
    }
  }
  EXPECT_EQ(rows.size(), 15U);
  EXPECT_EQ(escalation.size(), 8U);
}

}  // namespace
}  // namespace jieban::oracles
