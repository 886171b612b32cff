// A core on a store of its own in memory, the upstreams that it follows, written by hand, and what
// its edges need to start. Any refusal of the fold itself ends the test.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/base/check.h"
#include "common/daemon/edge.h"
#include "common/daemon/fold.h"
#include "common/wire/record.h"
#include "tests/support/temp_dir.h"

namespace jieban {

inline const std::string kStreet = "110102007";

// The instant of "2026-03-10 08:00:00" in Beijing.
inline Timestamp local_time(const std::string& text) {
  auto at = parse_local(text);
  CHECK(at.has_value());
  return *at;
}

// Stands still until it is set.
class SetClock : public Clock {
 public:
  Timestamp now() const override { return from_micros(now_.load()); }
  void set(Timestamp now) { now_ = to_micros(now); }

 private:
  std::atomic<int64_t> now_ = 0;
};

inline std::vector<Event> events_of(const StepOutcome& outcome) {
  std::vector<Event> events;
  for (const std::string& record : outcome.records) {
    auto event = decode_record(record);
    CHECK(event.ok());
    event->sequence = outcome.first_emitted + events.size();  // which a record does not hold
    events.push_back(std::move(*event));
  }
  return events;
}

inline std::vector<std::string> topics_of(const StepOutcome& outcome) {
  std::vector<std::string> topics;
  for (const Event& event : events_of(outcome)) topics.push_back(event.topic);
  return topics;
}

template <class Payload>
Payload payload_of(const Event& event) {
  auto payload = decode_payload<Payload>(event.payload);
  CHECK(payload.ok());
  return std::move(*payload);
}

template <class Core>
class CoreHarness {
 public:
  explicit CoreHarness(std::string daemon) : daemon_(std::move(daemon)) { open(); }

  // As after a crash: what was committed is there, nothing else.
  void reopen() {
    fold_.reset();
    core_.reset();
    open();
  }

  StepOutcome run(const Batch& batch) {
    auto outcome = fold_->run(batch);
    CHECK(outcome.ok());
    return std::move(*outcome);
  }
  StepOutcome inputs(const std::vector<Input>& made) {
    Batch batch{now, {}};
    for (const Input& each : made) {
      batch.parts.emplace_back();
      batch.parts.back().kind = BatchPart::Kind::input;
      batch.parts.back().input = each;
    }
    return run(batch);
  }
  StepOutcome input(const Input& made) { return inputs({made}); }
  StepOutcome tick() { return run({now, {BatchPart{}}}); }

  // The next event of an upstream, told `now`.
  template <class Payload>
  StepOutcome event(const std::string& daemon, std::string_view topic, uint64_t order_id,
                    const Payload& payload, Cause cause = {}) {
    Event made;
    made.topic = topic;
    made.occurred_at = now;
    made.order_id = order_id;
    made.cause = std::move(cause);
    made.actor = actor;
    made.payload = encode_payload(payload);
    std::string stream = stream_name(kStreet, daemon);
    upstreams_[stream].push_back(encode_record(made));
    uint64_t last = upstreams_[stream].size();
    return run({now, {range(stream, last, last)}});
  }

  // Feeds what the journal of another store says that store was fed. Secrets are not in it.
  void replay(const CoreHarness& day) {
    upstreams_ = day.upstreams_;
    auto txn = day.fold_->environment().read();
    CHECK(txn.ok());
    auto done = day.fold_->journal().read(*txn, 1, [&](uint64_t, std::string_view bytes) {
      auto entry = decode_payload<JournalEntry>(bytes);
      CHECK(entry.ok());
      run({entry->now, parts_of(*entry, day, *txn)});
      return true;
    });
    CHECK(done.ok());
  }

  // Everything that an upstream told another one, in one batch: as after a long absence.
  StepOutcome catch_up(const CoreHarness& day, const std::string& daemon) {
    upstreams_ = day.upstreams_;
    std::string stream = stream_name(kStreet, daemon);
    return run({now, {range(stream, 1, upstreams_[stream].size())}});
  }

  // Every row of every table of the core; with the stream as a table too.
  using Rows = std::map<std::string, std::string>;
  std::map<std::string, Rows> contents() const {
    std::map<std::string, Rows> all;
    auto txn = fold_->environment().read();
    CHECK(txn.ok());
    auto tables = fold_->tables();
    tables["outbox"] = fold_->outbox().table();
    for (const auto& [name, id] : tables) {
      Rows& rows = all[name];
      Range walk(*txn, id);
      auto found = walk.seek({});
      for (; found.ok() && *found; found = walk.next()) {
        rows[std::string(walk.key())] = std::string(walk.value());
      }
      CHECK(found.ok());
    }
    return all;
  }

  Transaction read() const {
    auto txn = fold_->environment().read();
    CHECK(txn.ok());
    return std::move(*txn);
  }
  EdgeContext context(const Settings& settings) {
    return {kStreet, daemon_, settings, clock, inbox, *fold_, metrics};
  }
  Fold& fold() { return *fold_; }
  Core& core() { return *core_; }
  std::string store_path() const { return dir_.path("store"); }

  Timestamp now = local_time("2026-03-10 08:00:00");
  std::string actor = "seat-1";  // of the events that are told
  SetClock clock;
  Inbox inbox;
  MetricRegistry metrics;

 private:
  void open() {
    core_ = std::make_unique<Core>();
    EnvironmentOptions options;
    options.path = store_path();
    options.stream = stream_name(kStreet, daemon_);
    options.now = now;
    options.map_size = size_t{64} << 20U;
    auto fold = Fold::open(options, *core_);
    CHECK(fold.ok());
    fold_ = std::move(*fold);
    clock.set(now);
  }

  BatchPart range(const std::string& stream, uint64_t first, uint64_t last) const {
    BatchPart part;
    part.kind = BatchPart::Kind::run;
    part.stream = stream;
    part.epoch = 1;
    part.first = first;
    for (uint64_t at = first; at <= last; ++at) {
      part.records.emplace_back(upstreams_.at(stream).at(at - 1));
    }
    return part;
  }

  std::vector<BatchPart> parts_of(const JournalEntry& entry, const CoreHarness& day,
                                  const Transaction& txn) const {
    if (entry.kind == "run") return {range(*entry.stream, *entry.first, *entry.last)};
    BatchPart part;
    if (entry.kind == "tick") return {part};
    part.kind = BatchPart::Kind::input;
    auto event = decode_record(entry.record->data);
    CHECK(event.ok());
    part.input = {event->topic, event->order_id, event->actor, event->payload, ""};
    if (!entry.emitted) return {part};
    std::vector<BatchPart> parts;
    for (uint64_t at = *entry.emitted; at <= entry.emitted_last.value_or(*entry.emitted); ++at) {
      auto record = day.fold_->outbox().get(txn, at);
      CHECK(record.ok() && *record);
      part.input.payload = decode_record(**record)->payload;
      parts.push_back(part);
    }
    return parts;
  }

  std::string daemon_;
  TempDir dir_{"/dev/shm"};
  std::unique_ptr<Core> core_;
  std::unique_ptr<Fold> fold_;
  std::map<std::string, std::vector<std::string>> upstreams_;
};

}  // namespace jieban
