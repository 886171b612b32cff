// SimGateway: the world behind the notifier, and the edge that reaches it.
//
// The edge does what the daemon's own does: an attempt is committed before the call and its outcome
// after it; what a crash interrupted is handed in as unknown at the next start. The gateway takes a
// message, refuses it, or takes it and says nothing; it keeps account of what went out. Those who
// are called may answer.
// Thread rule: one thread.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/daemon/engine.h"
#include "daemons/notifier/notifier.h"
#include "tests/support/sim_clock.h"

namespace jieban {

struct WentOut {
  std::string notice_id;
  uint64_t attempt = 0;
  bool marked = false;  // as a possible repeat
  std::string alert{};  // of a call, with the person
  std::string person{};
};

class SimGateway {
 public:
  SimGateway(Random& random, const SimClock& clock) : random_(random), clock_(clock) {}

  // The notifier's process begins, and ends.
  Result<void> started(Engine& engine, const Notifier& core);
  void stopped();
  // The edge does one thing, if there is one to do.
  Result<void> act(Engine& engine, const Notifier& core);
  // Somebody who was called lately answers, not always the right thing.
  Result<void> answer(Engine& engine);
  // Nothing is due, nothing is under way.
  Result<bool> idle(Engine& engine, const Notifier& core) const;

  void set_reliable() { reliable_ = true; }
  const std::vector<WentOut>& went_out() const { return went_out_; }

 private:
  enum class Stage { idle, asking, calling, settling };
  // Shared with answers that may come after the process that asked.
  struct Errand {
    Stage stage = Stage::idle;
    NoticeRow row;
    DeliveryEnd end;
    std::optional<GroupAnswer> answer;
  };
  Result<void> take_due(Engine& engine, const Notifier& core);
  void call();
  void hand_in(Engine& engine, std::string_view topic, std::string payload);
  DeliveryOutcome fate();

  Random& random_;
  const SimClock& clock_;
  bool reliable_ = false;
  std::shared_ptr<Errand> errand_ = std::make_shared<Errand>();
  std::vector<WentOut> went_out_;
};

}  // namespace jieban
