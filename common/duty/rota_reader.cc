#include "common/duty/rota_reader.h"

#include <algorithm>

#include "common/config/fields.h"

namespace jieban {
namespace {

constexpr size_t kRulesMax = 50;
constexpr size_t kDatesMax = 500;
constexpr size_t kPatternMax = 366;
constexpr size_t kCycleShiftsMax = 12;
constexpr size_t kCoverMax = 14;
constexpr int64_t kPriorityMax = 1000;
constexpr int64_t kRotationLengthMax = 10'000;

class RotaReader {
 public:
  RotaReader(const KnownPersons& persons, TimeZone zone)
      : persons_(persons), zone_(std::move(zone)) {}

  Result<void> read(const Node& item, Rota& rota) {
    RETURN_IF_ERROR(
        item.only_keys({"id", "name", "timezone", "standby", "rules", "dates", "cover"}));
    rota.time_zone = zone_.name();
    auto name = required_text(item, "name");
    if (!name.ok()) return name.error();
    rota.name = std::move(*name);
    auto standby = read_flag(item, "standby");
    if (!standby.ok()) return standby.error();
    rota.standby = *standby;
    RETURN_IF_ERROR(read_rules(item, rota));
    RETURN_IF_ERROR(read_dates(item, rota));
    return read_cover(item, rota);
  }

 private:
  Result<Rotation> read_rotation(const Node& node) const {
    RETURN_IF_ERROR(node.only_keys({"unit", "length", "start", "persons", "timezone"}));
    Rotation rotation;
    auto unit = node.required("unit");
    if (!unit.ok()) return unit.error();
    auto word = unit->text();
    if (!word.ok()) return word.error();
    if (!from_string(*word, rotation.unit)) {
      return unit->error("unit is hourly, daily, weekly or monthly");
    }
    auto length = read_count(node, "length", 1, kRotationLengthMax);
    if (!length.ok()) return length.error();
    if (*length == 0) return node.error("length is 1 or more");
    rotation.length = *length;
    TimeZone zone = zone_;
    if (node.optional("timezone")) {
      auto own = read_zone(node);
      if (!own.ok()) return own.error();
      rotation.time_zone = own->name();
      zone = *own;
    }
    auto start = node.required("start");
    if (!start.ok()) return start.error();
    auto at = read_instant(*start, zone);
    if (!at.ok()) return at.error();
    rotation.start = *at;
    auto persons = persons_.list(node, "persons");
    if (!persons.ok()) return persons.error();
    rotation.persons = std::move(*persons);
    return rotation;
  }

  static Result<CycleShift> read_cycle_shift(const Node& node, IdSet& codes) {
    RETURN_IF_ERROR(node.only_keys({"code", "name", "window"}));
    CycleShift shift;
    auto code = required_text(node, "code");
    if (!code.ok()) return code.error();
    if (!codes.insert(*code).second) return node.error("a second shift with the code " + *code);
    shift.code = std::move(*code);
    auto name = required_text(node, "name");
    if (!name.ok()) return name.error();
    shift.name = std::move(*name);
    auto window = node.required("window");
    if (!window.ok()) return window.error();
    auto hours = read_hours(*window);
    if (!hours.ok()) return hours.error();
    shift.begin = hours->begin;
    shift.end = hours->end;
    return shift;
  }

  Result<DutyCycle> read_cycle(const Node& node) const {
    RETURN_IF_ERROR(node.only_keys({"first_day", "pattern", "shifts", "persons"}));
    DutyCycle cycle;
    auto first = node.required("first_day");
    if (!first.ok()) return first.error();
    auto text = first->text();
    if (!text.ok()) return text.error();
    const auto date = parse_date(*text);
    if (!date) return first->error("\"" + *text + "\" is no date; write 2026-01-01");
    cycle.first_day = date->time_since_epoch().count();
    auto pattern = text_list(node, "pattern");
    if (!pattern.ok()) return pattern.error();
    if (pattern->empty() || pattern->size() > kPatternMax) {
      return node.error("pattern has 1 to " + std::to_string(kPatternMax) + " days");
    }
    cycle.pattern = std::move(*pattern);
    auto rows = read_list(node, "shifts", kCycleShiftsMax);
    if (!rows.ok()) return rows.error();
    IdSet codes;
    for (const Node& row : *rows) {
      auto shift = read_cycle_shift(row, codes);
      if (!shift.ok()) return shift.error();
      if (std::ranges::find(cycle.pattern, shift->code) == cycle.pattern.end()) {
        return row.error("no day of the pattern has the code " + shift->code);
      }
      cycle.shifts.push_back(std::move(*shift));
    }
    if (cycle.shifts.empty()) return node.error("a cycle needs at least one shift");
    auto persons = persons_.list(node, "persons");
    if (!persons.ok()) return persons.error();
    cycle.persons = std::move(*persons);
    return cycle;
  }

