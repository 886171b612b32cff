// Engine: the duty cycle of a daemon, without sockets, threads or sleeping.
//
// turn() receives, applies one batch in one transaction, publishes, answers, serves replays and
// asks for what is missing; it says how much it did and when it wants to be called again. After a
// start no timer fires before the upstreams were read to their heads, or have told nothing for a
// while: a deadline that was met while this daemon was down must not be called missed.
// run_daemon() calls it from its loop, the simulation calls it in any order it likes.
// Fails: an Error of turn() is final, the daemon must stop (exit 74). A full store is none: the
// engine waits, refuses intake, and goes on by itself when there is room.
// Thread rule: one thread; inbox() may be used from any.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/base/random.h"
#include "common/bus/follower.h"
#include "common/bus/transport.h"
#include "common/daemon/fold.h"
#include "common/daemon/inbox.h"

namespace jieban {

struct EngineOptions {
  EnvironmentOptions environment;
  std::string street;
  std::string daemon;                    // "router"
  std::vector<std::string> upstreams;    // daemons whose streams are followed
  std::vector<std::string> consumers;    // daemons that follow this one
  size_t batch_events_max = 0;           // 0: limits::kBatchEventsMax
  size_t disk_free_min = 0;              // below this nothing is written
  Duration retention = Duration::max();  // how long events are kept at least
  // Under load events of the upstreams gather so long from one step to the next: fewer, larger
  // transactions leave the disk and the processors to those who have more to do. Zero: never.
  Duration gathering{};
};

struct ConsumerState {
  uint64_t applied = 0;
  Duration heard_at{};  // zero: not since this process started
};

// Plain figures; run_daemon() turns them into metrics.
struct EngineCounts {
  uint64_t applied = 0;
  uint64_t quarantined = 0;
  uint64_t emitted = 0;
  uint64_t commits = 0;
  uint64_t steps_full = 0;  // steps that were undone because there was no room
  uint64_t replay_bytes = 0;
  uint64_t bad_requests = 0;
};

struct TurnReport {
  size_t work = 0;         // 0: nothing was done
  Duration commit_time{};  // zero: nothing was committed
  size_t batch = 0;
  Duration wake_at{};    // monotonic; when to call again if nothing arrives
  bool gathers = false;  // until then frames that arrive are no reason to call, inputs are
};

class Engine {
 public:
  static Result<std::unique_ptr<Engine>> open(const EngineOptions& options, Service& service,
                                              Transport& transport, const Clock& clock,
                                              Random& random);

  // `now` is monotonic time.
  Result<TurnReport> turn(Duration now);

  Inbox& inbox() { return inbox_; }
  Fold& fold() { return *fold_; }
  const Fold& fold() const { return *fold_; }
  const std::vector<Follower>& followers() const { return followers_; }
  const std::map<std::string, ConsumerState>& consumers() const { return consumers_; }
  const EngineCounts& counts() const { return counts_; }
  const StoreUsage& usage() const { return usage_; }
  // No step can be made for want of room.
  bool stalled() const { return stalled_; }
  // Intake is refused, so that what is inside can still drain.
  bool intake_refused() const { return stalled_ || intake_refused_; }
  // Every upstream is heard, followed to its head and not diverged.
  bool caught_up() const;

  // Called after each commit with what the core signalled.
  using Listener = std::function<void(const Signal&)>;
  void listen(Listener listener) { listeners_.push_back(std::move(listener)); }

 private:
  Engine(const EngineOptions& options, Transport& transport, const Clock& clock, Random& random);
  Result<void> start(Service& service);
  Result<TurnReport> work(Duration now);
  void receive(Duration now);
  void collect_runs(Batch& batch);
  void collect_inputs(Batch& batch);
  void look_for_the_past(Duration now);
  bool gathers(Duration now) const;
  Result<void> step(Duration now, TurnReport& report);
  void finish_step(StepOutcome& outcome, Duration now);
  void answer_groups(StepOutcome& outcome);
  void fail_step(const Error& why, Duration now);
  void publish(const StepOutcome& outcome);
  size_t serve_replays();
  void serve(const std::string& peer, const FetchRequest& request);
  void ask_upstreams(Duration now);
  void check_room(Duration now);
  Result<void> maintain(Duration now);
  Duration next_wake(Duration now) const;

  EngineOptions options_;
  Transport& transport_;
  const Clock& clock_;
  Random& random_;
  std::unique_ptr<Fold> fold_;
  Inbox inbox_;
  std::vector<Follower> followers_;
  std::map<std::string, ConsumerState> consumers_;
  std::deque<std::pair<std::string, FetchRequest>> requests_;
  std::vector<Listener> listeners_;
  EngineCounts counts_;
  StoreUsage usage_;
  std::optional<Error> ended_by_;  // what ended the engine
  bool stalled_ = false;
  bool full_told_ = false;  // in the log, until it has ended
  bool stepped_since_full_ = false;
  bool intake_refused_ = false;
  bool knows_the_past_ = false;
  uint64_t learnt_ = 0;   // events of the upstreams, until the past is known,
  Duration learnt_at_{};  // and when the last of them came, or the first turn was
  Duration room_checked_at_{};
  Duration heartbeat_at_{};
  Duration maintain_at_{};
  Duration stepped_at_{};   // when events were last applied
  bool gathering_ = false;  // events wait for more of them, not for us
  Timestamp next_due_;
  std::optional<FrameBuilder> live_frame_;  // its room is kept
  // Of the batch that is being applied.
  std::vector<Run> runs_;
  std::vector<size_t> run_owner_;
  std::vector<InputGroup> groups_;
};

}  // namespace jieban
