// RouteTree: which receivers an alert goes to, and how each of them groups and repeats.
//
// Depth first: of the children of a node the first that matches takes the alert, unless it
// `continues`, and then the next that matches takes it too; a node none of whose children matches
// takes it itself. What a node does not say it has from its parent; only mute_times are a node's
// own. The tree is kept flat, each node after its parent, so that it can stand in a payload. What
// fails and how: check_routes returns `invalid` or `limit`. A pattern that fails to compile never
// matches. Thread rule: plain values, pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/alerting/labels.h"
#include "common/alerting/matcher.h"
#include "common/base/clock.h"
#include "common/base/result.h"
#include "common/domain/fields.h"

namespace jieban {

struct RouteNode {
  uint64_t parent = 0;  // its place in the list; the root is the first, and its own parent
  std::vector<Matcher> matchers;
  bool continues = false;
  std::optional<std::string> receiver;
  std::optional<std::vector<std::string>> group_by;  // {"..."}: by all labels
  std::optional<uint64_t> group_wait_micros;
  std::optional<uint64_t> group_interval_micros;
  std::optional<uint64_t> repeat_interval_micros;
  std::vector<std::string> mute_times;  // names of time intervals

  template <class Visit>
  static void fields(Visit& visit) {
    visit("parent", &RouteNode::parent);
    visit("matchers", &RouteNode::matchers);
    visit("continues", &RouteNode::continues);
    visit("receiver", &RouteNode::receiver);
    visit("group_by", &RouteNode::group_by);
    visit("group_wait_micros", &RouteNode::group_wait_micros);
    visit("group_interval_micros", &RouteNode::group_interval_micros);
    visit("repeat_interval_micros", &RouteNode::repeat_interval_micros);
    visit("mute_times", &RouteNode::mute_times);
  }
  bool operator==(const RouteNode&) const = default;
};

using RouteTree = std::vector<RouteNode>;

// Where an alert goes, with all that was inherited.
struct RouteChoice {
  std::string path;  // "{}/{unit=\"urban_office\"}": of this node, whatever stands around it
  std::string receiver;
  std::vector<std::string> group_by;
  Duration group_wait{};
  Duration group_interval{};
  Duration repeat_interval{};
  std::vector<std::string> mute_times;

  bool operator==(const RouteChoice&) const = default;
};

constexpr size_t kRoutesMax = 256;
// What the root has unless it says otherwise; those of Alertmanager.
constexpr Duration kGroupWait = std::chrono::seconds(30);
constexpr Duration kGroupInterval = std::chrono::minutes(5);
constexpr Duration kRepeatInterval = std::chrono::hours(4);
constexpr Duration kIntervalMax = std::chrono::hours(24 * 30);

Result<void> check_routes(const RouteTree& tree);

// In the order of the tree; never empty. REQUIRES: check_routes.
std::vector<RouteChoice> routes_of(const RouteTree& tree, const LabelSet& labels);

// Alerts with the same key make one group: "<path>:<labels that it groups by>".
std::string group_key(const RouteChoice& choice, const LabelSet& labels);

}  // namespace jieban
