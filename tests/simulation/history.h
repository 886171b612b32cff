// History: everything that a run left behind, in plain values: the streams, the archive, the
// cursors, and what the outside world was told. Checkers read nothing else.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "common/daemon/journal.h"
#include "common/store/cursor_table.h"
#include "daemons/archiver/order_summary.h"
#include "tests/simulation/sim_client.h"
#include "tests/simulation/sim_gateway.h"

namespace jieban {

class SimWorld;

struct ArchivedRecord {
  std::string stream;
  uint64_t sequence = 0;
  std::string record;

  auto operator<=>(const ArchivedRecord&) const = default;
};

struct DaemonHistory {
  std::string stream;
  uint64_t first = 0;
  uint64_t head = 0;
  std::vector<Event> events;
  std::vector<std::string> records;
  std::map<std::string, StreamCursor> cursors;  // by stream
  std::vector<QuarantineRow> quarantine;
};

struct History {
  std::map<std::string, DaemonHistory> daemons;
  std::vector<ArchivedRecord> archive;
  std::map<uint64_t, OrderSummary> summaries;
  std::vector<AcknowledgedRow> rows;
  std::map<std::string, AcknowledgedCommand> commands;
  std::vector<std::string> complaints;
  std::vector<WentOut> went_out;
  Timestamp ended_at;
  bool calls_out = false;  // the street has ladders

  const std::vector<Event>& events(const std::string& daemon) const {
    return daemons.at(daemon).events;
  }
};

// REQUIRES: the world is settled.
Result<History> read_history(SimWorld& world);

}  // namespace jieban
