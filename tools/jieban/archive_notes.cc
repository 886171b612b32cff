#include "tools/jieban/archive_notes.h"

#include <algorithm>

#include "common/assessment/cycle.h"
#include "common/domain/command_argument.h"
#include "tools/jieban/archive_records.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

// When it happened, by the record's own word; else when it was written down.
std::optional<Date> day_of(const Value& record) {
  auto at = parse_command_time(record_field(record, "happened_at"));
  if (!at) at = parse_local(text_at(record, "at"));
  return at ? std::optional(local_day(*at)) : std::nullopt;
}

void note_miss(const Value& record, LedgerNotes& notes) {
  MissNote& note = notes.misses[{text_at(record, "order_no"), record_field(record, "figure")}];
  const std::string cause = record_field(record, "cause");
  if (note.cause != cause) note.agreed.reset();
  note.cause = cause;
  note.evidence = record_field(record, "evidence");
  const std::string agreed = record_field(record, "agreed");
  if (!agreed.empty()) note.agreed = agreed == "yes";
  const std::string rectification = record_field(record, "rectification");
  if (!rectification.empty()) note.rectification = rectification;
}

Rectification demanded(const Value& record, Date day) {
  Rectification made;
  made.id = record_field(record, "rectification");
  made.demanded = day;
  if (const auto by = parse_command_time(record_field(record, "rectify_by"))) {
    made.due = local_day(*by);
  }
  made.text = "工单 " + text_at(record, "order_no") + "，佐证 " + record_field(record, "evidence");
  return made;
}

void note_rectification(const Value& record, Date day, ArchiveNotes& all) {
  auto& known = all.notes.rectifications;
  const std::string id = record_field(record, "rectification");
  const std::string topic = text_at(record, "topic");
  const auto found = std::ranges::find(known, id, &Rectification::id);
  if (topic == "order.rectification_demanded") {
    if (found == known.end()) {
      known.push_back(demanded(record, day));
    } else if (found->demanded != day) {
      all.contradictions.push_back("整改 " + id + "：要求日期，先登记的是“" +
                                   to_text(found->demanded) + "”，工单 " +
                                   text_at(record, "order_no") + " 登记的是“" + to_text(day) + "”");
    }
    return;
  }
  if (found == known.end()) return;
  if (topic == "order.rectification_refused") found->refused = true;
  if (topic == "order.rectification_done" && !found->done) found->done = day;
}

}  // namespace

ArchiveNotes notes_of_records(const Value::Array& misses, const Value::Array& rectifications,
                              Date as_of) {
  ArchiveNotes all;
  for (const Value& record : misses) note_miss(record, all.notes);
  for (const Value& record : rectifications) {
    const auto day = day_of(record);
    if (day && *day <= as_of) note_rectification(record, *day, all);
  }
  return all;
}

Result<ArchiveNotes> archived_notes(const Session& session, Date as_of) {
  auto misses = archived_records(session, "miss");
  if (!misses.ok()) return misses.error();
  auto rectifications = archived_records(session, "rectification");
  if (!rectifications.ok()) return rectifications.error();
  return notes_of_records(*misses, *rectifications, as_of);
}

}  // namespace jieban
