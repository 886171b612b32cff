#include "daemons/archiver/archiver.h"

#include "common/domain/topics.h"
#include "daemons/archiver/timeline.h"

namespace jieban {
namespace {

constexpr std::chrono::days kDay{1};

// The local midnight at or before `at`.
Timestamp midnight_before(Timestamp at) {
  return std::chrono::floor<std::chrono::days>(at + kShanghaiOffset) - kShanghaiOffset;
}

}  // namespace

Result<void> Archiver::open(TableOpener& tables) {
  tip_ = {};
  return tables_.open(tables);
}

Result<void> Archiver::apply(const Event& event, Step& step) {
  if (event.stream == step.stream()) return invalid("the archiver takes no inputs: " + event.topic);
  auto number = tip_.append(step.store(), tables_.records, step.stream(), event, step.record());
  if (!number.ok()) return number.error();
  const SummaryRule* rule = summary_rule(event.topic);
  if (rule != nullptr) RETURN_IF_ERROR(index_event(event, *rule, *number, step));
  if (event.order_id != 0) return follow_order(event, rule, *number, step);
  std::string no_row;
  return add_to_timeline(step.store(), tables_, event, *number, no_row);
}

Result<void> Archiver::index_event(const Event& event, const SummaryRule& rule, uint64_t number,
                                   Step& step) {
  if (rule.counted) {
    std::string key = make_key(event.occurred_at, number);
    RETURN_IF_ERROR(step.store().put(tables_.moments, key, event.topic));
  }
  if (rule.record_kind.empty()) return {};
  std::string key = make_key(rule.record_kind, event.occurred_at, number);
  return step.store().put(tables_.records_by_kind, key, encode_number(event.order_id));
}

// What a refused event has changed is undone.
Result<void> Archiver::follow_order(const Event& event, const SummaryRule* rule, uint64_t number,
                                    Step& step) {
  std::string key = make_key(event.order_id);
  auto known = tables_.orders.edit(step.store(), key);
  if (!known.ok()) return known.error();
  OrderSummary& summary = *known != nullptr ? **known : tables_.orders.add(step.store(), key, {});
  if (!summary.timeline) summary.timeline.emplace();
  RETURN_IF_ERROR(add_to_timeline(step.store(), tables_, event, number, summary.timeline->data));
  bool changes = rule != nullptr && rule->change != nullptr &&
                 (rule->concerns == nullptr || rule->concerns(event.payload));
  if (!changes) return {};
  auto changed = rule->change(event, summary);
  if (!changed.ok()) return changed.error().context(event.topic);
  if (event.topic != topics::kOrderReceived) return {};
  return index_number(event.order_id, summary, step);
}

Result<void> Archiver::index_number(uint64_t order_id, const OrderSummary& summary, Step& step) {
  if (!is_key_text(summary.order_no)) return invalid("an order number that cannot be a key");
  std::string key = make_key(std::string_view(summary.order_no), summary.round);
  auto stored = step.store().get(tables_.order_numbers, key);
  if (!stored.ok()) return stored.error();
  std::string id = encode_number(order_id);
  if (*stored && **stored != id) {
    return Error{ErrorCode::conflict, "another order has this number and round"};
  }
  return step.store().put(tables_.order_numbers, key, id);
}

Result<Timestamp> Archiver::next_due(const Transaction& store) const {
  Range seals(store, tables_.seals.id());
  auto sealed = seals.last();
  if (!sealed.ok()) return sealed.error();
  if (*sealed) {
    auto day = parse_local(std::string(KeyReader(seals.key()).text()) + " 00:00:00");
    if (!day) return Error{ErrorCode::corrupt, "a seal without a day"};
    return *day + 2 * kDay;
  }
  Range records(store, tables_.records);
  auto first = records.seek({});
  if (!first.ok()) return first.error();
  if (!*first) return kTimestampMax;
  auto entry = read_chain_entry(records.value());
  if (!entry.ok()) return entry.error();
  auto event = event_of(*entry);
  if (!event.ok()) return event.error();
  return midnight_before(event->occurred_at) + kDay;
}

Result<void> Archiver::tick(Step& step) {
  auto due = next_due(step.store());
  if (!due.ok()) return due.error();
  if (step.now() < *due) return {};
  auto head = tip_.head(step.store(), tables_.records, step.stream());
  if (!head.ok()) return head.error();
  std::string day = format_date(midnight_before(step.now()) - kDay);
  ArchiveSealed seal{day, head->count, Bytes{head->hash}};
  step.emit({.topic = topics::kArchiveSealed, .payload = encode_payload(seal)});
  return tables_.seals.put(step.store(), make_key(std::string_view(day)), seal);
}

}  // namespace jieban
