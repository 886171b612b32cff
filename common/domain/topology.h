// Who follows whom: the one table of streams. A daemon's stream is read by those that list it.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jieban {

struct DaemonPlace {
  std::string_view name;
  std::span<const std::string_view> upstreams;
};

namespace topology {

inline constexpr std::array<std::string_view, 1> kReceiverReads = {"router"};
inline constexpr std::array<std::string_view, 2> kRouterReads = {"receiver", "notifier"};
inline constexpr std::array<std::string_view, 1> kSlaWatcherReads = {"router"};
inline constexpr std::array<std::string_view, 2> kNotifierReads = {"router", "sla-watcher"};
inline constexpr std::array<std::string_view, 4> kArchiverReads = {"receiver", "router",
                                                                   "sla-watcher", "notifier"};

inline constexpr std::array<DaemonPlace, 5> kDaemons = {{
    {"receiver", kReceiverReads},
    {"router", kRouterReads},
    {"sla-watcher", kSlaWatcherReads},
    {"notifier", kNotifierReads},
    {"archiver", kArchiverReads},
}};

}  // namespace topology

// REQUIRES: a name of kDaemons.
std::vector<std::string> upstreams_of(std::string_view daemon);
std::vector<std::string> consumers_of(std::string_view daemon);

}  // namespace jieban
