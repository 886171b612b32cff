#include "tools/jieban/rota_row.h"

#include <algorithm>

#include "common/calendar/instant_text.h"
#include "common/duty/rotation.h"

namespace jieban {
namespace {

using std::chrono::minutes;

constexpr std::string_view kRotaId = "rota";
// Each minute of it may have a hand-over.
constexpr std::chrono::days kSpanMax{3 * 366};
constexpr int64_t kLengthMax = 100'000;

// The member of a row that is being read; errors name it.
class Member {
 public:
  Member(const Value& value, std::string path) : value_(value), path_(std::move(path)) {}

  Error error(std::string_view what) const { return invalid(path_ + " " + std::string(what)); }
  const Value& value() const { return value_; }

  // Empty where it is missing or null.
  std::optional<Member> maybe(std::string_view key) const {
    const Value* found = value_.find(key);
    if (found == nullptr || found->is_null()) return std::nullopt;
    return Member(*found, path_.empty() ? std::string(key) : path_ + "." + std::string(key));
  }

  Result<Member> member(std::string_view key) const {
    auto found = maybe(key);
    if (found) return *found;
    return invalid((path_.empty() ? "" : path_ + ".") + std::string(key) + " is missing");
  }

  Result<std::string> text() const {
    if (value_.string() == nullptr) return error("is no text");
    return *value_.string();
  }

  Result<int64_t> integer() const {
    if (value_.integer() == nullptr) return error("is no whole number");
    return *value_.integer();
  }

  Result<Timestamp> instant() const {
    auto written = text();
    if (!written.ok()) return written.error();
    const auto at = parse_rfc3339(*written);
    if (!at) return error("is no time such as 2018-01-01T06:00:00Z");
    return Timestamp(std::chrono::floor<minutes>(*at));
  }

  Result<TimeZone> zone() const {
    auto name = text();
    if (!name.ok()) return name.error();
    auto loaded = TimeZone::load(*name);
    if (!loaded.ok()) return error("names no time zone");
    return loaded;
  }

  // The elements of a member; none where it is missing.
  Result<std::vector<Member>> list(std::string_view key) const {
    std::vector<Member> members;
    const auto found = maybe(key);
    if (!found) return members;
    if (found->value_.array() == nullptr) return found->error("is no list");
    for (const Value& each : *found->value_.array()) {
      members.emplace_back(each, found->path_ + "[" + std::to_string(members.size()) + "]");
      if (each.object() == nullptr && each.string() == nullptr) {
        return members.back().error("is neither an object nor a text");
      }
    }
    return members;
  }

