// A demonstration from the first key to the last report.
#pragma once

#include <string>
#include <vector>

#include "common/base/result.h"

namespace jieban {

struct PlayerOptions {
  std::vector<std::string> inputs;  // empty: the sample day
  int64_t speed = 0;                // 0: so that all takes about a minute
  std::string root;
  int port_base = 0;
  std::string project;  // folder with config/ and tools/sample_day/
  bool keep = false;
  bool once = false;
  bool json = false;
};

// The exit code: 0 when every order is accounted for, else 1; an error when it could not be played
// to its end.
Result<int> play_demonstration(const PlayerOptions& options);

}  // namespace jieban
