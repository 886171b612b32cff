#include "common/duty/rota_text.h"

#include <algorithm>
#include <array>

#include "common/calendar/instant_text.h"

namespace jieban {
namespace {

using std::chrono::days;

constexpr size_t kDateSize = 10;
constexpr size_t kMinuteSize = 16;

class Wall {
 public:
  explicit Wall(const std::string& zone) {
    auto loaded = TimeZone::load(zone);
    if (loaded.ok()) zone_ = std::move(*loaded);
  }

  // In a zone that nobody knows, UTC.
  WallTime at(Timestamp instant) const {
    return zone_ ? zone_->wall(instant) : WallTime(instant.time_since_epoch());
  }
  std::string day(Timestamp instant) const {
    constexpr std::array<std::string_view, 7> kNames = {"周一", "周二", "周三", "周四",
                                                        "周五", "周六", "周日"};
    const Date date = date_of(at(instant));
    return to_text(date) + " " + std::string(kNames[weekday_of(date)]);
  }
  std::string minute(Timestamp instant) const {
    return to_text(at(instant)).substr(0, kMinuteSize);
  }
  // "08:30–20:30", "20:30–次日08:30", "08:30–2026-03-09 08:30".
  std::string hours(Timestamp from, Timestamp until) const {
    const Date first = date_of(at(from));
    const Date last = date_of(at(until));
    std::string end = minute(until);
    if (last == first) end = end.substr(kDateSize + 1);
    if (last == first + days(1)) end = "次日" + end.substr(kDateSize + 1);
    return minute(from).substr(kDateSize + 1) + "–" + end;
  }

