#include "common/domain/topology.h"

#include <algorithm>

#include "common/base/check.h"

namespace jieban {

std::vector<std::string> upstreams_of(std::string_view daemon) {
  for (const DaemonPlace& place : topology::kDaemons) {
    if (place.name == daemon) return {place.upstreams.begin(), place.upstreams.end()};
  }
  check_failed(__FILE__, __LINE__, "a known daemon");
}

std::vector<std::string> consumers_of(std::string_view daemon) {
  std::vector<std::string> names;
  for (const DaemonPlace& place : topology::kDaemons) {
    bool reads = std::ranges::find(place.upstreams, daemon) != place.upstreams.end();
    if (reads) names.emplace_back(place.name);
  }
  return names;
}

}  // namespace jieban
