#include "common/duty/rota_ics.h"

#include "common/calendar/instant_text.h"
#include "common/duty/rota_text.h"

namespace jieban {
namespace {

constexpr size_t kLineBytesMax = 75;

bool goes_on(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// What all events of a file have.
struct IcsFile {
  std::string_view street;
  Timestamp stamp;
};

struct IcsEvent {
  const Rota& rota;
  std::string what;  // that makes its UID another than those of its rota
  TimeSpan span;
  std::string summary;
};

// Minutes: a number of seconds would soon be none that every program takes.
std::string sequence_of(Timestamp stamp) {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(stamp.time_since_epoch());
  return std::to_string(minutes.count());
}

std::string event_text(const IcsFile& file, const IcsEvent& event) {
  const std::string street = file.street.empty() ? "" : std::string(file.street) + "-";
  return ics_line("BEGIN:VEVENT") +
         ics_line("UID:" + ics_text(street + event.rota.id + "-" + event.what + "@jieban")) +
         ics_line("SEQUENCE:" + sequence_of(file.stamp)) +
         ics_line("DTSTAMP:" + to_ics_time(file.stamp)) +
         ics_line("DTSTART:" + to_ics_time(event.span.from)) +
         ics_line("DTEND:" + to_ics_time(event.span.until)) +
         ics_line("SUMMARY:" + ics_text(event.rota.name + "：" + event.summary)) +
         ics_line("CATEGORIES:" + ics_text(event.rota.name)) + ics_line("END:VEVENT");
}

std::string events_of_sheet(const IcsFile& file, const RotaSheet& sheet) {
  if (sheet.pieces.empty()) {
    return event_text(
        file, {*sheet.rota, "nobody-" + to_ics_time(sheet.span.from), sheet.span, "无人值班"});
  }
  std::string out;
  for (size_t i = 0; i < sheet.pieces.size(); ++i) {
    const Shift& piece = sheet.pieces[i];
    const std::string begun = piece.endless ? "always" : to_ics_time(piece.start);
    out += event_text(file, {*sheet.rota,
                             begun + "-" + std::to_string(sheet.places.at(i)),
                             {piece.start, piece.end},
                             piece_text(*sheet.book, piece)});
  }
  return out;
}

}  // namespace

std::string ics_line(std::string_view content) {
  std::string out;
  size_t room = kLineBytesMax;
  while (content.size() > room) {
    size_t cut = room;
    while (cut > 0 && goes_on(content[cut])) --cut;
    if (cut == 0) cut = room;  // no UTF-8: anywhere
    out.append(content.substr(0, cut)).append("\r\n ");
    content.remove_prefix(cut);
    room = kLineBytesMax - 1;  // the blank counts
  }
  return out.append(content).append("\r\n");
}

std::string ics_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') continue;
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    out += c;
  }
  return out;
}

std::string to_ics(const std::vector<RotaSheet>& sheets, std::string_view street, Timestamp stamp) {
  std::string out = ics_line("BEGIN:VCALENDAR") + ics_line("VERSION:2.0") +
                    ics_line("PRODID:-//jieban//rota//ZH") + ics_line("CALSCALE:GREGORIAN");
  for (const RotaSheet& sheet : sheets) out += events_of_sheet({street, stamp}, sheet);
  return out + ics_line("END:VCALENDAR");
}

}  // namespace jieban
