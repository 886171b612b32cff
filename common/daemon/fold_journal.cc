// What of a step is kept for a replay, and for how long; a part of fold.cc.
#include "common/daemon/fold.h"
#include "common/wire/record.h"

namespace jieban {
namespace {

constexpr uint64_t kTrimMax = 20'000;

// Whether an input became the event behind those of an entry, and is like its inputs else.
bool follows(const JournalEntry& input, const JournalEntry& entry) {
  return *input.emitted == entry.emitted_last.value_or(*entry.emitted) + 1 &&
         input.now == entry.now && *input.record == *entry.record;
}

}  // namespace

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
