#include "daemons/router/order_material.h"

#include <algorithm>
#include <array>

#include "common/domain/command_argument.h"
#include "daemons/router/argument_reader.h"
#include "daemons/router/unit_choice.h"

namespace jieban {
namespace {

constexpr std::array<MaterialCommand, 9> kCommands = {{
    {"hand_in", kHandInRecord, true, true, true},
    {"contact", "contact", false, false, false},
    {"feedback", "feedback", false, false, true},
    {"stage_report", "stage_report", false, false, false},
    {"street_visit", "street_visit", false, false, false},
    {"self_answer", kHandInRecord, true, false, true},
    {"attach", "", false, false, false},
    {"audit_pass", "", false, true, false},
    {"audit_fail", "", false, true, false},
}};

// When it happened, where the command says so.
Timestamp time_of(const CommandRequest& request, Timestamp now) {
  for (std::string_view name : {"happened_at", "caller_told_at"}) {
    auto at = time_argument(request, name);
    if (at) return *at;
  }
  return now;
}

uint64_t number_of(const std::string& digits) {
  uint64_t number = 0;
  for (char digit : digits) number = number * 10 + uint64_t(digit - '0');
  return number;
}

}  // namespace

const MaterialCommand* material_command(std::string_view command) {
  auto found = std::ranges::find(kCommands, command, &MaterialCommand::command);
  return found == kCommands.end() ? nullptr : &*found;
}

MaterialRecord record_of(std::string_view kind, const CommandRequest& request, Timestamp now) {
  MaterialRecord record;
  record.kind = kind;
  record.at = kind == kHandInRecord ? now : time_of(request, now);
  for (const auto& [name, value] : request.arguments) {
    if (!value.empty() && name != kSealedFields) record.values.emplace(name, value);
  }
  if (!request.sealed) return record;
  // A door without word lists tells the names only.
  const std::string& sealed = argument(request, kSealedFields);
  const std::string names = sealed.empty() ? std::string(kCommandText) : sealed;
  for (const std::string& name : split_list(names)) record.texts[name];
  if (!request.texts) return record;
  for (const auto& [name, facts] : *request.texts) {
    record.texts[name] = TextFacts{facts.characters, facts.marks, std::nullopt};
  }
  return record;
}

void add_record(OrderMaterial& material, MaterialRecord record) {
  if (material.records.size() >= kMaterialRecordsMax) {
    material.records.erase(material.records.begin());
  }
  material.records.push_back(std::move(record));
}

void add_attachment(OrderMaterial& material, const CommandRequest& request, Timestamp now) {
  const std::string& hash = argument(request, "attachment");
  if (std::ranges::find(material.attachments, hash, &Attachment::hash) !=
      material.attachments.end()) {
    return;
  }
  material.attachments.push_back(
      {hash, argument(request, "attachment_kind"), argument(request, "media_type"),
       number_of(argument(request, "bytes")), now, time_argument(request, "taken_at")});
}

}  // namespace jieban
