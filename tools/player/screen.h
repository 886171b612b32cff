// The progress of a demonstration: one block that refreshes on a terminal, else a line now and
// then.
//
// Thread rule: one thread. The texts are pure.
#pragma once

#include <string>
#include <vector>

#include "common/base/clock.h"
#include "tools/player/board.h"

namespace jieban {

struct Progress {
  Timestamp now;
  Timestamp begin;
  Timestamp end;
  size_t orders_in = 0;
  size_t commands_refused = 0;
};

// The block: day time and bar, counts by state, the next deadlines, alerts and notices.
std::vector<std::string> progress_block(const Progress& progress, const Board& board);
// The same on one line.
std::string progress_line(const Progress& progress, const Board& board);

class Screen {
 public:
  enum class Mode { silent, lines, block };
  explicit Screen(Mode mode) : mode_(mode) {}

  // Shows it if the last showing is some time ago.
  void show(const Progress& progress, const Board& board);
  void say(const std::string& line);

 private:
  Mode mode_;
  size_t block_lines_ = 0;  // to go back over
  Duration shown_at_{};
};

}  // namespace jieban
