#include "daemons/archiver/material_week.h"

#include <algorithm>
#include <map>

#include "common/assessment/cycle.h"

namespace jieban {
namespace {

using std::chrono::days;
using std::chrono::seconds;

struct Tally {
  UnitMaterial figures;
  std::map<std::string, uint64_t> failed_items;
};

void add_part(Rate& rate, uint64_t met, uint64_t of) {
  rate.met += met;
  rate.of += of;
}

// What the archive knows of the order of a record, at the time of the record.
Result<RoundMoments> round_of(const Archive& archive, const Event& event) {
  auto txn = archive.environment.read();
  if (!txn.ok()) return txn.error();
  auto order = archive.tables.orders.get(*txn, make_key(event.order_id));
  if (!order.ok()) return order.error();
  return round_at(order->value_or(OrderSummary()), event.occurred_at);
}

void count_hand_in(const Event& event, const RoundMoments& round, Tally& tally) {
  ++tally.figures.handed_in;
  if (round.due_at && event.occurred_at > *round.due_at) ++tally.figures.late;
}

void count_audit(const Event& event, const std::optional<AuditNote>& note, Tally& tally) {
  UnitMaterial& unit = tally.figures;
  const bool passed = event.topic == "order.audit_passed";
  ++unit.audited;
  if (!passed) ++unit.failed;
  if (!note) return;
  if (note->attempt.value_or(1) == 1) add_part(unit.first_pass, passed ? 1 : 0, 1);
  add_part(unit.completeness, note->met, note->of);
  add_part(unit.timeliness, note->timely_met, note->timely_of);
  if (note->handed_in_at && event.occurred_at >= *note->handed_in_at) {
    const auto took = std::chrono::duration_cast<seconds>(event.occurred_at - *note->handed_in_at);
    unit.audit_seconds += uint64_t(took.count());
    ++unit.timed;
  }
  for (const AuditItem& item : note->items) {
    if (item.verdict == "fail") ++tally.failed_items[item.title.value_or(item.code)];
  }
}

UnitMaterial finished(const std::string& name, Tally& tally) {
  UnitMaterial unit = tally.figures;
  unit.unit = name;
  for (const auto& [title, count] : tally.failed_items) unit.failed_items.push_back({title, count});
  std::ranges::stable_sort(unit.failed_items, std::greater<>(), &NamedCount::count);
  if (unit.failed_items.size() > kFailedItemsMax) unit.failed_items.resize(kFailedItemsMax);
  return unit;
}

}  // namespace

Result<Week> week_of(const std::string& day, Timestamp now) {
  const auto date = parse_date(day);
  if (!date) return invalid("date is written like 2026-07-18");
  const std::chrono::weekday weekday{*date};
  const Date monday = *date - days(int(weekday.iso_encoding()) - 1);
  const std::chrono::year_month_day thursday{monday + days(3)};
  const Date new_year{thursday.year() / 1 / 1};
  const auto number = (monday + days(3) - new_year).count() / 7 + 1;
  Week week{midnight(monday), midnight(monday + days(7)),
            std::to_string(int(thursday.year())) + "年第" + std::to_string(number) + "周"};
  if (week.from > now) return invalid("the week has not begun");
  return week;
}

Result<MaterialWeek> make_material_week(const Archive& archive, const Week& week) {
  std::map<std::string, Tally> units;
  Tally total;
  bool official = true;
  const VisitRecord count = [&](const Event& event) -> Result<void> {
    auto move = decode_payload<OrderMove>(event.payload);
    if (!move.ok()) return move.error();
    auto round = round_of(archive, event);
    if (!round.ok()) return round.error();
    const bool noted = move->audit && move->audit->unit;
    const std::string& unit = noted ? *move->audit->unit : round->lead_unit;
    if (move->audit && !move->audit->official) official = false;
    for (Tally* tally : {&units[unit], &total}) {
      if (event.topic == "order.handed_in") {
        count_hand_in(event, *round, *tally);
      } else {
        count_audit(event, move->audit, *tally);
      }
    }
    return {};
  };
  for (const char* kind : {"hand_in", "audit"}) {
    RETURN_IF_ERROR(for_each_record(archive, kind, week.from, week.to, count));
  }
  MaterialWeek all{week, {}, finished("", total), official};
  for (auto& [name, tally] : units) all.units.push_back(finished(name, tally));
  return all;
}

}  // namespace jieban
