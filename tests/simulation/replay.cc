#include "tests/simulation/replay.h"

#include "common/domain/topology.h"
#include "common/wire/record.h"
#include "daemons/receiver/receiver.h"

namespace jieban {
namespace {

// Owns the bytes that its batch points into.
struct OwnedBatch {
  Batch batch;
  std::vector<std::string> records;
};

Result<void> add_run(SimWorld& world, const JournalEntry& entry, OwnedBatch& out) {
  std::string upstream = entry.stream->substr(entry.stream->find('.') + 1);
  const Fold& fold = world.daemon(upstream).engine().fold();
  auto txn = fold.environment().read();
  if (!txn.ok()) return txn.error();
  RETURN_IF_ERROR(
      fold.outbox().read(*txn, *entry.first, [&](uint64_t sequence, std::string_view record) {
        if (sequence <= *entry.last) out.records.emplace_back(record);
        return sequence < *entry.last;
      }));
  BatchPart part;
  part.kind = BatchPart::Kind::run;
  part.stream = *entry.stream;
  part.epoch = *entry.epoch;
  part.first = *entry.first;
  for (const std::string& record : out.records) part.records.push_back(record);
  out.batch.parts.push_back(std::move(part));
  return {};
}

Result<void> add_input(const Fold& source, const Transaction& txn, const JournalEntry& entry,
                       OwnedBatch& out) {
  auto event = decode_record(entry.record->data);
  if (!event.ok()) return event.error();
  BatchPart part;
  part.kind = BatchPart::Kind::input;
  part.input = {event->topic, event->order_id, event->actor, event->payload, {}};
  if (!entry.emitted) {
    out.batch.parts.push_back(std::move(part));
    return {};
  }
  for (uint64_t at = *entry.emitted; at <= entry.emitted_last.value_or(*entry.emitted); ++at) {
    auto record = source.outbox().get(txn, at);
    if (!record.ok()) return record.error();
    if (!*record) return Error{ErrorCode::corrupt, "the journal names an event that is not there"};
    auto emitted = decode_record(**record);
    if (!emitted.ok()) return emitted.error();
    part.input.payload = emitted->payload;
    out.batch.parts.push_back(part);
  }
  return {};
}

Result<OwnedBatch> batch_of(SimWorld& world, const Fold& source, const Transaction& txn,
                            std::string_view bytes) {
  auto entry = decode_payload<JournalEntry>(bytes);
  if (!entry.ok()) return entry.error();
  OwnedBatch out;
  out.batch.now = entry->now;
  if (entry->kind == "run") {
    RETURN_IF_ERROR(add_run(world, *entry, out));
  } else if (entry->kind == "input") {
    RETURN_IF_ERROR(add_input(source, txn, *entry, out));
  } else {
    out.batch.parts.emplace_back();
  }
  return out;
}

Result<void> feed(SimWorld& world, const Fold& source, Fold& copy) {
  auto txn = source.environment().read();
  if (!txn.ok()) return txn.error();
  auto head = source.journal().head(*txn);
  if (!head.ok()) return head.error();
  for (uint64_t i = 1; i <= *head; ++i) {
    auto bytes = source.journal().get(*txn, i);
    if (!bytes.ok()) return bytes.error();
    if (!*bytes) return Error{ErrorCode::corrupt, "a hole in the journal"};
    auto owned = batch_of(world, source, *txn, **bytes);
    if (!owned.ok()) return owned.error();
    auto outcome = copy.run(owned->batch);
    if (!outcome.ok()) return outcome.error().context("entry " + std::to_string(i));
  }
  return {};
}

using Rows = std::vector<std::pair<std::string, std::string>>;

Result<Rows> rows_of(const Fold& fold, TableId table) {
  auto txn = fold.environment().read();
  if (!txn.ok()) return txn.error();
  Rows rows;
  Range range(*txn, table);
  auto found = range.seek({});
  while (found.ok() && *found) {
    rows.emplace_back(range.key(), range.value());
    found = range.next();
  }
  if (!found.ok()) return found.error();
  return rows;
}

std::map<std::string, TableId> tables_of(const Fold& fold) {
  std::map<std::string, TableId> tables = fold.tables();
  tables.erase(kKeyringTable);
  tables["(outbox)"] = fold.outbox().table();
  tables["(journal)"] = fold.journal().table();
  tables["(quarantine)"] = fold.quarantine().id();
  return tables;
}

}  // namespace

Result<std::vector<std::string>> replay_differences(SimWorld& world, SimDaemon& daemon) {
  const Fold& source = daemon.engine().fold();
  std::unique_ptr<Service> core = make_core(daemon.name());
  EnvironmentOptions options = daemon.store_options();
  options.path = world.root() + "/replay-" + daemon.name();
  auto copy = Fold::open(options, *core);
  if (!copy.ok()) return copy.error();
  RETURN_IF_ERROR(feed(world, source, **copy));
  std::vector<std::string> found;
  std::map<std::string, TableId> theirs = tables_of(**copy);
  for (const auto& [name, table] : tables_of(source)) {
    auto original = rows_of(source, table);
    if (!original.ok()) return original.error();
    auto replayed = rows_of(**copy, theirs.at(name));
    if (!replayed.ok()) return replayed.error();
    if (*original == *replayed) continue;
    found.push_back(daemon.name() + "." + name + ": " + std::to_string(original->size()) +
                    " rows, replayed " + std::to_string(replayed->size()));
  }
  return found;
}

}  // namespace jieban
