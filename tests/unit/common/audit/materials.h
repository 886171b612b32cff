// Invented material for the tests of the audit.
#pragma once

#include <string>

#include "common/audit/checklist_file.h"
#include "common/audit/material.h"
#include "common/base/check.h"

namespace jieban {

inline Timestamp at(const std::string& text) {
  auto time = parse_local(text + ":00");
  CHECK(time.has_value());
  return *time;
}

inline TextFacts facts(uint64_t characters, std::vector<std::string> marks = {}) {
  return {characters, std::move(marks), std::nullopt};
}

inline MaterialRecord record(std::string kind, const std::string& time,
                             std::map<std::string, std::string> values = {},
                             FactsByText texts = {}) {
  return {std::move(kind), at(time), std::move(values), std::move(texts)};
}

inline Attachment photo(const std::string& taken) {
  Attachment attachment;
  attachment.kind = "photo";
  attachment.taken_at = at(taken);
  return attachment;
}

// Signed at 08:00 and handed in at 17:00, with everything that the shipped list asks for.
inline Material full_material() {
  Material material;
  material.subject = {"complaint", "general", "城市管理>市容环境"};
  material.signed_at = at("2026-03-10 08:00");
  material.due_at = at("2026-03-17 08:00");
  material.handed_in_at = at("2026-03-10 17:00");
  material.records = {
      record("contact", "2026-03-10 09:00", {{"connected", "yes"}, {"method", "phone"}}),
      record("feedback", "2026-03-10 16:00",
             {{"caller_told_at", "2026-03-10 16:00"},
              {"method", "phone"},
              {"caller_attitude", "accepts"}}),
      record("hand_in", "2026-03-10 17:00", {{"solved", "SOLVED"}},
             {{"text", facts(80, {"action", "actor", "date"})}})};
  material.attachments = {photo("2026-03-10 10:00")};
  return material;
}

inline ChecklistFile shipped() {
  auto file = load_checklists(std::string(JIEBAN_SOURCE_DIR) + "/config/checklists.yaml");
  CHECK(file.ok());
  return std::move(*file);
}

}  // namespace jieban
