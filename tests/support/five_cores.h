// FiveCores: the five real cores in one thread, each on a store of its own, by the rules that are
// shipped. What one of them tells the others hear at once; the clock stands still until it is
// stepped, and timers fire on the way in the order of their times.
//
// Orders and commands come in sealed, as the doors hand them in. Whatever a core sets aside is kept
// for the test to see: between cores that agree, nothing is. A refusal of a fold itself ends the
// test. Thread rule: one thread.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/daemon/fold.h"
#include "common/routing/routing_rules.h"
#include "daemons/archiver/archiver.h"
#include "daemons/archiver/query.h"
#include "daemons/notifier/callout/callouts.h"
#include "daemons/notifier/notice_rules.h"
#include "daemons/receiver/intake/submission.h"
#include "daemons/receiver/receiver.h"
#include "daemons/receiver/sealer.h"
#include "daemons/sla-watcher/sla_watcher.h"
#include "tests/support/temp_dir.h"

namespace jieban {

// What the router has of clocks.yaml is taken from `clocks`.
struct FiveRules {
  RouterRules router;
  ClockRules clocks;
  NotifierRules notices;
  AlertingRules escalation;
  RotaBook rota;
  WorkCalendar calendar;
};
FiveRules shipped_five_rules();

// Somebody asks for something of one order.
struct Said {
  std::string command;
  std::string role;
  std::map<std::string, std::string> arguments{};
  std::map<std::string, std::string> texts{};  // sealed
  std::string actor{};                         // empty: one for each role
};

class FiveCores {
 public:
  explicit FiveCores(const FiveRules& rules = shipped_five_rules(),
                     const std::string& start = "2026-03-10 08:00:00");

  Timestamp now() const { return now_; }
  // Timers that are due until then fire in their own time.
  void advance_to(Timestamp at);
  void advance_to(const std::string& local);
  void advance(Duration by) { advance_to(now_ + by); }
  // As after a crash: what was committed is there, nothing else.
  void restart(const std::string& daemon);
  void load(const FiveRules& rules);

  // What the core answered: "new", "updated", "unchanged".
  std::vector<std::string> submit(const std::vector<Submission>& orders,
                                  const std::string& batch_id);
  std::string submit(const Submission& order);
  CommandOutcome say(const std::string& order_no, const Said& said);
  // The code of the refusal, with its reason; "" when it was taken.
  std::string refusal(const std::string& order_no, const Said& said);
  // An input of one daemon's own edge.
  Result<std::string> input(const std::string& daemon, Input made);

  // All that a daemon has told, and of one topic.
  const std::vector<Event>& told(const std::string& daemon) const;
  std::vector<Event> told(const std::string& daemon, std::string_view topic) const;
  // "router: a move of ..." of everything that was refused and set aside.
  const std::vector<std::string>& set_aside() const { return set_aside_; }
  // The changes of one clock of an order: "started", "met", ...
  std::vector<std::string> changes_of(const std::string& order_no, const std::string& clock) const;
  std::vector<DeadlineAlert> alerts_of(const std::string& order_no, const std::string& clock) const;

  Archive archive();
  OrderSummary summary(const std::string& order_no);
  OrderView view(const std::string& order_no);
  std::optional<RunningClock> running(const std::string& order_no, ClockKind clock);
  Fold& fold(const std::string& daemon) { return *seat(daemon).fold; }
  Service& core(const std::string& daemon) { return *seat(daemon).core; }
  const Sealer& sealer() const { return *sealer_; }

 private:
  struct Seat {
    std::unique_ptr<Service> core;
    std::unique_ptr<Fold> fold;
    std::vector<std::string> records;  // as they stand in its stream
    std::vector<Event> events;
    std::map<std::string, size_t> heard;  // of each upstream
  };
  Seat& seat(const std::string& daemon);
  void open(const std::string& daemon);
  StepOutcome run(const std::string& daemon, const std::vector<BatchPart>& parts);
  bool hear(const std::string& daemon);
  void settle();
  // The earliest timer of all.
  std::pair<Timestamp, std::string> next_due();

  TempDir dir_{"/dev/shm"};
  Timestamp now_;
  std::shared_ptr<const Sealer> sealer_;
  std::map<std::string, Seat> seats_;
  std::vector<std::string> set_aside_;
  uint64_t asked_ = 0;
  uint64_t batches_ = 0;
};

}  // namespace jieban
