// The router's row of what was handed in with an order: the material of DOMAIN §7.3 as far as it is
// openly known, and who handed it in. Written when a command brings material; a new round begins
// without any. Its lists are bounded; the events keep everything.
// Fails: never. Thread rule: plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/audit/material.h"
#include "common/domain/events.h"

namespace jieban {

struct OrderMaterial {
  std::vector<MaterialRecord> records;  // without signatures
  std::vector<Attachment> attachments;
  uint64_t handed_in = 0;  // how often
  std::optional<Timestamp> handed_in_at;
  std::optional<std::string> handed_in_by;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("records", &OrderMaterial::records);
    visit("attachments", &OrderMaterial::attachments);
    visit("handed_in", &OrderMaterial::handed_in);
    visit("handed_in_at", &OrderMaterial::handed_in_at);
    visit("handed_in_by", &OrderMaterial::handed_in_by);
  }
  bool operator==(const OrderMaterial&) const = default;
};

constexpr size_t kMaterialRecordsMax = 64;
constexpr size_t kAttachmentsMax = 64;

// A command that concerns material, and how.
struct MaterialCommand {
  std::string_view command;
  std::string_view record;  // the kind of record that it brings, or ""
  bool hands_in = false;
  bool audits = false;    // a checklist is held against the material
  bool compares = false;  // its text, with earlier ones of the unit
};

// Null for one that does not.
const MaterialCommand* material_command(std::string_view command);

// The record that the command brings: its filled-in arguments and what is known of its texts.
MaterialRecord record_of(std::string_view kind, const CommandRequest& request, Timestamp now);
void add_record(OrderMaterial& material, MaterialRecord record);

// From the arguments of `attach`. The same content again changes nothing.
void add_attachment(OrderMaterial& material, const CommandRequest& request, Timestamp now);

}  // namespace jieban
