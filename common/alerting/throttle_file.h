// Reads the limits of kinds of destinations, their holds and their digest, strictly.
//
//   wecom_robot:
//     limits: [{count: 20, per: 60s}]
//     hold: {"45009": 60s}          or of any length between two: {"11232": {from: 5s, to: 90s}}
//     digest: {count: 10, window: 60s, collect: 15s}
// What fails and how: `invalid` with file:line:column. Thread rule: pure functions.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "common/alerting/digest.h"
#include "common/alerting/throttle.h"
#include "common/config/document.h"

namespace jieban {

struct DestinationRules {
  ThrottleRules throttle;
  std::optional<DigestRule> digest;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("throttle", &DestinationRules::throttle);
    visit("digest", &DestinationRules::digest);
  }
  bool operator==(const DestinationRules&) const = default;
};

// By the name of the kind.
Result<std::map<std::string, DestinationRules>> read_destinations(Node node);

}  // namespace jieban
