#include "common/audit/material.h"

namespace jieban {

const MaterialRecord* latest_hand_in(const Material& material) {
  const MaterialRecord* latest = nullptr;
  for (const MaterialRecord& record : material.records) {
    if (record.kind != kHandInRecord) continue;
    if (latest == nullptr || record.at >= latest->at) latest = &record;
  }
  return latest;
}

bool has_field(const MaterialRecord& record, const std::string& name) {
  auto value = record.values.find(name);
  if (value != record.values.end() && !value->second.empty()) return true;
  return record.texts.contains(name);
}

}  // namespace jieban
