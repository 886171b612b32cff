#include "daemons/archiver/handover_query.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "common/base/bytes.h"
#include "common/crypto/hashes.h"
#include "daemons/archiver/record_query.h"

namespace jieban {
namespace {

constexpr std::string_view kRecords = "handover";
constexpr std::string_view kNotes = "shift_note";
constexpr std::string_view kReadings = "handover_reading";

struct LaterMark {
  std::string_view topic;
  std::optional<Signature> SignedHandover::*mark;
};
constexpr std::array<LaterMark, 3> kLaterMarks = {{
    {"handover.signed_in", &SignedHandover::signed_in},
    {"handover.withdrawn", &SignedHandover::withdrawn},
    {"handover.reviewed", &SignedHandover::reviewed},
}};

SignedHandover signed_out_by(const Event& event, HandoverMove move) {
  SignedHandover handover;
  handover.signed_out = {event.actor, event.occurred_at};
  handover.sequence = event.sequence;
  const std::string box = move.sealed ? move.sealed->box.data : std::string();
  handover.log = handover_log(move, event.actor, to_hex(blake2b(box)));
  handover.computed_hash = to_hex(blake2b(handover.log));
  handover.out = std::move(move);
  return handover;
}

// What comes later names the hand-over, and the log that it is about.
void mark_later(const Event& event, const HandoverMove& move,
                std::vector<SignedHandover>& handovers) {
  auto found = std::ranges::find_if(
      handovers, [&](const SignedHandover& each) { return each.out.handover == move.handover; });
  if (found == handovers.end()) return;
  for (const LaterMark& row : kLaterMarks) {
    if (row.topic != event.topic) continue;
    (*found).*row.mark = Signature{event.actor, event.occurred_at};
    if (row.mark == &SignedHandover::signed_in && move.released) {
      found->released_in = Release{*move.released, move.released_by.value_or("")};
    }
    if (move.log_hash != found->out.log_hash) found->same_hash = false;
  }
}

// Those of the same instant are told apart by their place in the stream. `after`: where the notes
// of the log before end, if this one begins there.
Result<void> read_notes(const Archive& archive, uint64_t after, SignedHandover& handover) {
  const HandoverSection& section = *handover.out.section;
  const Timestamp from = section.notes_since.value_or(section.since);
  return for_each_record(archive, kNotes, from, section.at + Duration(1), [&](const Event& event) {
    if (event.sequence <= after || event.sequence > handover.sequence) return Result<void>();
    auto move = decode_payload<HandoverMove>(event.payload);
    if (!move.ok()) return Result<void>(move.error());
    std::string kind = move->arguments ? (*move->arguments)["note_kind"] : std::string();
    handover.notes.push_back({{event.actor, event.occurred_at},
                              std::move(kind),
                              event.sequence,
                              std::move(move->sealed)});
    return Result<void>();
  });
}

Result<void> read_readings(const Archive& archive, SignedHandover& handover) {
  const Timestamp since = handover.out.section->since;
  return for_each_record(archive, kReadings, since, kTimestampMax, [&](const Event& event) {
    auto reading = decode_payload<HandoverReading>(event.payload);
    if (!reading.ok()) return Result<void>(reading.error());
    if (reading->handover != handover.out.handover) return Result<void>();
    handover.shown.push_back({{event.actor, event.occurred_at}, std::move(reading->role)});
    return Result<void>();
  });
}

void set_signature(Value& value, const std::string& what, const std::optional<Signature>& mark) {
  value.set(what + "_by", mark ? Value(mark->by) : Value());
  value.set(what + "_at", mark ? Value(format_local(mark->at)) : Value());
}

Value short_value(const SignedHandover& handover) {
  Value value;
  value.set("handover", handover.out.handover);
  value.set("shift_out", handover.out.shift_out.value_or(""));
  value.set("shift_in", handover.out.shift_in.value_or(""));
  set_signature(value, "signed_out", handover.signed_out);
  set_signature(value, "signed_in", handover.signed_in);
  set_signature(value, "withdrawn", handover.withdrawn);
  set_signature(value, "reviewed", handover.reviewed);
  value.set("released_by", handover.out.released_by ? Value(*handover.out.released_by) : Value());
  const auto& second = handover.released_in;
  value.set("signed_in_released_by", second ? Value(second->by) : Value());
  value.set("log_hash", handover.out.log_hash.value_or(""));
  value.set("intact", handover.intact());
  return value;
}

Value list_value(const HandoverList& list) {
  Value::Array named(list.order_nos.begin(), list.order_nos.end());
  Value value;
  value.set("count", list.count).set("order_nos", std::move(named));
  return value;
}

// The name of each list, as the payload has it.
struct ListNames {
  Value& out;
  const HandoverSection& section;
  void operator()(const char* name, HandoverList HandoverSection::*list) {
    out.set(name, list_value(section.*list));
  }
  template <class Field>
  void operator()(const char*, Field HandoverSection::*) {}
};

Value alarm_value(const OpenAlarm& alarm) {
  Value::Array by(alarm.acknowledged_by.begin(), alarm.acknowledged_by.end());
  Value value;
  value.set("alert", alarm.alert).set("topic", alarm.topic);
  value.set("since", format_local(alarm.since)).set("acknowledged_by", std::move(by));
  return value;
}

// What logs of an earlier form do not tell is null.
void set_alarms(Value& value, const HandoverSection& section) {
  Value alarms;
  if (section.alarms) {
    Value::Array listed;
    for (const OpenAlarm& each : *section.alarms) listed.push_back(alarm_value(each));
    alarms = Value(std::move(listed));
  }
  Value channels;
  if (section.channel_failures) {
    Value::Array listed;
    for (const DownChannel& each : *section.channel_failures) {
      Value down;
      down.set("channel", each.channel).set("since", format_local(each.since));
      listed.push_back(std::move(down));
    }
    channels = Value(std::move(listed));
  }
  value.set("alarms", std::move(alarms)).set("channel_failures", std::move(channels));
  value.set("alarms_beyond", section.alarms_beyond ? Value(*section.alarms_beyond) : Value());
  constexpr int64_t kSecond = 1'000'000;
  value.set("import_lag_seconds",
            section.import_lag ? Value(*section.import_lag / kSecond) : Value());
}

}  // namespace

Result<std::vector<SignedHandover>> list_handovers(const Archive& archive, Timestamp from,
                                                   Timestamp to) {
  std::vector<SignedHandover> handovers;
  auto read = for_each_record(archive, kRecords, from, kTimestampMax,
                              [&](const Event& event) -> Result<void> {
                                auto move = decode_payload<HandoverMove>(event.payload);
                                if (!move.ok()) return move.error().context(event.topic);
                                if (!move->section) {
                                  mark_later(event, *move, handovers);
                                } else if (event.occurred_at < to) {
                                  handovers.push_back(signed_out_by(event, std::move(*move)));
                                }
                                return {};
                              });
  if (!read.ok()) return read.error();
  return handovers;
}

Result<SignedHandover> find_handover(const Archive& archive, const std::string& number) {
  uint64_t wanted = 0;
  const char* end = number.data() + number.size();
  auto [rest, fault] = std::from_chars(number.data(), end, wanted);
  if (fault != std::errc() || rest != end) return invalid("a hand-over has a number: " + number);
  auto all = list_handovers(archive, Timestamp(), kTimestampMax);
  if (!all.ok()) return all.error();
  uint64_t taken_over = 0;  // the first signature of the last one that had a second
  for (SignedHandover& handover : *all) {
    if (handover.out.handover != wanted) {
      if (handover.signed_in) taken_over = handover.sequence;
      continue;
    }
    RETURN_IF_ERROR(read_notes(archive, taken_over, handover));
    RETURN_IF_ERROR(read_readings(archive, handover));
    return std::move(handover);
  }
  return Error{ErrorCode::not_found, "there is no hand-over " + number};
}

Value handovers_value(const std::vector<SignedHandover>& handovers) {
  Value::Array listed;
  for (const SignedHandover& handover : handovers) listed.push_back(short_value(handover));
  Value value;
  value.set("handovers", std::move(listed));
  return value;
}

Value handover_value(const SignedHandover& handover) {
  Value value = short_value(handover);
  const HandoverSection& section = *handover.out.section;
  value.set("since", format_local(section.since));
  ListNames names{value, section};
  HandoverSection::fields(names);
  set_alarms(value, section);
  const auto released = handover.out.released.value_or(std::vector<std::string>());
  value.set("released", Value::Array(released.begin(), released.end()));
  const Release second = handover.released_in.value_or(Release());
  value.set("signed_in_released", Value::Array(second.order_nos.begin(), second.order_nos.end()));
  Value::Array notes;
  for (const ShiftNote& note : handover.notes) {
    Value told;
    told.set("at", format_local(note.noted.at)).set("by", note.noted.by);
    told.set("kind", note.kind).set("sequence", note.sequence);
    notes.push_back(std::move(told));
  }
  value.set("notes", std::move(notes));
  Value::Array shown;
  for (const ShownText& each : handover.shown) {
    Value told;
    told.set("at", format_local(each.shown.at)).set("by", each.shown.by).set("role", each.role);
    shown.push_back(std::move(told));
  }
  value.set("readings", std::move(shown));
  value.set("log", handover.log);
  value.set("computed_hash", handover.computed_hash);
  return value;
}

}  // namespace jieban
