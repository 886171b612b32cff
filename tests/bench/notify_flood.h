// Floods of missed deadlines through the five real daemons; see README.md.
//
// What fails and how: the errors of the street and of the load, and notices that did not arrive.
// Thread rule: one thread.
#pragma once

#include <cstdint>
#include <string>

#include "common/base/result.h"
#include "common/base/value.h"

namespace jieban::bench {

// As fast as the door takes them: how long until a channel without limits has had all of them.
Result<Value> run_flood(const std::string& programs, const std::string& directory,
                        uint64_t notices);

// Evenly over a minute, to gateways that refuse what is beyond their vendor's limits. An error too
// when one refused anything, when the orders that a channel told of, by themselves and as its
// lists count them, are others than `notices`, or when one was told twice.
Result<Value> run_flood_within_limits(const std::string& programs, const std::string& directory,
                                      uint64_t notices);

}  // namespace jieban::bench
