#include "common/duty/rota_ics.h"

#include "common/calendar/instant_text.h"
#include "common/duty/rota_text.h"

namespace jieban {
namespace {

constexpr size_t kLineBytesMax = 75;

bool goes_on(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::string event_of(const RotaSheet& sheet, const Shift& piece, Timestamp stamp) {
  const std::string start = to_ics_time(piece.start);
  const std::string begun = piece.endless ? "always" : start;
  const std::string uid = sheet.rota->id + "-" + piece.person + "-" + begun + "@jieban";
  return ics_line("BEGIN:VEVENT") + ics_line("UID:" + ics_text(uid)) +
         ics_line("DTSTAMP:" + to_ics_time(stamp)) + ics_line("DTSTART:" + start) +
         ics_line("DTEND:" + to_ics_time(piece.end)) +
         ics_line("SUMMARY:" + ics_text(sheet.rota->name + "：" + piece_text(*sheet.book, piece))) +
         ics_line("CATEGORIES:" + ics_text(sheet.rota->name)) + ics_line("END:VEVENT");
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

std::string to_ics(const std::vector<RotaSheet>& sheets, Timestamp stamp) {
  std::string out = ics_line("BEGIN:VCALENDAR") + ics_line("VERSION:2.0") +
                    ics_line("PRODID:-//jieban//rota//ZH") + ics_line("CALSCALE:GREGORIAN");
  for (const RotaSheet& sheet : sheets) {
    for (const Shift& piece : sheet.pieces) out += event_of(sheet, piece, stamp);
  }
  return out + ics_line("END:VCALENDAR");
}

}  // namespace jieban
