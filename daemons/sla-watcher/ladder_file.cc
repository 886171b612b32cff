#include "daemons/sla-watcher/ladder_file.h"

#include <algorithm>

#include "common/config/fields.h"

namespace jieban {
namespace {

constexpr std::array<const char*, 3> kLevels = {"blue", "yellow", "orange"};
constexpr int64_t kRepeatsMax = 1000;

Result<uint64_t> read_percent(const Node& node, const std::vector<Rung>& before) {
  auto percent = node.integer();
  if (!percent.ok()) return percent.error();
  const bool rising = before.empty() || uint64_t(*percent) > before.back().percent;
  if (*percent < 1 || *percent > 99 || !rising) {
    return node.error("warn_fractions must rise, each from 1 to 99 percent");
  }
  return uint64_t(*percent);
}

Result<int64_t> read_span(const Node& map, std::string_view key) {
  auto found = map.required(key);
  if (!found.ok()) return found.error();
  auto span = found->duration();
  if (!span.ok()) return span.error();
  if (span->count() <= 0) return found->error("it must be longer than nothing");
  return span->count();
}

Result<void> read_rung(const Node& node, const std::string& level, Ladder& ladder) {
  RETURN_IF_ERROR(node.only_keys({"percent", "left"}));
  auto found = node.required("percent");
  if (!found.ok()) return found.error();
  auto percent = read_percent(*found, ladder.rungs);
  if (!percent.ok()) return percent.error();
  Rung rung{*percent, level};
  if (node.optional("left")) {
    auto left = read_span(node, "left");
    if (!left.ok()) return left.error();
    rung.left = *left;
  }
  ladder.rungs.push_back(std::move(rung));
  return {};
}

Result<void> read_red(const Node& node, Ladder& ladder) {
  RETURN_IF_ERROR(node.only_keys({"repeat", "repeats_max"}));
  auto repeat = read_span(node, "repeat");
  if (!repeat.ok()) return repeat.error();
  ladder.repeat = *repeat;
  auto found = node.required("repeats_max");
  if (!found.ok()) return found.error();
  auto most = found->integer();
  if (!most.ok()) return most.error();
  if (*most < 0 || *most > kRepeatsMax) return found->error("repeats_max is from 0 to 1000");
  ladder.repeats_max = uint64_t(*most);
  return {};
}

Result<void> read_short(const Node& node, Ladder& ladder) {
  RETURN_IF_ERROR(node.only_keys({"levels", "clocks", "classes"}));
  auto levels = text_list(node, "levels");
  if (!levels.ok()) return levels.error();
  for (const std::string& level : *levels) {
    const auto rung = std::ranges::find(ladder.rungs, level, &Rung::level);
    if (rung == ladder.rungs.end()) return node.error("no level of this ladder is called " + level);
    rung->in_short = true;
  }
  auto clocks = text_list(node, "clocks");
  if (!clocks.ok()) return clocks.error();
  for (const std::string& name : *clocks) {
    ClockKind kind{};
    if (!from_string(name, kind)) return node.error("no clock is called " + name);
    ladder.short_clocks.push_back(kind);
  }
  auto classes = text_list(node, "classes");
  if (!classes.ok()) return classes.error();
  ladder.short_classes = std::move(*classes);
  return {};
}

Result<Ladder> read_list(const Node& list) {
  auto items = list.items();
  if (!items.ok()) return items.error();
  Ladder ladder;
  for (const Node& item : *items) {
    auto percent = read_percent(item, ladder.rungs);
    if (!percent.ok()) return percent.error();
    ladder.rungs.push_back({*percent, {}});
  }
  return ladder;
}

}  // namespace

Result<Ladder> read_ladder(const Node& root) {
  auto node = root.required("warn_fractions");
  if (!node.ok()) return node.error();
  if (node->kind() != NodeKind::map) return read_list(*node);
  RETURN_IF_ERROR(node->only_keys({"blue", "yellow", "orange", "red", "left_from", "short"}));
  Ladder ladder;
  for (const char* level : kLevels) {
    auto found = node->optional(level);
    if (found) RETURN_IF_ERROR(read_rung(*found, level, ladder));
  }
  if (auto found = node->optional("red")) RETURN_IF_ERROR(read_red(*found, ladder));
  if (node->optional("left_from")) {
    auto span = read_span(*node, "left_from");
    if (!span.ok()) return span.error();
    ladder.left_from = *span;
  }
  if (auto found = node->optional("short")) RETURN_IF_ERROR(read_short(*found, ladder));
  return ladder;
}

}  // namespace jieban
