// Follows the stream of one daemon over its administration side.
#pragma once

#include <string>
#include <vector>

#include "tools/player/board.h"
#include "tools/site/client.h"

namespace jieban {

class StreamReader {
 public:
  static Result<StreamReader> open(const Site& site, std::string_view daemon);
  // What has come since the last call, at most a page of it.
  Result<std::vector<SeenEvent>> read();

 private:
  explicit StreamReader(DaemonClient ops) : ops_(std::move(ops)) {}

  DaemonClient ops_;
  int64_t next_ = 1;
};

}  // namespace jieban
