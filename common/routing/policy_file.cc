#include "common/routing/policy_file.h"

#include <algorithm>
#include <array>

#include "common/config/fields.h"

namespace jieban {
namespace {

Result<void> read_count(const Node& map, std::string_view key, uint64_t& out) {
  auto node = map.optional(key);
  if (!node) return {};
  auto count = node->integer();
  if (!count.ok()) return count.error();
  if (*count < 0) return node->error(std::string(key) + " must not be negative");
  out = uint64_t(*count);
  return {};
}

// Figures that stood here once, and contradicted those that the watcher goes by.
struct MovedKey {
  std::string_view key;
  std::string_view now;
};
constexpr std::array<MovedKey, 3> kMovedKeys = {
    {{"extension_max", "extension: {count: ...} of each class"},
     {"extension_hours", "extension: {length: ...} of each class"},
     {"return_window_minutes", "return: of each class"}}};

Result<void> refuse_moved_keys(const Node& map) {
  for (const MovedKey& moved : kMovedKeys) {
    const auto node = map.optional(moved.key);
    if (!node) continue;
    return node->error(std::string(moved.key) + " stands in clocks.yaml only, as " +
                       std::string(moved.now) + "; take it out here");
  }
  return {};
}

Result<void> read_switch(const Node& map, std::string_view key, bool& out) {
  auto node = map.optional(key);
  if (!node) return {};
  auto on = node->boolean();
  if (!on.ok()) return on.error();
  out = *on;
  return {};
}

Result<void> read_window(const Node& map, std::string_view key, int64_t& out) {
  auto node = map.optional(key);
  if (!node) return {};
  auto window = node->duration();
  if (!window.ok()) return window.error();
  if (*window <= Duration::zero()) return node->error(std::string(key) + " must be positive");
  out = window->count();
  return {};
}

Result<void> read_repeats(const Node& node, RepeatPolicy& out) {
  RETURN_IF_ERROR(node.only_keys({"link", "repeat_window", "cluster_window"}));
  RETURN_IF_ERROR(read_switch(node, "link", out.link));
  RETURN_IF_ERROR(read_window(node, "repeat_window", out.repeat_window));
  return read_window(node, "cluster_window", out.cluster_window);
}

}  // namespace

Result<RouterPolicy> read_policy(const Node& node, const CategoryTree* tree) {
  RETURN_IF_ERROR(refuse_moved_keys(node));
  RETURN_IF_ERROR(node.only_keys({"bounce_cap", "submit_needs_audit", "hand_in_needs",
                                  "seat_answers", "repeats", "not_ours_waits", "handover_ahead"}));
  RouterPolicy policy;
  RETURN_IF_ERROR(read_count(node, "bounce_cap", policy.bounce_cap));
  RETURN_IF_ERROR(read_switch(node, "submit_needs_audit", policy.submit_needs_audit));
  auto needs = text_list(node, "hand_in_needs");
  if (!needs.ok()) return needs.error();
  for (const std::string& need : *needs) {
    if (std::ranges::find(kHandInNeeds, need) == kHandInNeeds.end())
      return node.error("nothing that a hand-in can need: " + need);
  }
  policy.hand_in_needs = *needs;
  auto answers = text_list(node, "seat_answers");
  if (!answers.ok()) return answers.error();
  policy.seat_answers = *answers;
  for (const std::string& category : policy.seat_answers) {
    RETURN_IF_ERROR(check_category(node, tree, category));
  }
  if (auto repeats = node.optional("repeats")) {
    RETURN_IF_ERROR(read_repeats(*repeats, policy.repeats.emplace()));
  }
  if (node.optional("not_ours_waits")) {
    RETURN_IF_ERROR(read_switch(node, "not_ours_waits", policy.not_ours_waits.emplace()));
  }
  if (node.optional("handover_ahead")) {
    RETURN_IF_ERROR(read_window(node, "handover_ahead", policy.handover_ahead.emplace()));
  }
  return policy;
}

}  // namespace jieban