 private:
  std::optional<TimeZone> zone_;
};

// "11小时", "11小时30分".
std::string span_text(Duration span) {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(span).count();
  std::string text = std::to_string(minutes / 60) + "小时";
  if (minutes % 60 != 0) text += std::to_string(minutes % 60) + "分";
  return text;
}

struct SheetRow {
  Timestamp start;
  Timestamp end;
  std::string text;
};

std::vector<SheetRow> rows_of(const RotaSheet& sheet) {
  std::vector<SheetRow> rows;
  for (const Shift& piece : sheet.pieces) {
    rows.push_back({piece.start, piece.end, piece_text(*sheet.book, piece)});
  }
  for (const TimeSpan& gap : sheet.gaps) rows.push_back({gap.from, gap.until, "无人值班"});
  std::ranges::stable_sort(rows, {}, &SheetRow::start);
  return rows;
}

Value span_value(Timestamp from, Timestamp until) {
  Value value;
  value.set("start", to_rfc3339(from)).set("end", to_rfc3339(until));
  return value;
}

Value piece_value(const RotaBook& book, const Shift& piece) {
  Value value;
  value.set("person", piece.person).set("name", book.name_of(piece.person));
  value.set("start", to_rfc3339(piece.start)).set("end", to_rfc3339(piece.end));
  value.set("origin", to_string(piece.origin));
  if (!piece.shift_name.empty()) value.set("shift", piece.shift_name);
  if (piece.in_place_of) {
    value.set("in_place_of", *piece.in_place_of);
    value.set("in_place_of_name", book.name_of(*piece.in_place_of));
  }
  if (piece.swap_asked) value.set("swap_asked", true);
  if (piece.endless) value.set("endless", true);
  if (piece.truncated) value.set("truncated", true);
  return value;
}

std::string zone_of(const RotaBook& book, const DutyFinding& finding) {
  const Rota* rota = book.find_rota(finding.rota);
  if (rota == nullptr && !book.rotas.empty()) rota = &book.rotas.front();
  return rota == nullptr ? Rota().time_zone : rota->time_zone;
}

// What is wrong, by its fault; the times stand before it.
std::string fault_text(const RotaBook& book, const DutyFinding& finding) {
  const std::string length = span_text(finding.until - finding.from);
  const Rota* rota = book.find_rota(finding.rota);
  const std::string rota_name = rota == nullptr ? finding.rota : rota->name;
  const std::string& person = book.name_of(finding.person);
  switch (finding.fault) {
    case DutyFault::gap:
      return rota_name + "无人值班";
    case DutyFault::short_rest:
      return person + "两班之间只休息" + length + "，少于" + span_text(book.limits.rest_min());
    case DutyFault::long_shift:
      return person + "连续在岗" + length + "，超过" + span_text(book.limits.shift_max());
    case DutyFault::nights_in_row:
      return person + "连续夜班超过" + std::to_string(book.limits.nights_in_row_max) + "个";
    case DutyFault::open_swap:
      return rota_name + "换班申请" + finding.change + "（" + person + "）尚未接受或批准，不生效";
    case DutyFault::unknown_person:
      return "变更" + finding.change + "中的人员" + finding.person + "不在名册";
    case DutyFault::unknown_rota:
      return "变更" + finding.change + "中的排班" + finding.rota + "不存在";
  }
  return {};
}

}  // namespace

std::string piece_text(const RotaBook& book, const Shift& piece) {
  std::string text = book.name_of(piece.person);
  if (!piece.shift_name.empty()) text = piece.shift_name + " " + text;
  if (piece.origin == DutyOrigin::temporary) text += "（临时排班）";
  if (piece.in_place_of) {
    const bool swap = piece.origin == DutyOrigin::swap;
    text += (swap ? "（换班，原为" : "（代") + book.name_of(*piece.in_place_of) + "）";
  } else if (piece.origin == DutyOrigin::stand_in) {
    text += "（加派）";
  }
  if (piece.swap_asked) text += "（已申请换班，尚未生效）";
  return text;
}

std::string sheet_text(const RotaSheet& sheet) {
  const Wall wall(sheet.rota->time_zone);
  std::string text =
      "【" + sheet.rota->name + "】" + sheet.rota->id + "，" + sheet.rota->time_zone + "\n";
  std::string day;
  for (const SheetRow& row : rows_of(sheet)) {
    const std::string today = wall.day(row.start);
    if (today != day) text += today + "\n";
    day = today;
    text += "  " + wall.hours(row.start, row.end) + "  " + row.text + "\n";
  }
  return text;
}

Value sheet_value(const RotaSheet& sheet) {
  Value value;
  value.set("id", sheet.rota->id).set("name", sheet.rota->name);
  value.set("timezone", sheet.rota->time_zone);
  value.set("from", to_rfc3339(sheet.span.from)).set("until", to_rfc3339(sheet.span.until));
  Value pieces = Value::Array{};
  for (const Shift& piece : sheet.pieces) pieces.push(piece_value(*sheet.book, piece));
  value.set("shifts", std::move(pieces));
  Value list = Value::Array{};
  for (const TimeSpan& gap : sheet.gaps) list.push(span_value(gap.from, gap.until));
  value.set("gaps", std::move(list));
  return value;
}

std::string now_text(const RotaSheet& sheet) {
  const Wall wall(sheet.rota->time_zone);
  std::string text = sheet.rota->name + "：";
  for (const Shift& piece : sheet.pieces) {
    if (&piece != &sheet.pieces.front()) text += "，";
    text += piece_text(*sheet.book, piece);
    text += piece.truncated ? "，长期" : "，至" + wall.minute(piece.end);
  }
  if (sheet.pieces.empty()) text += "无人值班";
  return text + "\n";
}

std::string finding_text(const RotaBook& book, const DutyFinding& finding) {
  const Wall wall(zone_of(book, finding));
  return wall.minute(finding.from) + " 至 " + wall.minute(finding.until) + "  " +
         fault_text(book, finding) + "\n";
}

Value finding_value(const RotaBook& book, const DutyFinding& finding) {
  Value value;
  value.set("fault", to_string(finding.fault));
  if (!finding.rota.empty()) value.set("rota", finding.rota);
  if (!finding.person.empty()) value.set("person", finding.person);
  if (!finding.change.empty()) value.set("change", finding.change);
  value.set("start", to_rfc3339(finding.from)).set("end", to_rfc3339(finding.until));
  value.set("text", fault_text(book, finding));
  return value;
}

}  // namespace jieban
