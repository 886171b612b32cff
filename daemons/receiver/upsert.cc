#include "daemons/receiver/upsert.h"

#include <algorithm>

#include "common/base/bytes.h"
#include "daemons/receiver/text_hits.h"

namespace jieban {
namespace {

void note(std::vector<FieldChange>& changes, std::string_view name, std::string before,
          std::string after) {
  changes.push_back({std::string(name), std::move(before), std::move(after)});
}

void merge_text(std::string& known, const std::string& later, std::string_view name,
                std::vector<FieldChange>& changes) {
  if (later.empty() || later == known) return;
  note(changes, name, known, later);
  known = later;
}

void merge_time(std::optional<Timestamp>& known, const std::optional<Timestamp>& later,
                std::string_view name, std::vector<FieldChange>& changes) {
  if (!later || later == known) return;
  note(changes, name, known ? format_local(*known) : "", format_local(*later));
  known = later;
}

}  // namespace

std::vector<FieldChange> merge_into(KnownOrder& known, const OrderIntake& later) {
  std::vector<FieldChange> changes;
  OrderFacts& facts = known.facts;
  merge_text(facts.order_type, later.facts.order_type, "order_type", changes);
  merge_text(facts.category, later.facts.category, "category", changes);
  merge_text(facts.community, later.facts.community, "community", changes);
  merge_text(facts.urgency, later.facts.urgency, "urgency", changes);
  if (later.facts.confidential && !facts.confidential) {
    note(changes, "confidential", "false", "true");
    facts.confidential = true;  // once confidential, always
  }
  merge_time(facts.called_at, later.facts.called_at, "called_at", changes);
  merge_time(facts.dispatched_at, later.facts.dispatched_at, "dispatched_at", changes);
  merge_time(facts.due_at, later.facts.due_at, "due_at", changes);
  for (const auto& [name, text] : later.facts.others) {
    merge_text(facts.others[name], text, name, changes);
  }
  bool text_changed = false;
  for (const auto& [name, hash] : later.hashes) {
    Bytes& known_hash = known.hashes[name];
    if (known_hash == hash) continue;
    note(changes, name, to_hex(known_hash.data), to_hex(hash.data));
    known_hash = hash;
    text_changed = text_changed || std::ranges::find(kSearchedTexts, name) != kSearchedTexts.end();
  }
  if (text_changed) {
    known.hits = merge_hits(known.hits, later);
    join_hits(known.hits, facts);
    facts.lexicon_version = later.facts.lexicon_version;
  }
  return changes;
}

}  // namespace jieban
