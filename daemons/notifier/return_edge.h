// ReturnEdge: what comes back from gateways other than over HTTP, by the notice rules in force: a
// way (return_way.h) for each channel that has one.
//
// A way that new rules no longer name, or name otherwise, is shut; one that does not work (a port
// in use, folders that are missing) is logged once for each reason, shown by jieban_return_down,
// and tried again each second; the daemon and the other ways go on.
// What fails and how: start() does not. Thread rule: the loop's thread; the ways have a thread of
// their own, since they wait for the loop.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "common/daemon/edge.h"
#include "daemons/notifier/notifier.h"
#include "daemons/notifier/return_way.h"

namespace jieban {

class ReturnEdge : public Edge {
 public:
  static constexpr Duration kTurn = std::chrono::seconds(1);

  // `core` outlives the edge. `desk` is asked at start; what it gives lives until stop() is done.
  ReturnEdge(const Notifier& core, std::function<InputDesk&()> desk)
      : core_(core), find_desk_(std::move(desk)) {}
  ~ReturnEdge() override { stop(); }

  Result<void> start(const EdgeContext& context) override;
  void signalled(const Signal& signal) override;
  void stop() override;

 private:
  // Of a channel, as long as the daemon runs.
  struct Series {
    Gauge* down = nullptr;
    Counter* failures = nullptr;
  };
  struct Open {
    ChannelRule rule;
    std::unique_ptr<ReturnWay> way;
    Series series;
    std::string complaint;  // "" while it works
  };
  void run();
  Result<const NotifierRules*> current_rules();
  Result<void> follow_rules();
  void open(const ChannelRule& rule);
  const Series& series_of(const std::string& channel);
  void take_turn(Open& open) const;

  const Notifier& core_;
  std::function<InputDesk&()> find_desk_;
  InputDesk* desk_ = nullptr;
  std::optional<EdgeContext> context_;
  std::optional<RuleBook<NotifierRules>> rules_;  // a copy: its cache belongs to the thread
  std::map<std::string, Open> open_;              // as is what follows
  std::map<std::string, Series> series_;

  std::mutex mutex_;
  std::condition_variable wake_;
  bool knocked_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace jieban
