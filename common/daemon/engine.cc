#include "common/daemon/engine.h"

#include <algorithm>

#include "common/base/limits.h"
#include "common/base/log.h"

namespace jieban {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kRoomCheckInterval{1000};
constexpr milliseconds kMaintainInterval{5000};
// The head once more, shortly after a burst: only that shows that its last frame was lost.
constexpr milliseconds kAfterBurst{50};
// An upstream that tells nothing for so long is down, and timers go on without it.
constexpr milliseconds kSilence{10'000};
constexpr unsigned kIntakePercentMax = 90;
constexpr size_t kReceiveMax = 1024;  // messages in one turn
constexpr size_t kRequestsMax = 256;  // unanswered replay requests; who is cut asks again

}  // namespace

Engine::Engine(const EngineOptions& options, Transport& transport, const Clock& clock,
               Random& random)
    : options_(options), transport_(transport), clock_(clock), random_(random) {
  if (options_.batch_events_max == 0) options_.batch_events_max = limits::kBatchEventsMax;
  for (const std::string& consumer : options_.consumers) consumers_[consumer] = {};
}

Result<std::unique_ptr<Engine>> Engine::open(const EngineOptions& options, Service& service,
                                             Transport& transport, const Clock& clock,
                                             Random& random) {
  std::unique_ptr<Engine> engine(new Engine(options, transport, clock, random));
  RETURN_IF_ERROR(engine->start(service));
  return engine;
}

Result<void> Engine::start(Service& service) {
  auto fold = Fold::open(options_.environment, service);
  if (!fold.ok()) return fold.error();
  fold_ = std::move(*fold);
  live_frame_.emplace(fold_->stream(), fold_->epoch());
  auto txn = fold_->environment().read();
  if (!txn.ok()) return txn.error();
  for (const std::string& upstream : options_.upstreams) {
    std::string stream = stream_name(options_.street, upstream);
    auto cursor = fold_->cursors().get(*txn, stream);
    if (!cursor.ok()) return cursor.error();
    followers_.emplace_back(stream, options_.daemon, cursor->epoch, cursor->sequence);
  }
  next_due_ = from_micros(0);  // the first turn ticks
  return {};
}

Result<TurnReport> Engine::turn(Duration now) {
  if (ended_by_) return *ended_by_;
  auto report = work(now);
  if (!report.ok()) ended_by_ = report.error();
  return report;
}

Result<TurnReport> Engine::work(Duration now) {
  TurnReport report;
  check_room(now);
  receive(now);
  ask_upstreams(now);  // before the step, so that the answers come while it commits
  look_for_the_past(now);
  if (!stalled_) {
    RETURN_IF_ERROR(step(now, report));
    RETURN_IF_ERROR(maintain(now));
  }
  if (stalled_) fail_step(Error{ErrorCode::full, "the store has no room"}, now);
  report.work += serve_replays();
  if (now >= heartbeat_at_) {
    transport_.broadcast(encode_heartbeat(fold_->stream(), fold_->epoch(), fold_->head()));
    heartbeat_at_ = now + limits::kHeartbeatInterval;
  }
  ask_upstreams(now);
  report.wake_at = next_wake(now);
  return report;
}

void Engine::receive(Duration now) {
  Arrival arrival;
  for (size_t i = 0; i < kReceiveMax && transport_.receive(arrival); ++i) {
    if (arrival.kind == Arrival::Kind::frame) {
      if (arrival.upstream < followers_.size()) {
        followers_[arrival.upstream].offer(std::move(arrival.bytes), now);
      }
      continue;
    }
    auto request = decode_fetch(arrival.bytes);
    if (!request.ok() || request->stream != fold_->stream()) {
      ++counts_.bad_requests;
      continue;
    }
    auto consumer = consumers_.find(request->consumer);
    bool possible = (request->epoch == 0 || request->epoch == fold_->epoch()) &&
                    request->applied <= fold_->head();
    // What cannot be true of this stream must not let anything of it be erased.
    if (consumer != consumers_.end() && possible) {
      consumer->second.applied = std::max(consumer->second.applied, request->applied);
      consumer->second.heard_at = std::max(now, Duration(1));
    }
    // An acknowledgement is answered only when it is impossible: see serve().
    bool wants = request->from != 0 || request->applied > fold_->head();
    if (wants && requests_.size() < kRequestsMax) {
      requests_.emplace_back(std::move(arrival.peer), std::move(*request));
    }
  }
}

// Silence and a gap that does not close look alike: nothing more is learnt, and deadlines count.
void Engine::look_for_the_past(Duration now) {
  if (knows_the_past_) return;
  uint64_t read = 0;
  bool whole = true;
  for (const Follower& follower : followers_) {
    read += follower.applied();
    whole = whole && (follower.caught_up() || !follower.diverged().empty());
  }
  if (learnt_at_.count() == 0 || read != learnt_) learnt_at_ = std::max(now, Duration(1));
  learnt_ = read;
  knows_the_past_ = whole || now - learnt_at_ >= kSilence;
}

Result<void> Engine::step(Duration now, TurnReport& report) {
  Batch batch;
  batch.now = clock_.now();
  // Inputs first: the rules of a new store come in as inputs, and must be in force before an event.
  collect_inputs(batch);
  gathering_ = report.gathers = gathers(now);
  if (!gathering_) collect_runs(batch);
  if (batch.now >= next_due_ && knows_the_past_) batch.parts.emplace_back();  // a tick
  if (batch.parts.empty()) {
    StepOutcome nothing;
    answer_groups(nothing);  // groups without inputs
    return {};
  }
  auto outcome = fold_->run(batch);
  if (!outcome.ok()) {
    if (outcome.error().code != ErrorCode::full || fold_->environment().latched()) {
      inbox_.close(outcome.error());
      return outcome.error().context("step");
    }
    ++counts_.steps_full;
    fail_step(outcome.error(), now);
    return {};
  }
  report.work += outcome->applied + outcome->records.size();
  report.commit_time = outcome->commit_time;
  report.batch = outcome->applied;
  finish_step(*outcome, now);
  return {};
}

void Engine::finish_step(StepOutcome& outcome, Duration now) {
  next_due_ = outcome.next_due;
  counts_.applied += outcome.applied;
  counts_.quarantined += outcome.quarantined;
  counts_.emitted += outcome.records.size();
  if (outcome.changed) ++counts_.commits;
  stepped_since_full_ = stepped_since_full_ || outcome.changed;
  if (!runs_.empty()) stepped_at_ = now + outcome.commit_time;
  for (size_t i = 0; i < runs_.size(); ++i) followers_[run_owner_[i]].commit(runs_[i].last());
  runs_.clear();
  run_owner_.clear();
  if (!outcome.records.empty()) {
    publish(outcome);
    heartbeat_at_ = std::min(heartbeat_at_, now + kAfterBurst);
  }
  answer_groups(outcome);
  for (const Signal& signal : outcome.signals) {
    for (const Listener& listener : listeners_) listener(signal);
  }
}

void Engine::answer_groups(StepOutcome& outcome) {
  size_t next = 0;
  for (InputGroup& group : groups_) {
    GroupAnswer answer;
    for (size_t i = 0; i < group.inputs.size(); ++i) {
      CHECK(next < outcome.answers.size());
      answer.answers.push_back(std::move(outcome.answers[next++]));
    }
    if (group.done) group.done(std::move(answer));
  }
  groups_.clear();
}

// Nothing was changed: what was handed out is taken back, and those who ask are told.
void Engine::fail_step(const Error& why, Duration now) {
  if (!full_told_) {
    log(LogLevel::error, "store_full", {{"daemon", options_.daemon}, {"why", why.message}});
  }
  if (!stalled_) room_checked_at_ = now;
  full_told_ = true;
  stepped_since_full_ = false;
  stalled_ = true;
  gathering_ = false;  // nothing is waited for but room
  for (Follower& follower : followers_) {
    if (!runs_.empty()) follower.rewind();
  }
  runs_.clear();
  run_owner_.clear();
  for (InputGroup& group : groups_) {
    if (group.done) group.done({why, {}});
  }
  groups_.clear();
  inbox_.clear_descriptor();
  while (auto group = inbox_.take(SIZE_MAX)) {
    if (group->done) group->done({why, {}});
  }
}

void Engine::publish(const StepOutcome& outcome) {
  FrameBuilder& builder = *live_frame_;
  uint64_t sequence = outcome.first_emitted;
  for (const std::string& record : outcome.records) {
    if (!builder.add(sequence, record)) {
      transport_.broadcast(builder.close(sequence - 1));
      CHECK(builder.add(sequence, record));
    }
    ++sequence;
  }
  transport_.broadcast(builder.close(sequence - 1));
}

size_t Engine::serve_replays() {
  uint64_t limit = counts_.replay_bytes + limits::kReplayBytesPerTurn;
  size_t served = 0;
  for (; !requests_.empty() && counts_.replay_bytes < limit; ++served) {
    auto [peer, request] = std::move(requests_.front());
    requests_.pop_front();
    serve(peer, request);
  }
  return served;
}

void Engine::serve(const std::string& peer, const FetchRequest& request) {
  const std::string& stream = fold_->stream();
  uint64_t head = fold_->head();
  bool same_epoch = request.epoch == 0 || request.epoch == fold_->epoch();
  if (same_epoch && request.applied > head) {
    transport_.answer(peer, encode_heartbeat(stream, fold_->epoch(), head, kRefusedAhead));
    return;
  }
  auto txn = fold_->environment().read();
  if (!txn.ok()) return;
  auto first = fold_->outbox().first(*txn);
  if (!first.ok()) return;
  if (head > 0 && request.from < *first) {
    transport_.answer(peer, encode_heartbeat(stream, fold_->epoch(), head, kRefusedTrimmed));
    return;
  }
  FrameBuilder builder(stream, fold_->epoch());
  auto read = fold_->outbox().read(
      *txn, request.from,
      [&](uint64_t sequence, std::string_view record) { return builder.add(sequence, record); });
  if (!read.ok()) {
    log(LogLevel::error, "replay_failed", {{"why", read.error().message}});
    return;
  }
  std::string frame = builder.empty() || !same_epoch
                          ? encode_heartbeat(stream, fold_->epoch(), head)
                          : builder.finish(head);
  counts_.replay_bytes += frame.size();
  transport_.answer(peer, frame);
}

void Engine::ask_upstreams(Duration now) {
  for (size_t i = 0; i < followers_.size(); ++i) {
    if (auto request = followers_[i].request(now, random_)) transport_.request(i, *request);
  }
}

void Engine::check_room(Duration now) {
  if (room_checked_at_.count() != 0 && now < room_checked_at_ + kRoomCheckInterval) return;
  room_checked_at_ = std::max(now, Duration(1));
  auto usage = fold_->environment().usage();
  if (!usage.ok()) {
    log(LogLevel::warning, "usage_unknown", {{"why", usage.error().message}});
    return;
  }
  usage_ = *usage;
  bool disk_short = usage_.disk_free_bytes < options_.disk_free_min;
  intake_refused_ = usage_.used_bytes / 100 * 100 >= usage_.map_bytes / 100 * kIntakePercentMax ||
                    usage_.disk_free_bytes < 2 * options_.disk_free_min;
  // A small step may fit between two that do not: it has ended after an interval without these.
  if (full_told_ && !stalled_ && stepped_since_full_) {
    log(LogLevel::notice, "store_resumes", {{"daemon", options_.daemon}});
    full_told_ = false;
  }
  // A store that ran full is tried again at each check: retention or an operator may have made
  // room, and trying costs one undone transaction.
  stalled_ = disk_short;
  if (disk_short) fail_step(Error{ErrorCode::full, "the disk is nearly full"}, now);
}

Result<void> Engine::maintain(Duration now) {
  if (now < maintain_at_) return {};
  maintain_at_ = now + kMaintainInterval;
  fold_->environment().clear_stale_readers();
  if (options_.retention == Duration::max()) return {};
  uint64_t applied_by_all = fold_->head();
  for (const auto& [name, consumer] : consumers_) {
    if (consumer.heard_at.count() == 0) return {};  // who was not heard may need everything
    applied_by_all = std::min(applied_by_all, consumer.applied);
  }
  auto trimmed = fold_->trim(applied_by_all, clock_.now() - options_.retention);
  if (trimmed.ok()) return {};
  if (trimmed.error().code == ErrorCode::full && !fold_->environment().latched()) return {};
  return trimmed.error().context("trimming");
}

Duration Engine::next_wake(Duration now) const {
  Duration wake = std::min(heartbeat_at_, room_checked_at_ + kRoomCheckInterval);
  if (gathering_) wake = std::min(wake, stepped_at_ + options_.gathering);
  for (const Follower& follower : followers_) {
    if (follower.has_ready() && !stalled_ && !gathering_) return now;
    wake = std::min(wake, follower.next_request_at());
  }
  if (!requests_.empty() || (!stalled_ && !inbox_.empty())) return now;
  if (!stalled_ && knows_the_past_ && next_due_ != kTimestampMax) {
    Duration until = std::max(Duration(0), next_due_ - clock_.now());
    wake = std::min(wake, now + std::min<Duration>(clock_.real(until), limits::kHeartbeatInterval));
  }
  return std::max(wake, now);
}

bool Engine::caught_up() const {
  return std::ranges::all_of(followers_, [](const Follower& follower) {
    return follower.diverged().empty() && follower.caught_up();
  });
}

}  // namespace jieban
