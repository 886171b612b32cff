#include "common/alerting/route_tree.h"

namespace jieban {
namespace {

std::string step_text(const RouteNode& node) {
  std::string text = "{";
  for (const Matcher& matcher : node.matchers) {
    if (text.size() > 1) text += ',';
    text += to_text(matcher);
  }
  return text + '}';
}

template <class T>
void inherit(const std::optional<T>& said, T& out) {
  if (said) out = *said;
}

void inherit(const std::optional<uint64_t>& said, Duration& out) {
  if (said) out = Duration(int64_t(*said));
}

RouteChoice below(const RouteNode& node, RouteChoice above, bool is_root) {
  above.path += (is_root ? "" : "/") + step_text(node);
  inherit(node.receiver, above.receiver);
  inherit(node.group_by, above.group_by);
  inherit(node.group_wait_micros, above.group_wait);
  inherit(node.group_interval_micros, above.group_interval);
  inherit(node.repeat_interval_micros, above.repeat_interval);
  above.mute_times = node.mute_times;
  return above;
}

void walk(const RouteTree& tree, size_t at, const RouteChoice& choice, const LabelSet& labels,
          std::vector<RouteChoice>& out) {
  const size_t before = out.size();
  for (size_t child = at + 1; child < tree.size(); ++child) {
    const RouteNode& node = tree[child];
    if (node.parent != at || !matches_all(node.matchers, labels)) continue;
    walk(tree, child, below(node, choice, false), labels, out);
    if (!node.continues) break;
  }
  if (out.size() == before) out.push_back(choice);
}

Result<void> check_node(const RouteTree& tree, size_t at) {
  const RouteNode& node = tree[at];
  if (at > 0 && node.parent >= at) return invalid("a route stands before its parent");
  RETURN_IF_ERROR(check_matchers(node.matchers));
  for (const auto& micros : {node.group_interval_micros, node.repeat_interval_micros}) {
    if (micros && *micros == 0) return invalid("an interval is above zero");
  }
  for (const auto& micros :
       {node.group_wait_micros, node.group_interval_micros, node.repeat_interval_micros}) {
    if (micros && *micros > uint64_t(kIntervalMax.count())) {
      return invalid("groups wait and repeat within 30 days");
    }
  }
  return {};
}

}  // namespace

Result<void> check_routes(const RouteTree& tree) {
  if (tree.empty() || !tree.front().receiver) return invalid("the first route names a receiver");
  if (tree.size() > kRoutesMax) {
    return Error{ErrorCode::limit, "more than " + std::to_string(kRoutesMax) + " routes"};
  }
  if (!tree.front().matchers.empty() || tree.front().parent != 0) {
    return invalid("the first route takes every alert: it has no conditions");
  }
  for (size_t at = 0; at < tree.size(); ++at) RETURN_IF_ERROR(check_node(tree, at));
  return {};
}

std::vector<RouteChoice> routes_of(const RouteTree& tree, const LabelSet& labels) {
  RouteChoice defaults;
  defaults.group_wait = kGroupWait;
  defaults.group_interval = kGroupInterval;
  defaults.repeat_interval = kRepeatInterval;
  std::vector<RouteChoice> out;
  if (!tree.empty()) walk(tree, 0, below(tree.front(), defaults, true), labels, out);
  return out;
}

std::string group_key(const RouteChoice& choice, const LabelSet& labels) {
  return choice.path + ":" + label_text(labels_among(labels, choice.group_by));
}

}  // namespace jieban
