// Material: what was handed in with an order, as far as it is openly known (DOMAIN §7.3).
//
// Of a sealed text it knows its length and marks only (TextFacts). The order in which records and
// attachments stand means nothing, but for two hand-ins at the same time. Plain values.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/audit/checklist.h"
#include "common/domain/audit_note.h"

namespace jieban {

inline constexpr std::string_view kHandInRecord = "hand_in";

struct MaterialRecord {
  std::string kind;  // "contact", "feedback", ... (common/domain/record_kind.h) or "hand_in"
  Timestamp at;      // when it happened
  std::map<std::string, std::string> values;  // open fields that are filled in
  FactsByText texts;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("kind", &MaterialRecord::kind);
    visit("at", &MaterialRecord::at);
    visit("values", &MaterialRecord::values);
    visit("texts", &MaterialRecord::texts);
  }
  bool operator==(const MaterialRecord&) const = default;
};

struct Attachment {
  std::string hash;  // SHA-256, hexadecimal
  std::string kind;  // "photo", "audio", ...
  std::string media_type;
  uint64_t bytes = 0;
  Timestamp added_at;
  std::optional<Timestamp> taken_at;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("hash", &Attachment::hash);
    visit("kind", &Attachment::kind);
    visit("media_type", &Attachment::media_type);
    visit("bytes", &Attachment::bytes);
    visit("added_at", &Attachment::added_at);
    visit("taken_at", &Attachment::taken_at);
  }
  bool operator==(const Attachment&) const = default;
};

struct Material {
  AuditSubject subject;
  std::optional<Timestamp> signed_at;
  std::optional<Timestamp> due_at;
  Timestamp handed_in_at;
  bool assistance_open = false;  // an assisting unit has not answered
  std::vector<MaterialRecord> records;
  std::vector<Attachment> attachments;
};

// What was handed in last, or null; of two at the same time the one that stands later.
const MaterialRecord* latest_hand_in(const Material& material);
// Whether the record has an open field or a text of this name.
bool has_field(const MaterialRecord& record, const std::string& name);

}  // namespace jieban
