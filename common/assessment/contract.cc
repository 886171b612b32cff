#include "common/assessment/contract.h"

#include <algorithm>

#include "common/assessment/fields.h"
#include "common/base/limits.h"
#include "common/config/fields.h"
#include "common/domain/code_set.h"

namespace jieban {
namespace {

constexpr uint64_t kFenMax = 1'000'000'000'000;
constexpr uint64_t kDaysMax = 3660;

bool is_figure(std::string_view code) { return has_code(CodeSet::miss_figure, code); }

Result<DateRange> required_range(const Node& map, std::string_view key) {
  auto node = map.required(key);
  if (!node.ok()) return node.error();
  auto text = node->text();
  if (!text.ok()) return text.error();
  const auto range = parse_date_range(*text);
  if (!range) return node->error("write 2026-02-01/2026-12-31");
  return *range;
}

Result<DueRule> read_due(const Node& obligation) {
  auto map = obligation.required("due");
  if (!map.ok()) return map.error();
  RETURN_IF_ERROR(
      map->only_keys({"on", "after", "before_event", "before", "days", "months", "workdays"}));
  DueRule due;
  auto on = optional_date(*map, "on");
  if (!on.ok()) return on.error();
  due.on = *on;
  RETURN_IF_ERROR(read_optional_text(*map, "after", due.after));
  RETURN_IF_ERROR(read_optional_text(*map, "before_event", due.before_event));
  RETURN_IF_ERROR(read_optional_text(*map, "before", due.before));
  RETURN_IF_ERROR(read_count(*map, "days", {1, kDaysMax}, due.days));
  RETURN_IF_ERROR(read_count(*map, "months", {1, 120}, due.months));
  RETURN_IF_ERROR(read_count(*map, "workdays", {1, kDaysMax}, due.workdays));
  const int anchors = int(due.on.has_value()) + int(!due.after.empty()) +
                      int(!due.before_event.empty()) + int(!due.before.empty());
  const int spans = int(due.days > 0) + int(due.months > 0) + int(due.workdays > 0);
  if (anchors != 1) return map->error("due has one of on, after, before_event, before");
  if (spans != (due.on ? 0 : 1)) {
    return map->error("on stands alone; the others go with one of days, months, workdays");
  }
  return due;
}

Result<Obligation> read_obligation(const Node& map) {
  RETURN_IF_ERROR(map.only_keys({"id", "kind", "party", "title", "amount_fen", "due", "source"}));
  Obligation made;
  RETURN_IF_ERROR(read_text(map, "id", made.id));
  RETURN_IF_ERROR(read_text(map, "kind", made.kind));
  RETURN_IF_ERROR(read_text(map, "title", made.title));
  RETURN_IF_ERROR(read_text(map, "source", made.source));
  bool party_b = false;
  RETURN_IF_ERROR(read_choice(map, "party", {"a", "b"}, party_b));
  made.party = party_b ? "b" : "a";
  RETURN_IF_ERROR(read_count(map, "amount_fen", {1, kFenMax}, made.amount_fen));
  auto due = read_due(map);
  if (!due.ok()) return due.error();
  made.due = std::move(*due);
  return made;
}

Result<PenaltyRule> read_penalty(const Node& map) {
  RETURN_IF_ERROR(map.only_keys({"title", "when", "permille", "besides", "source"}));
  PenaltyRule rule;
  RETURN_IF_ERROR(read_text(map, "title", rule.title));
  RETURN_IF_ERROR(
      read_choice(map, "when", {"rate_missed", "rectifications"}, rule.by_rectifications));
  RETURN_IF_ERROR(read_count(map, "permille", {0, 1000}, rule.permille));
  RETURN_IF_ERROR(read_optional_text(map, "besides", rule.besides));
  RETURN_IF_ERROR(read_text(map, "source", rule.source));
  return rule;
}

Result<void> read_head(const Node& root, Contract& contract) {
  RETURN_IF_ERROR(read_text(root, "version", contract.version));
  RETURN_IF_ERROR(read_flag(root, "official", contract.official));
  RETURN_IF_ERROR(read_text(root, "street", contract.street));
  RETURN_IF_ERROR(read_text(root, "name", contract.name));
  RETURN_IF_ERROR(read_text(root, "party_a", contract.party_a));
  RETURN_IF_ERROR(read_text(root, "party_b", contract.party_b));
  auto signed_on = required_date(root, "signed");
  if (!signed_on.ok()) return signed_on.error();
  contract.signed_on = *signed_on;
  auto term = required_range(root, "term");
  if (!term.ok()) return term.error();
  contract.term = *term;
  RETURN_IF_ERROR(read_count(root, "total_fen", {1, kFenMax}, contract.total_fen));
  if (contract.total_fen == 0) return root.error("total_fen is missing");
  return {};
}

Result<void> read_standards(const Node& root, Contract& contract) {
  auto targets = text_list(root, "targets");
  if (!targets.ok()) return targets.error();
  contract.targets = {targets->begin(), targets->end()};
  for (const std::string& target : contract.targets) {
    if (!is_figure(target)) return root.error("targets: there is no figure " + target);
  }
  RETURN_IF_ERROR(read_optional_text(root, "targets_source", contract.targets_source));
  if (const auto node = root.optional("sign_within")) {
    auto span = node->duration();
    if (!span.ok()) return span.error();
    contract.sign_within = *span;
  }
  uint64_t days = 0;
  RETURN_IF_ERROR(read_count(root, "replacement_days", {1, kDaysMax}, days));
  if (days > 0) contract.replacement_days = days;
  uint64_t limit = 0;
  RETURN_IF_ERROR(read_count(root, "rectification_limit", {1, 1000}, limit));
  if (limit > 0) contract.rectification_limit = limit;
  return {};
}

template <class Item, class Read>
Result<void> read_list(const Node& root, std::string_view key, Read read, std::vector<Item>& out) {
  const auto node = root.optional(key);
  if (!node) return {};
  auto items = node->items();
  if (!items.ok()) return items.error();
  for (const Node& item : *items) {
    auto made = read(item);
    if (!made.ok()) return made.error();
    out.push_back(std::move(*made));
  }
  return {};
}

Result<Post> read_post(const Node& map) {
  RETURN_IF_ERROR(map.only_keys({"title", "count"}));
  Post post;
  RETURN_IF_ERROR(read_text(map, "title", post.title));
  RETURN_IF_ERROR(read_count(map, "count", {1, 1000}, post.count));
  return post;
}

// An obligation before another one stands below it: no circle can be written.
Result<void> check_obligations(const Node& root, const Contract& contract) {
  std::set<std::string> above;
  for (const Obligation& each : contract.obligations) {
    if (!each.due.before.empty() && !above.contains(each.due.before)) {
      return root.error(each.id + ": before names no obligation above it");
    }
    if (!above.insert(each.id).second) return root.error(each.id + " stands here twice");
  }
  return {};
}

Result<void> read_events(const Node& root, LedgerNotes& notes) {
  const auto map = root.optional("events");
  if (!map) return {};
  auto names = map->keys();
  if (!names.ok()) return names.error();
  for (const std::string& name : *names) {
    auto date = required_date(*map, name);
    if (!date.ok()) return date.error();
    notes.events[name] = *date;
  }
  return {};
}

struct Done {
  std::string obligation;
  Fulfilment how;
};

Result<Done> read_done(const Node& map) {
  RETURN_IF_ERROR(map.only_keys({"obligation", "on", "evidence"}));
  Done done;
  RETURN_IF_ERROR(read_text(map, "obligation", done.obligation));
  RETURN_IF_ERROR(read_optional_text(map, "evidence", done.how.evidence));
  auto on = required_date(map, "on");
  if (!on.ok()) return on.error();
  done.how.on = *on;
  return done;
}

Result<Rectification> read_rectification(const Node& map) {
  RETURN_IF_ERROR(map.only_keys({"id", "demanded", "due", "done", "refused", "text"}));
  Rectification made;
  RETURN_IF_ERROR(read_text(map, "id", made.id));
  RETURN_IF_ERROR(read_optional_text(map, "text", made.text));
  RETURN_IF_ERROR(read_flag(map, "refused", made.refused));
  auto demanded = required_date(map, "demanded");
  if (!demanded.ok()) return demanded.error();
  made.demanded = *demanded;
  auto due = optional_date(map, "due");
  if (!due.ok()) return due.error();
  made.due = *due;
  auto done = optional_date(map, "done");
  if (!done.ok()) return done.error();
  made.done = *done;
  return made;
}

Result<Replacement> read_replacement(const Node& map) {
  RETURN_IF_ERROR(map.only_keys({"post", "demanded", "done"}));
  Replacement made;
  RETURN_IF_ERROR(read_text(map, "post", made.post));
  auto demanded = required_date(map, "demanded");
  if (!demanded.ok()) return demanded.error();
  made.demanded = *demanded;
  auto done = optional_date(map, "done");
  if (!done.ok()) return done.error();
  made.done = *done;
  return made;
}

template <class Item>
bool lists(const std::vector<Item>& items, std::string Item::*name, const std::string& wanted) {
  return std::ranges::find(items, wanted, name) != items.end();
}

struct NotedMiss {
  std::pair<std::string, std::string> key;
  MissNote note;
};

Result<NotedMiss> read_miss(const Node& map) {
  RETURN_IF_ERROR(
      map.only_keys({"order_no", "figure", "cause", "evidence", "agreed", "rectification"}));
  NotedMiss miss;
  RETURN_IF_ERROR(read_text(map, "order_no", miss.key.first));
  RETURN_IF_ERROR(read_text(map, "figure", miss.key.second));
  RETURN_IF_ERROR(read_text(map, "cause", miss.note.cause));
  if (!has_code(CodeSet::miss_cause, miss.note.cause)) {
    return map.error("cause is staff, unit, system, upstream or force_majeure");
  }
  RETURN_IF_ERROR(read_optional_text(map, "evidence", miss.note.evidence));
  RETURN_IF_ERROR(read_optional_text(map, "rectification", miss.note.rectification));
  if (map.optional("agreed")) {
    bool agreed = false;
    RETURN_IF_ERROR(read_flag(map, "agreed", agreed));
    miss.note.agreed = agreed;
  }
  return miss;
}

Result<void> keep_misses(const Node& root, LedgerNotes& notes) {
  std::vector<NotedMiss> misses;
  RETURN_IF_ERROR(read_list(root, "misses", read_miss, misses));
  for (NotedMiss& miss : misses) {
    if (!notes.misses.try_emplace(miss.key, miss.note).second) {
      return root.error("misses: " + miss.key.first + " stands here twice for " + miss.key.second);
    }
  }
  return {};
}

}  // namespace

Result<Contract> read_contract(const Document& document) {
  const Node root = document.root();
  RETURN_IF_ERROR(root.only_keys({"version", "official", "street", "name", "party_a", "party_b",
                                  "signed", "term", "total_fen", "targets", "targets_source",
                                  "sign_within", "replacement_days", "rectification_limit", "posts",
                                  "obligations", "penalties"}));
  Contract contract;
  RETURN_IF_ERROR(read_head(root, contract));
  RETURN_IF_ERROR(read_standards(root, contract));
  RETURN_IF_ERROR(read_list(root, "posts", read_post, contract.posts));
  RETURN_IF_ERROR(read_list(root, "obligations", read_obligation, contract.obligations));
  RETURN_IF_ERROR(read_list(root, "penalties", read_penalty, contract.penalties));
  RETURN_IF_ERROR(check_obligations(root, contract));
  return contract;
}

Result<LedgerNotes> read_notes(const Document& document) {
  const Node root = document.root();
  RETURN_IF_ERROR(root.only_keys(
      {"version", "events", "done", "staffing", "misses", "rectifications", "replacements"}));
  LedgerNotes notes;
  RETURN_IF_ERROR(read_events(root, notes));
  std::vector<Done> done;
  RETURN_IF_ERROR(read_list(root, "done", read_done, done));
  for (Done& each : done) notes.done[each.obligation] = std::move(each.how);
  std::vector<Post> filled;
  RETURN_IF_ERROR(read_list(root, "staffing", read_post, filled));
  for (const Post& post : filled) notes.filled[post.title] = post.count;
  RETURN_IF_ERROR(read_list(root, "rectifications", read_rectification, notes.rectifications));
  RETURN_IF_ERROR(read_list(root, "replacements", read_replacement, notes.replacements));
  RETURN_IF_ERROR(keep_misses(root, notes));
  return notes;
}

Result<void> check_notes(const Contract& contract, const LedgerNotes& notes) {
  for (const auto& [id, how] : notes.done) {
    if (lists(contract.obligations, &Obligation::id, id)) continue;
    return invalid("notes: done: the contract has no obligation " + id);
  }
  for (const auto& [title, count] : notes.filled) {
    if (lists(contract.posts, &Post::title, title)) continue;
    return invalid("notes: staffing: the contract has no post " + title);
  }
  for (const auto& [key, note] : notes.misses) {
    if (!is_figure(key.second)) return invalid("notes: misses: there is no figure " + key.second);
    const std::string& id = note.rectification;
    if (id.empty() || lists(notes.rectifications, &Rectification::id, id)) continue;
    return invalid("notes: misses: there is no rectification " + id);
  }
  return {};
}

Result<Contract> load_contract(const std::string& path) {
  auto document = Document::load(path, limits::kRulesBytesMax);
  if (!document.ok()) return document.error();
  return read_contract(*document);
}

Result<LedgerNotes> load_notes(const std::string& path) {
  auto document = Document::load(path, limits::kRulesBytesMax);
  if (!document.ok()) return document.error();
  return read_notes(*document);
}

}  // namespace jieban
