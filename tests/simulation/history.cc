#include "tests/simulation/history.h"

#include "common/domain/topology.h"
#include "common/wire/record.h"
#include "daemons/archiver/archiver.h"
#include "tests/simulation/sim_world.h"

namespace jieban {
namespace {

Result<void> read_stream(const Fold& fold, const Transaction& txn, DaemonHistory& out) {
  auto first = fold.outbox().first(txn);
  if (!first.ok()) return first.error();
  auto head = fold.outbox().head(txn);
  if (!head.ok()) return head.error();
  out.first = *first;
  out.head = *head;
  std::optional<Error> failed;
  auto read = fold.outbox().read(txn, *first, [&](uint64_t sequence, std::string_view record) {
    auto event = decode_record(record);
    if (!event.ok()) {
      failed = event.error();
      return false;
    }
    event->stream = out.stream;
    event->sequence = sequence;
    out.events.push_back(std::move(*event));
    out.records.emplace_back(record);
    return true;
  });
  if (failed) return *failed;
  return read;
}

Result<DaemonHistory> read_daemon(SimDaemon& daemon) {
  DaemonHistory out;
  out.stream = daemon.stream();
  const Fold& fold = daemon.engine().fold();
  auto txn = fold.environment().read();
  if (!txn.ok()) return txn.error();
  RETURN_IF_ERROR(read_stream(fold, *txn, out));
  for (const std::string& upstream : upstreams_of(daemon.name())) {
    std::string stream = stream_name(kSimStreet, upstream);
    auto cursor = fold.cursors().get(*txn, stream);
    if (!cursor.ok()) return cursor.error();
    out.cursors[stream] = *cursor;
  }
  RETURN_IF_ERROR(fold.quarantine().scan(*txn, {}, [&](std::string_view, QuarantineRow row) {
    out.quarantine.push_back(std::move(row));
    return true;
  }));
  return out;
}

Result<void> read_archive(SimDaemon& archiver, History& out) {
  const auto& tables = dynamic_cast<Archiver&>(archiver.core()).tables();
  auto txn = archiver.engine().fold().environment().read();
  if (!txn.ok()) return txn.error();
  Range range(*txn, tables.records);
  auto found = range.seek({});
  while (found.ok() && *found) {
    auto entry = read_chain_entry(range.value());
    if (!entry.ok()) return entry.error();
    out.archive.push_back(
        {std::string(entry->stream), entry->sequence, std::string(entry->record)});
    found = range.next();
  }
  if (!found.ok()) return found.error();
  return tables.orders.scan(*txn, {}, [&](std::string_view key, OrderSummary summary) {
    out.summaries[KeyReader(key).number()] = std::move(summary);
    return true;
  });
}

}  // namespace

Result<History> read_history(SimWorld& world) {
  History out;
  for (auto& daemon : world.daemons()) {
    auto read = read_daemon(*daemon);
    if (!read.ok()) return read.error().context(daemon->name());
    out.daemons[daemon->name()] = std::move(*read);
  }
  RETURN_IF_ERROR(read_archive(world.daemon("archiver"), out));
  out.rows = world.client().rows();
  out.commands = world.client().commands();
  out.complaints = world.client().complaints();
  out.went_out = world.gateway().went_out();
  out.ended_at = world.clock().now();
  out.calls_out = world.calls_out();
  return out;
}

}  // namespace jieban
