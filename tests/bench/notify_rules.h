// The rules of the notifier under measurement: its channels, whom a breach calls, and in which
// words. All else of the site is as shipped.
//
// What is told holds what a gateway of the bench reads: the number of the one order, or of a list
// how many orders it tells of and their numbers, as far as the channel has room.
// What fails and how: writing a file with `io`; a site without shipped rules with `not_found`.
// Thread rule: pure functions but for the files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "tests/bench/gateway_sink.h"
#include "tools/site/site.h"

namespace jieban::bench {

inline constexpr const char* kBoard = "topics: [deadline.breached]";
inline constexpr const char* kCalls = "method: sms";

struct BenchChannel {
  std::string name;
  std::string kind;
  std::string target;
  std::string use;      // kBoard or kCalls
  std::string account;  // YAML, which goes into a file of its own; "" for none
};

BenchChannel webhook_channel(const std::string& target);
BenchChannel kannel_channel(const std::string& target);

// Somebody who is called at once for breaches.
struct CalledPerson {
  std::string id;
  std::string phone;
  std::string condition;  // on the alert's labels, beside a breach; "" for all
};

struct NotifyRules {
  std::vector<BenchChannel> channels;
  std::vector<CalledPerson> called;
  std::string group_by;  // one call of all with this label; "...": each by itself
  std::string destinations = "destinations: {}\n";
};

// One person and a webhook, over gateways that take everything at once.
NotifyRules taken_at_once(const GatewaySink& sink, const std::string& group_by);

Result<void> write_rules(const Site& site, const NotifyRules& rules);

// The limits that are shipped: the block of the site's copy, before write_rules replaces it.
Result<std::string> shipped_destinations(const Site& site);

// How many orders a list tells of; 0 for what is no list.
uint64_t list_count(std::string_view text);

}  // namespace jieban::bench
