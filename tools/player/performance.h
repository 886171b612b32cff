// The loop of a demonstration: feeds the site, watches its streams, lets the desk act, until every
// order that went in is completed or nobody waits any longer.
//
// What fails and how: the error of a daemon that ended, or of a file; `unavailable` "interrupted".
// Thread rule: one thread.
#pragma once

#include <memory>
#include <vector>

#include "tools/player/board.h"
#include "tools/player/crew.h"
#include "tools/player/desk.h"
#include "tools/player/feed.h"
#include "tools/player/fleet.h"
#include "tools/player/interrupts.h"
#include "tools/player/screen.h"
#include "tools/player/stream_reader.h"

namespace jieban {

struct Timetable {
  Timestamp begin;
  Timestamp end;            // from here on waiting is shortened
  bool play_to_end = true;  // also when all orders are completed before
};

class Performance {
 public:
  static Result<std::unique_ptr<Performance>> prepare(const Site& site, const Clock& clock,
                                                      const Timetable& timetable, DeskRules rules,
                                                      Feed feed);

  Result<void> play(Fleet& fleet, Interrupts& interrupts, Screen& screen);

  const Feed& feed() const { return feed_; }
  const Board& board() const { return board_; }
  size_t commands_refused() const { return commands_refused_; }
  // What refused commands were told, each reason once.
  std::vector<std::string> refusals() const { return {refusals_.begin(), refusals_.end()}; }

 private:
  Performance(const Site& site, const Clock& clock, const Timetable& timetable, DeskRules rules,
              Feed feed)
      : clock_(clock),
        timetable_(timetable),
        feed_(std::move(feed)),
        desk_(std::move(rules)),
        crew_(site) {}
  Result<void> turn();
  Result<void> watch();
  void settle(const TaskOutcome& outcome);
  bool finished();

  const Clock& clock_;
  const Timetable timetable_;
  Feed feed_;
  Board board_;
  Desk desk_;
  std::vector<StreamReader> readers_;
  size_t commands_refused_ = 0;
  std::set<std::string> refusals_;
  Duration hurry_since_{};
  Crew crew_;
};

}  // namespace jieban
