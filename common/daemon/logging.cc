#include "common/daemon/logging.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <memory>

#include "common/base/log.h"

namespace jieban {

void start_logging(const std::string& level) {
  struct Level {
    const char* name;
    LogLevel level;
  };
  static constexpr std::array<Level, 5> kLevels = {{{"error", LogLevel::error},
                                                    {"warning", LogLevel::warning},
                                                    {"notice", LogLevel::notice},
                                                    {"info", LogLevel::info},
                                                    {"debug", LogLevel::debug}}};
  for (const Level& row : kLevels) {
    if (level == row.name) set_log_level(row.level);
  }
  auto logger =
      std::make_shared<spdlog::logger>("jieban", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  // The line is whole already; journald reads the priority from the prefix.
  logger->set_pattern("%v");
  logger->set_level(spdlog::level::trace);
  logger->flush_on(spdlog::level::trace);
  set_log_sink([logger](LogLevel line_level, const std::string& line) {
    logger->log(spdlog::level::info, spdlog::string_view_t("<{}>{}"), int(line_level), line);
  });
}

}  // namespace jieban
