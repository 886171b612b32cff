#include "daemons/archiver/handover_written.h"

#include <algorithm>

#include "common/crypto/base64.h"
#include "daemons/archiver/labels.h"
#include "daemons/archiver/record_query.h"

namespace jieban {
namespace {

constexpr std::string_view kOverridden = "handover.overridden";

// An override is of the signatures that follow it: of every log of that watch up to the second
// signature, also where an earlier one was withdrawn.
Timestamp end_of(const SignedHandover& handover) {
  if (handover.signed_in) return handover.signed_in->at;
  return handover.withdrawn ? handover.withdrawn->at : kTimestampMax;
}

bool is_part_of(const SignedHandover& handover, const Event& event, const HandoverMove& move) {
  if (event.topic != kOverridden) return move.handover == handover.out.handover;
  return event.occurred_at < end_of(handover);
}

}  // namespace

Result<std::vector<WrittenPart>> find_written(const Archive& archive, const std::string& number) {
  auto found = find_handover(archive, number);
  if (!found.ok()) return found.error();
  std::vector<WrittenPart> parts;
  for (const ShiftNote& note : found->notes) {
    if (!note.sealed) continue;
    parts.push_back({"handover.noted", note.noted, note.kind, note.sequence, *note.sealed});
  }
  auto read = for_each_record(archive, "handover", found->out.section->since, kTimestampMax,
                              [&](const Event& event) -> Result<void> {
                                auto move = decode_payload<HandoverMove>(event.payload);
                                if (!move.ok()) return move.error().context(event.topic);
                                if (!move->sealed || !is_part_of(*found, event, *move)) return {};
                                parts.push_back({event.topic,
                                                 {event.actor, event.occurred_at},
                                                 "",
                                                 event.sequence,
                                                 std::move(*move->sealed)});
                                return {};
                              });
  if (!read.ok()) return read.error();
  std::ranges::sort(parts, {}, &WrittenPart::sequence);
  return parts;
}

Value written_value(const std::vector<WrittenPart>& parts) {
  Value::Array listed;
  for (const WrittenPart& part : parts) {
    Value each;
    each.set("topic", part.topic).set("label", topic_label(part.topic));
    each.set("at", format_local(part.written.at)).set("by", part.written.by);
    each.set("kind", part.kind).set("key_id", to_base64(part.sealed.key_id.data));
    each.set("box", to_base64(part.sealed.box.data));
    listed.push_back(std::move(each));
  }
  Value value;
  value.set("parts", std::move(listed));
  return value;
}

}  // namespace jieban