  // One of persons, rotation and cycle.
  Result<void> read_who(const Node& item, DutyRule& rule) const {
    const auto rotation = item.optional("rotation");
    const auto cycle = item.optional("cycle");
    const int count = int(item.optional("persons").has_value()) + int(rotation.has_value()) +
                      int(cycle.has_value());
    if (count != 1) return item.error("a rule has one of persons, rotation and cycle");
    if (cycle && (item.optional("days") || item.optional("window"))) {
      return item.error("a cycle has its own days and windows; leave days and window out");
    }
    if (rotation) {
      auto read_one = read_rotation(*rotation);
      if (!read_one.ok()) return read_one.error();
      rule.rotation = std::move(*read_one);
      return {};
    }
    if (cycle) {
      auto read_one = read_cycle(*cycle);
      if (!read_one.ok()) return read_one.error();
      rule.cycle = std::move(*read_one);
      return {};
    }
    auto persons = persons_.list(item, "persons");
    if (!persons.ok()) return persons.error();
    rule.persons = std::move(*persons);
    return {};
  }

  Result<void> read_rules(const Node& item, Rota& rota) const {
    auto rows = read_list(item, "rules", kRulesMax);
    if (!rows.ok()) return rows.error();
    IdSet ids;
    for (const Node& row : *rows) {
      RETURN_IF_ERROR(
          row.only_keys({"id", "priority", "days", "window", "persons", "rotation", "cycle"}));
      DutyRule rule;
      auto id = read_new_id(row, ids);
      if (!id.ok()) return id.error();
      rule.id = std::move(*id);
      auto priority = read_count(row, "priority", 0, kPriorityMax);
      if (!priority.ok()) return priority.error();
      rule.priority = *priority;
      auto window = read_weekly_window(row);
      if (!window.ok()) return window.error();
      rule.window = *window;
      RETURN_IF_ERROR(read_who(row, rule));
      rota.rules.push_back(std::move(rule));
    }
    return {};
  }

  Result<void> read_dates(const Node& item, Rota& rota) const {
    auto rows = read_list(item, "dates", kDatesMax);
    if (!rows.ok()) return rows.error();
    for (const Node& row : *rows) {
      RETURN_IF_ERROR(row.only_keys({"person", "from", "until", "priority"}));
      DatedShift shift;
      auto person = persons_.one(row, "person");
      if (!person.ok()) return person.error();
      shift.person = std::move(*person);
      RETURN_IF_ERROR(read_span(row, zone_, shift.from, shift.until));
      auto priority = read_count(row, "priority", 0, kPriorityMax);
      if (!priority.ok()) return priority.error();
      shift.priority = *priority;
      rota.dates.push_back(std::move(shift));
    }
    return {};
  }

  static Result<void> read_cover(const Node& item, Rota& rota) {
    auto rows = read_list(item, "cover", kCoverMax);
    if (!rows.ok()) return rows.error();
    for (const Node& row : *rows) {
      RETURN_IF_ERROR(row.only_keys({"days", "window"}));
      auto window = read_weekly_window(row);
      if (!window.ok()) return window.error();
      rota.cover.push_back(*window);
    }
    return {};
  }

  const KnownPersons& persons_;
  TimeZone zone_;
};

}  // namespace

Result<Rota> read_rota(const Node& item, const KnownPersons& persons, IdSet& ids) {
  if (item.kind() != NodeKind::map) return item.only_keys({}).error();
  Rota rota;
  auto id = read_new_id(item, ids);
  if (!id.ok()) return id.error();
  rota.id = std::move(*id);
  auto zone = read_zone(item);
  if (!zone.ok()) return zone.error();
  RETURN_IF_ERROR(RotaReader(persons, std::move(*zone)).read(item, rota));
  return rota;
}

}  // namespace jieban