 private:
  const Value& value_;
  std::string path_;
};

Result<std::string> text_of(const Member& parent, std::string_view key) {
  auto member = parent.member(key);
  return member.ok() ? member->text() : member.error();
}

Result<void> read_instant_of(const Member& parent, std::string_view key, Timestamp& out) {
  auto member = parent.member(key);
  if (!member.ok()) return member.error();
  auto at = member->instant();
  if (!at.ok()) return at.error();
  out = *at;
  return {};
}

// "" and null are nobody.
Result<std::optional<PersonId>> read_user(const Member& parent, std::string_view key) {
  const auto member = parent.maybe(key);
  if (!member) return std::optional<PersonId>();
  auto user = member->text();
  if (!user.ok()) return user.error();
  return user->empty() ? std::optional<PersonId>() : std::optional<PersonId>(*user);
}

// "0111110", Sunday first.
Result<uint64_t> read_mask(const Member& rule) {
  auto member = rule.member("weekdays_sun_to_sat");
  if (!member.ok()) return member.error();
  auto text = member->text();
  if (!text.ok()) return text.error();
  if (text->size() != 7 || text->find_first_not_of("01") != std::string::npos) {
    return member->error("is not seven digits 0 or 1, Sunday first");
  }
  uint64_t mask = 0;
  for (size_t i = 0; i < 7; ++i) mask |= uint64_t((*text)[i] == '1') << (i + 6) % 7;
  return mask;
}

Result<WeeklyWindow> read_window(const Member& rule) {
  auto mask = read_mask(rule);
  if (!mask.ok()) return mask.error();
  auto start = text_of(rule, "start");
  if (!start.ok()) return start.error();
  auto end = text_of(rule, "end");
  if (!end.ok()) return end.error();
  const auto hours = parse_day_hours(*start + "-" + *end);
  if (!hours) return rule.error("has no start and end such as 08:00");
  return WeeklyWindow{*mask, hours->begin, hours->end};
}

// What is known is whose turn it is at one instant, by default at `asked`: the persons are turned
// until the rotation, from its start on, agrees with that. One alone has all turns.
Result<void> turn_to_current(const Member& member, const TimeZone& zone, Timestamp asked,
                             Rotation& rotation) {
  const auto at = member.maybe("current_start");
  const auto named = member.maybe("current_index");
  const auto count = int64_t(rotation.persons.size());
  if ((!at && !named) || count < 2) return {};
  Result<Timestamp> current = at ? at->instant() : asked;
  if (!current.ok()) return current.error();
  Result<int64_t> index = named ? named->integer() : 0;
  if (!index.ok()) return index.error();
  if (*index < 0 || *index >= count) return named->error("is no place in users");
  const int64_t shift = (*index - turn_at(rotation, zone, *current).number) % count;
  std::rotate(rotation.persons.begin(), rotation.persons.begin() + (shift + count) % count,
              rotation.persons.end());
  return {};
}

Result<void> read_length(const Member& member, Rotation& rotation) {
  auto length = member.member("shift_length");
  if (!length.ok()) return length.error();
  auto count = length->integer();
  if (!count.ok()) return count.error();
  if (*count > kLengthMax) return length->error("is no length of a shift");
  rotation.length = uint64_t(std::max<int64_t>(*count, 1));
  return {};
}

Result<Rotation> read_rotation(const Member& member, const TimeZone& of_rota, Timestamp asked) {
  Rotation rotation;
  auto unit = text_of(member, "type");
  if (!unit.ok()) return unit.error();
  if (!from_string(*unit, rotation.unit)) {
    return member.error("has no type hourly, daily, weekly or monthly");
  }
  RETURN_IF_ERROR(read_length(member, rotation));
  RETURN_IF_ERROR(read_instant_of(member, "start", rotation.start));
  TimeZone zone = of_rota;
  if (const auto own = member.maybe("tz")) {
    auto loaded = own->zone();
    if (!loaded.ok()) return loaded.error();
    zone = *loaded;
  }
  rotation.time_zone = zone.name();
  auto users = member.list("users");
  if (!users.ok()) return users.error();
  for (const Member& user : *users) {
    auto name = user.text();
    if (!name.ok()) return name.error();
    rotation.persons.push_back(*name);
  }
  RETURN_IF_ERROR(turn_to_current(member, zone, asked, rotation));
  return rotation;
}

class RowReader {
 public:
  explicit RowReader(const Member& row) : row_(row) {}

  Result<RotaRow> read() {
    auto name = text_of(row_, "name");
    if (!name.ok()) return name.error();
    out_.name = std::move(*name);
    out_.rota.id = kRotaId;
    auto zone = row_.member("tz");
    if (!zone.ok()) return zone.error();
    auto loaded = zone->zone();
    if (!loaded.ok()) return loaded.error();
    out_.rota.time_zone = loaded->name();
    RETURN_IF_ERROR(read_instant_of(row_, "window_start", out_.from));
    RETURN_IF_ERROR(read_instant_of(row_, "window_end", out_.until));
    RETURN_IF_ERROR(read_history());
    RETURN_IF_ERROR(check_span());
    RETURN_IF_ERROR(read_rules(*loaded));
    RETURN_IF_ERROR(read_overrides());
    RETURN_IF_ERROR(read_temporary());
    return std::move(out_);
  }

