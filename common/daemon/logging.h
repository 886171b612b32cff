// Puts spdlog behind the log of common/base: thread-safe lines on stderr, flushed at once.
#pragma once

#include <string>

namespace jieban {

// `level` is one of the choices of log.level.
void start_logging(const std::string& level);

}  // namespace jieban
