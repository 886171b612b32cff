// SimClient: the city's platform and the desk's operators, as the receiver sees them.
//
// Sends batches of orders and commands, with the keys that make a repeat harmless, and repeats each
// until it hears an answer: the answer may be lost, the receiver may die before or after its
// commit. What it was told is its own account, which checkers hold against the archive.
// Thread rule: one thread.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/base/random.h"
#include "common/daemon/inbox.h"
#include "common/domain/events.h"
#include "tests/support/sim_clock.h"

namespace jieban {

// A row of a batch that the receiver has acknowledged.
struct AcknowledgedRow {
  std::string order_no;
  std::string batch_id;
  Bytes row_hash;
  std::string outcome;  // "new", "updated", "unchanged"
};

struct AcknowledgedCommand {
  std::string idempotency_key;
  std::string order_no;
  std::string command;
  uint64_t sequence = 0;  // in the receiver's stream
  std::string outcome;    // "done" or "refused"
  std::string event;
};

class SimClient {
 public:
  SimClient(Random& random, const SimClock& clock) : random_(random), clock_(clock) {}

  void invent_batch();
  void invent_command();
  // Hands what waits to the receiver; again when no answer came in time.
  void send(Inbox& inbox);
  // The process that was asked is gone: whatever was not answered stays unknown.
  void lost_receiver();
  bool settled() const { return open_.empty(); }

  const std::vector<AcknowledgedRow>& rows() const { return rows_; }
  const std::map<std::string, AcknowledgedCommand>& commands() const { return commands_; }
  // What it was told does not fit what it was told before.
  const std::vector<std::string>& complaints() const { return complaints_; }
  uint64_t repeats() const { return repeats_; }

 private:
  struct Row {
    std::string order_no;
    Bytes row_hash;
    bool malformed = false;
    OrderIntake intake;
  };
  struct Request {
    std::string key;  // batch id or idempotency key
    std::vector<Row> rows;
    CommandRequest command;
    bool asked = false;
    Duration ask_at{};
    std::optional<GroupAnswer> answer;
  };
  Row invent_row(const std::string& batch_id);
  InputGroup group_of(const std::shared_ptr<Request>& request);
  bool settle(const Request& request, const GroupAnswer& answer);
  bool settle_rows(const Request& request, const GroupAnswer& answer);
  bool settle_command(const Request& request, const Result<std::string>& answer);
  std::string next_command(const std::string& order_no);
  bool chance(uint64_t of_hundred) { return random_.below(100) < of_hundred; }

  Random& random_;
  const SimClock& clock_;
  uint64_t order_count_ = 0;
  uint64_t serial_ = 0;
  uint64_t repeats_ = 0;
  std::vector<std::shared_ptr<Request>> open_;
  std::vector<std::string> known_orders_;      // acknowledged
  std::map<std::string, std::string> states_;  // as last heard
  std::vector<AcknowledgedRow> rows_;
  std::map<std::string, AcknowledgedCommand> commands_;
  std::map<std::string, std::string> told_;  // the answer to each row and key
  std::vector<std::string> complaints_;
};

}  // namespace jieban
