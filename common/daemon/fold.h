// Fold: one daemon's durable state, and the one way in which it changes.
//
//   state', events' = core(state, batch)      in one write transaction, all or nothing
//
// run() applies a batch, appends what the core emitted to the stream, moves the cursors, records
// the batch in the journal, and commits. An event that the core refuses is quarantined and the rest
// of the batch goes through.
// Fails: `full` nothing has changed, try again when there is room; `io` or `corrupt` the daemon
// must stop (exit 74), because what is on disk is not known any more. Thread rule: the loop's
// thread; environment() may be read from any.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/daemon/journal.h"
#include "common/daemon/service.h"
#include "common/daemon/table.h"
#include "common/store/cursor_table.h"
#include "common/store/event_log.h"

namespace jieban {

// Something that came in through an edge of this daemon.
struct Input {
  std::string topic;
  uint64_t order_id = 0;
  std::string actor = "system";
  std::string payload;
  std::string secret;  // see Step::secret(); never in a stream, nor in the journal
};

// One ingredient of a batch, in the order in which they are applied.
struct BatchPart {
  enum class Kind { run, input, tick };
  Kind kind = Kind::tick;
  std::string stream;  // run
  uint64_t epoch = 0;
  uint64_t first = 0;
  std::vector<std::string_view> records;
  Input input;
};

struct Batch {
  Timestamp now;
  std::vector<BatchPart> parts;
};

struct StepOutcome {
  uint64_t applied = 0;      // events and inputs
  uint64_t quarantined = 0;  // of these
  bool changed = false;      // something was written
  bool tick_failed = false;  // what it did was undone; it is tried again later
  uint64_t first_emitted = 0;
  std::vector<std::string> records;          // what was emitted, as it stands in the stream
  std::vector<Result<std::string>> answers;  // one for each input of the batch, in order
  std::vector<Signal> signals;
  Timestamp next_due = kTimestampMax;
  Duration commit_time{};
};

class Fold {
 public:
  static Result<std::unique_ptr<Fold>> open(const EnvironmentOptions& options, Service& service);

  Result<StepOutcome> run(const Batch& batch);

  Environment& environment() { return *environment_; }
  const Environment& environment() const { return *environment_; }
  const EventLog& outbox() const { return *outbox_; }
  const EventLog& journal() const { return *journal_; }
  const Table<QuarantineRow>& quarantine() const { return quarantine_; }
  const CursorTable& cursors() const { return *cursors_; }
  const std::string& stream() const { return environment_->format().stream; }
  uint64_t epoch() const { return environment_->format().epoch; }
  uint64_t head() const { return head_; }
  // What was set aside under this name; empty when nothing was. Any name may be asked for.
  Result<std::optional<QuarantineRow>> quarantined(const Transaction& txn, std::string_view stream,
                                                   uint64_t sequence) const;
  // The core's own tables by name.
  const std::map<std::string, TableId>& tables() const { return opener_->tables(); }

  // Erases events older than `before` that all consumers have applied, and journal entries older
  // than `before`; a bounded number of both. Returns how many events went.
  Result<uint64_t> trim(uint64_t applied_by_all, Timestamp before);

  // Topics of inputs that the fold itself answers: operators deal with what was set aside.
  static constexpr std::string_view kRetryTopic = "quarantine.retry";
  static constexpr std::string_view kDropTopic = "quarantine.drop";

 private:
  Fold(std::unique_ptr<Environment> environment, Service& service)
      : environment_(std::move(environment)), service_(service) {}
  Result<void> start();
  Result<StepOutcome> attempt(const Batch& batch, Timestamp now, bool careful, bool& refused);
  Result<void> open_tails(Transaction& txn);
  Result<void> apply_part(const BatchPart& part, Step& step, bool careful, StepOutcome& outcome);
  Result<void> apply_run(const BatchPart& part, Step& step, bool careful, StepOutcome& outcome);
  Result<void> apply_input(const BatchPart& part, Step& step, bool careful, StepOutcome& outcome);
  Result<void> apply_tick(Step& step, bool careful, StepOutcome& outcome);
  Result<void> apply_event(const Event& event, Step& step, bool careful);
  Result<void> nested(Step& step, const std::function<Result<void>()>& apply);
  Result<void> set_aside(const Event& event, std::string_view record, const Error& why, Step& step);
  Result<void> settle_quarantine(const Event& event, Step& step);
  Result<void> write_emitted(Step& step, size_t from, StepOutcome& outcome);
  Result<void> record_part(const BatchPart& part, Step& step, size_t emitted_from);
  Result<void> append_journal(const JournalEntry& entry);
  Result<void> close_entry();

  std::unique_ptr<Environment> environment_;
  Service& service_;
  std::unique_ptr<TableOpener> opener_;
  std::optional<EventLog> outbox_;
  std::optional<EventLog> journal_;
  std::optional<CursorTable> cursors_;
  Table<QuarantineRow> quarantine_;
  uint64_t head_ = 0;
  uint64_t journal_head_ = 0;
  std::optional<JournalEntry> open_entry_;  // to which the next input may be joined
  // Within an attempt.
  std::optional<EventLog::Tail> outbox_tail_;
  std::optional<EventLog::Tail> journal_tail_;
  Timestamp last_now_ = from_micros(0);
};

}  // namespace jieban