 private:
  Result<void> read_history() {
    const auto now = row_.maybe("now");
    if (!now) return {};
    auto at = now->instant();
    if (!at.ok()) return at.error();
    out_.history = DutyHistory{*at, {}};
    auto items = row_.list("history");
    if (!items.ok()) return items.error();
    for (const Member& item : *items) {
      PastShift shift;
      auto user = text_of(item, "user");
      if (!user.ok()) return user.error();
      shift.person = std::move(*user);
      RETURN_IF_ERROR(read_instant_of(item, "start", shift.start));
      if (item.maybe("end")) {
        RETURN_IF_ERROR(read_instant_of(item, "end", shift.end.emplace()));
      }
      out_.history->shifts.push_back(std::move(shift));
    }
    return {};
  }

  // What is told begins here.
  Timestamp asked() const {
    return out_.history ? std::min(out_.history->now, out_.from) : out_.from;
  }

  Result<void> check_span() const {
    if (out_.until - asked() <= kSpanMax) return {};
    return invalid("window_end lies more than three years after window_start or now");
  }

  Result<void> read_rules(const TimeZone& zone) {
    auto items = row_.list("rules");
    if (!items.ok()) return items.error();
    for (const Member& item : *items) {
      DutyRule rule;
      auto window = read_window(item);
      if (!window.ok()) return window.error();
      rule.window = *window;
      if (const auto member = item.maybe("rotation")) {
        auto rotation = read_rotation(*member, zone, asked());
        if (!rotation.ok()) return rotation.error();
        rule.rotation = std::move(*rotation);
      } else {
        const auto type = read_user(item, "target_type");
        if (!type.ok()) return type.error();
        if (*type == "TargetTypeRotation") return item.error("has no rotation");
        auto target = text_of(item, "target");
        if (!target.ok()) return target.error();
        if (!target->empty()) rule.persons = {std::move(*target)};
      }
      out_.rota.rules.push_back(std::move(rule));
    }
    return {};
  }

  template <class Change>
  static Result<void> read_ends(const Member& item, Change& change) {
    RETURN_IF_ERROR(read_instant_of(item, "start", change.from));
    return read_instant_of(item, "end", change.until);
  }

  Result<void> read_overrides() {
    auto items = row_.list("overrides");
    if (!items.ok()) return items.error();
    for (const Member& item : *items) {
      DutyOverride change;
      change.rota = kRotaId;
      RETURN_IF_ERROR(read_ends(item, change));
      auto add = read_user(item, "add_user");
      if (!add.ok()) return add.error();
      change.add = std::move(*add);
      auto remove = read_user(item, "remove_user");
      if (!remove.ok()) return remove.error();
      change.remove = std::move(*remove);
      if (change.add || change.remove) out_.changes.overrides.push_back(std::move(change));
    }
    return {};
  }

  Result<void> read_temporary() {
    auto items = row_.list("temporary_schedules");
    if (!items.ok()) return items.error();
    for (const Member& item : *items) {
      TemporarySchedule schedule;
      schedule.rota = kRotaId;
      RETURN_IF_ERROR(read_ends(item, schedule));
      auto shifts = item.list("shifts");
      if (!shifts.ok()) return shifts.error();
      for (const Member& each : *shifts) {
        DatedShift shift;
        auto user = text_of(each, "user");
        if (!user.ok()) return user.error();
        shift.person = std::move(*user);
        RETURN_IF_ERROR(read_ends(each, shift));
        schedule.shifts.push_back(std::move(shift));
      }
      out_.changes.temporary.push_back(std::move(schedule));
    }
    return {};
  }

  const Member& row_;
  RotaRow out_;
};

}  // namespace

Result<RotaRow> read_rota_row(const Value& row) {
  if (row.object() == nullptr) return invalid("is no object");
  return RowReader(Member(row, "")).read();
}

}  // namespace jieban
