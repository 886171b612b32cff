#include "common/daemon/fold.h"

#include <algorithm>
#include <utility>

#include "common/base/log.h"
#include "common/domain/events.h"
#include "common/domain/topics.h"
#include "common/wire/record.h"

namespace jieban {
namespace {

constexpr uint64_t kTrimMax = 20'000;
constexpr size_t kStreamNameBytesMax = 128;
// A timer that fails stays due; without a pause it would be all that the loop does.
constexpr std::chrono::seconds kTickRetry{1};

std::string quarantine_key(std::string_view stream, uint64_t sequence) {
  return make_key(stream, sequence);
}

// The core must not throw, but a bug of a core must not stop the line either.
template <class Apply>
Result<void> guarded(const Apply& apply) {
  try {
    return apply();
  } catch (const std::exception& error) {
    return Error{ErrorCode::internal, std::string("exception: ") + error.what()};
  }
}

// Whether an input became the event behind those of an entry, and is like its inputs else.
bool follows(const JournalEntry& input, const JournalEntry& entry) {
  return *input.emitted == entry.emitted_last.value_or(*entry.emitted) + 1 &&
         input.now == entry.now && *input.record == *entry.record;
}

// A key that cannot be one is the fault of the event, and an undone child heals it; after any other
// failure the transaction is lost.
bool is_lost(const Transaction& txn) {
  return txn.failure() && txn.failure()->code != ErrorCode::invalid;
}

}  // namespace

Result<std::unique_ptr<Fold>> Fold::open(const EnvironmentOptions& options, Service& service) {
  auto environment = Environment::open(options);
  if (!environment.ok()) return environment.error();
  std::unique_ptr<Fold> fold(new Fold(std::move(*environment), service));
  auto started = fold->start();
  if (!started.ok()) return started.error().context("store " + options.path);
  return fold;
}

Result<void> Fold::start() {
  auto outbox = EventLog::open(*environment_, "outbox");
  if (!outbox.ok()) return outbox.error();
  outbox_ = *outbox;
  auto journal = EventLog::open(*environment_, "journal");
  if (!journal.ok()) return journal.error();
  journal_ = *journal;
  auto cursors = CursorTable::open(*environment_, "cursors");
  if (!cursors.ok()) return cursors.error();
  cursors_ = *cursors;
  TableOpener own(*environment_);
  RETURN_IF_ERROR(quarantine_.open(own, "quarantine"));
  opener_ = std::make_unique<TableOpener>(*environment_);
  RETURN_IF_ERROR(service_.open(*opener_));

  auto txn = environment_->read();
  if (!txn.ok()) return txn.error();
  auto head = outbox_->head(*txn);
  if (!head.ok()) return head.error();
  head_ = *head;
  auto journal_head = journal_->head(*txn);
  if (!journal_head.ok()) return journal_head.error();
  journal_head_ = *journal_head;
  if (journal_head_ == 0) return {};
  auto last = journal_->get(*txn, journal_head_);
  if (!last.ok()) return last.error();
  if (!*last) return Error{ErrorCode::corrupt, "the journal has lost its last entry"};
  auto entry = decode_payload<JournalEntry>(**last);
  if (!entry.ok()) return entry.error();
  last_now_ = entry->now;
  return {};
}

Result<StepOutcome> Fold::run(const Batch& batch) {
  // The clock of the host may step back; the time of a stream never does.
  Timestamp now = std::max(batch.now, last_now_);
  bool refused = false;
  auto outcome = attempt(batch, now, false, refused);
  if (refused) outcome = attempt(batch, now, true, refused);
  if (!outcome.ok()) return outcome.error();
  if (outcome->changed) {
    last_now_ = now;
    head_ += outcome->records.size();
    journal_head_ = journal_tail_->head();
  }
  return outcome;
}

// A batch is first applied plainly, which is fast. If the core refuses something, the attempt is
// undone and made again with a nested transaction around each event, so that only the refused
// ones are undone.
Result<StepOutcome> Fold::attempt(const Batch& batch, Timestamp now, bool careful, bool& refused) {
  StepOutcome outcome;
  auto txn = environment_->write();
  if (!txn.ok()) return txn.error();
  Step step(now, stream(), head_ + 1);
  step.store_ = &*txn;
  RETURN_IF_ERROR(open_tails(*txn));
  open_entry_.reset();
  outcome.first_emitted = head_ + 1;
  for (const BatchPart& part : batch.parts) {
    auto applied = apply_part(part, step, careful, outcome);
    if (applied.ok()) continue;
    if (is_lost(*txn)) return *txn->failure();
    refused = !careful;
    return applied.error();
  }
  if (!txn->failure()) RETURN_IF_ERROR(close_entry());
  if (txn->failure()) {
    refused = !careful && !is_lost(*txn);
    return *txn->failure();
  }
  auto due = service_.next_due(*txn);
  if (!due.ok()) return due.error();
  outcome.next_due = outcome.tick_failed ? std::max(*due, now + kTickRetry) : *due;
  outcome.signals = std::move(step.signals_);
  outcome.changed = txn->changes() > 0;
  if (!outcome.changed) return outcome;
  Duration begin = monotonic_now();
  RETURN_IF_ERROR(txn->commit());
  outcome.commit_time = monotonic_now() - begin;
  return outcome;
}

// The tails are as long lived as the transaction, which is shorter than the fold.
Result<void> Fold::open_tails(Transaction& txn) {
  auto outbox = outbox_->tail(txn);
  if (!outbox.ok()) return outbox.error();
  auto journal = journal_->tail(txn);
  if (!journal.ok()) return journal.error();
  CHECK(outbox->head() == head_ && journal->head() == journal_head_);
  outbox_tail_.emplace(*outbox);
  journal_tail_.emplace(*journal);
  return {};
}

Result<void> Fold::apply_part(const BatchPart& part, Step& step, bool careful,
                              StepOutcome& outcome) {
  size_t emitted_from = step.emitted_.size();
  uint64_t changes = step.store().changes();
  const Timestamp now = step.now_;
  switch (part.kind) {
    case BatchPart::Kind::run:
      RETURN_IF_ERROR(apply_run(part, step, careful, outcome));
      break;
    case BatchPart::Kind::input:
      RETURN_IF_ERROR(apply_input(part, step, careful, outcome));
      break;
    case BatchPart::Kind::tick:
      RETURN_IF_ERROR(apply_tick(step, careful, outcome));
      break;
  }
  step.now_ = now;
  const bool changed = step.store().changes() != changes || step.emitted_.size() > emitted_from;
  // What had no effect leaves no trace.
  if (changed) RETURN_IF_ERROR(record_part(part, step, emitted_from));
  return write_emitted(step, emitted_from, outcome);
}

Result<void> Fold::apply_run(const BatchPart& part, Step& step, bool careful,
                             StepOutcome& outcome) {
  uint64_t sequence = part.first;
  Event applied;  // one for all: the room of its strings is kept
  applied.stream = part.stream;
  step.cause_.stream = part.stream;
  for (std::string_view record : part.records) {
    applied.sequence = step.cause_.sequence = sequence++;
    step.record_ = record;
    auto done = decode_record(record, applied);
    if (done.ok()) {
      // What follows from an event does not happen before it, whatever the clocks say.
      step.now_ = std::max(step.now_, applied.occurred_at);
      done = apply_event(applied, step, careful);
    } else {
      applied = Event();
      applied.stream = part.stream;
      applied.sequence = step.cause_.sequence;
    }
    ++outcome.applied;
    if (done.ok()) continue;
    if (step.store().failure() || !careful) return done.error();
    ++outcome.quarantined;
    RETURN_IF_ERROR(set_aside(applied, record, done.error(), step));
  }
  return cursors_->put(step.store(), part.stream, {part.epoch, sequence - 1});
}

Result<void> Fold::apply_input(const BatchPart& part, Step& step, bool careful,
                               StepOutcome& outcome) {
  Event event;
  event.stream = stream();
  event.topic = part.input.topic;
  event.occurred_at = step.now_;
  event.order_id = part.input.order_id;
  event.actor = part.input.actor;
  event.payload = part.input.payload;
  step.cause_ = {};
  step.record_ = {};
  step.secret_ = &part.input.secret;
  step.answer_.clear();
  auto done = apply_event(event, step, careful);
  ++outcome.applied;
  if (done.ok()) {
    outcome.answers.emplace_back(std::move(step.answer_));
    return {};
  }
  if (step.store().failure() || !careful) return done.error();
  outcome.answers.emplace_back(done.error());
  return {};
}

Result<void> Fold::apply_tick(Step& step, bool careful, StepOutcome& outcome) {
  step.cause_ = {};
  step.record_ = {};
  auto tick = [&] { return guarded([&] { return service_.tick(step); }); };
  if (!careful) return tick();
  auto done = nested(step, tick);
  if (done.ok()) return done;
  if (step.store().failure()) return done.error();
  ++outcome.quarantined;
  outcome.tick_failed = true;
  log(LogLevel::error, "tick_failed", {{"why", done.error().message}});
  return {};
}

Result<void> Fold::apply_event(const Event& event, Step& step, bool careful) {
  bool settles = event.topic == kRetryTopic || event.topic == kDropTopic;
  auto apply = [&] {
    return guarded([&] {
      if (settles && event.stream == stream()) return settle_quarantine(event, step);
      return service_.apply(event, step);
    });
  };
  return careful ? nested(step, apply) : apply();
}

// What fails leaves nothing behind: no row, no event, no signal.
Result<void> Fold::nested(Step& step, const std::function<Result<void>()>& apply) {
  auto child = step.store().child();
  if (!child.ok()) return child.error();
  size_t emitted = step.emitted_.size();
  size_t signals = step.signals_.size();
  uint64_t next = step.next_sequence_;
  Transaction* outer = std::exchange(step.store_, &*child);
  auto done = apply();
  step.store_ = outer;
  if (done.ok()) done = child->commit();
  if (done.ok()) return done;
  step.emitted_.resize(emitted);
  step.signals_.resize(signals);
  step.next_sequence_ = next;
  return done;
}

Result<void> Fold::set_aside(const Event& event, std::string_view record, const Error& why,
                             Step& step) {
  log(LogLevel::error, "event_quarantined",
      {{"stream", event.stream}, {"sequence", event.sequence}, {"why", why.message}});
  QuarantineRow row{event.stream, event.sequence,           event.topic, event.order_id,
                    Bytes{},      std::string(why.message), step.now()};
  row.record.data = record;
  step.emit({.topic = topics::kQuarantined,
             .order_id = event.order_id,
             .payload = encode_payload(Quarantined{event.stream, event.sequence, why.message})});
  return quarantine_.put(step.store(), quarantine_key(event.stream, event.sequence), row);
}

Result<std::optional<QuarantineRow>> Fold::quarantined(const Transaction& txn,
                                                       std::string_view stream,
                                                       uint64_t sequence) const {
  // Operators ask for any name; a name that cannot be a key is not there.
  bool possible =
      stream.size() <= kStreamNameBytesMax && stream.find('\0') == std::string_view::npos;
  if (!possible) return std::optional<QuarantineRow>();
  return quarantine_.get(txn, quarantine_key(stream, sequence));
}

Result<void> Fold::settle_quarantine(const Event& event, Step& step) {
  auto wanted = decode_payload<Quarantined>(event.payload);
  if (!wanted.ok()) return wanted.error();
  auto row = quarantined(step.store(), wanted->stream, wanted->sequence);
  if (!row.ok()) return row.error();
  if (!*row) return Error{ErrorCode::not_found, "nothing is quarantined under this sequence"};
  if (event.topic == kRetryTopic) {
    auto again = decode_record((*row)->record.data);
    if (!again.ok()) return again.error();
    again->stream = wanted->stream;
    again->sequence = wanted->sequence;
    step.cause_ = {wanted->stream, wanted->sequence};
    step.record_ = (*row)->record.data;
    step.now_ = std::max(step.now_, again->occurred_at);
    RETURN_IF_ERROR(service_.apply(*again, step));
  }
  std::string key = quarantine_key(wanted->stream, wanted->sequence);
  auto erased = quarantine_.erase(step.store(), key);
  if (!erased.ok()) return erased.error();
  step.answer(event.topic == kRetryTopic ? "applied" : "dropped");
  return {};
}

Result<void> Fold::write_emitted(Step& step, size_t from, StepOutcome& outcome) {
  for (size_t i = from; i < step.emitted_.size(); ++i) {
    Step::Emitted& emitted = step.emitted_[i];
    RETURN_IF_ERROR(outbox_tail_->append(emitted.sequence, emitted.record));
    outcome.records.push_back(std::move(emitted.record));
  }
  return {};
}

Result<void> Fold::record_part(const BatchPart& part, Step& step, size_t emitted_from) {
  JournalEntry entry;
  entry.now = step.now_;
  if (part.kind == BatchPart::Kind::run) {
    entry.kind = "run";
    entry.stream = part.stream;
    entry.epoch = part.epoch;
    entry.first = part.first;
    entry.last = part.first + part.records.size() - 1;
  } else if (part.kind == BatchPart::Kind::tick) {
    entry.kind = "tick";
  } else {
    entry.kind = "input";
    Event event;
    event.topic = part.input.topic;
    event.order_id = part.input.order_id;
    event.actor = part.input.actor;
    event.occurred_at = step.now_;
    // A submission that became an event as it stood is not written twice.
    for (size_t i = emitted_from; i < step.emitted_.size() && !entry.emitted; ++i) {
      const Step::Emitted& emitted = step.emitted_[i];
      if (emitted.payload() == part.input.payload) entry.emitted = emitted.sequence;
    }
    if (!entry.emitted) event.payload = part.input.payload;
    entry.record = Bytes{encode_record(event)};
    const bool joins = entry.emitted && step.emitted_.size() == emitted_from + 1;
    if (joins && open_entry_ && follows(entry, *open_entry_)) {
      open_entry_->emitted_last = entry.emitted;
      return {};
    }
    RETURN_IF_ERROR(close_entry());
    if (!joins) return append_journal(entry);
    open_entry_ = std::move(entry);
    return {};
  }
  RETURN_IF_ERROR(close_entry());
  return append_journal(entry);
}

Result<void> Fold::close_entry() {
  if (!open_entry_) return {};
  auto appended = append_journal(*open_entry_);
  open_entry_.reset();
  return appended;
}

Result<void> Fold::append_journal(const JournalEntry& entry) {
  return journal_tail_->append(journal_tail_->head() + 1, encode_payload(entry));
}

Result<uint64_t> Fold::trim(uint64_t applied_by_all, Timestamp before) {
  auto txn = environment_->write();
  if (!txn.ok()) return txn.error();
  uint64_t below = 0;
  uint64_t seen = 0;
  auto first = outbox_->first(*txn);
  if (!first.ok()) return first.error();
  RETURN_IF_ERROR(outbox_->read(*txn, *first, [&](uint64_t sequence, std::string_view record) {
    auto event = decode_record(record);
    if (!event.ok() || event->occurred_at >= before || sequence > applied_by_all) return false;
    below = sequence + 1;
    return ++seen < kTrimMax;
  }));
  auto trimmed = outbox_->trim(*txn, below, kTrimMax);
  if (!trimmed.ok()) return trimmed.error();
  uint64_t journal_below = 0;
  seen = 0;
  auto oldest = journal_->first(*txn);
  if (!oldest.ok()) return oldest.error();
  RETURN_IF_ERROR(journal_->read(*txn, *oldest, [&](uint64_t sequence, std::string_view bytes) {
    auto entry = decode_payload<JournalEntry>(bytes);
    if (!entry.ok() || entry->now >= before) return false;
    journal_below = sequence + 1;
    return ++seen < kTrimMax;
  }));
  auto journal_trimmed = journal_->trim(*txn, journal_below, kTrimMax);
  if (!journal_trimmed.ok()) return journal_trimmed.error();
  if (txn->changes() == 0) return uint64_t{0};
  RETURN_IF_ERROR(txn->commit());
  return trimmed;
}

}  // namespace jieban
