#include "daemons/notifier/callout/step_gaps.h"

#include <algorithm>
#include <array>
#include <utility>

#include "daemons/notifier/callout/on_watch.h"

namespace jieban {
namespace {

// Its key and its row.
using Skipped = std::pair<std::string, SkippedStep>;

constexpr std::array<std::pair<TargetKind, const char*>, 2> kKindNames = {{
    {TargetKind::rota, "班表 "},
    {TargetKind::role, "角色 "},
}};

Result<std::vector<Skipped>> due_by(const Callouts& callouts, const Transaction& store,
                                    Timestamp at) {
  std::vector<Skipped> found;
  RETURN_IF_ERROR(
      callouts.tables().skipped().scan(store, {}, [&](std::string_view key, SkippedStep row) {
        if (row.look_at <= at) found.emplace_back(key, std::move(row));
        return true;
      }));
  return found;
}

std::string target_text(const EscalationTarget& target) {
  return std::string(to_string(target.kind)) + " " + target.name;
}

std::string what_of(const SkippedStep& row) {
  return std::string(kStepGapTopic) + ":" + row.policy + ":" + target_text(row.target);
}

// A rota by its name, which people know.
std::string called_in_chinese(const EscalationTarget& target, const RotaBook* book) {
  const auto* kind =
      std::ranges::find(kKindNames, target.kind, &decltype(kKindNames)::value_type::first);
  const bool is_rota = target.kind == TargetKind::rota && book != nullptr;
  const Rota* rota = is_rota ? book->find_rota(target.name) : nullptr;
  return (kind == kKindNames.end() ? "" : kind->second) +
         (rota == nullptr ? target.name : rota->name);
}

AlertDraft draft_of_gap(const SkippedStep& row, const RotaBook* book) {
  AlertDraft draft;
  draft.what = what_of(row);
  draft.labels = {{kTopicLabel, kStepGapTopic},
                  {"policy", row.policy},
                  {"target", target_text(row.target)},
                  {kSeverityLabel, "critical"}};
  draft.annotations["summary"] = "升级策略 " + row.policy + " 的" +
                                 called_in_chinese(row.target, book) + " 无人值班，该步已跳过";
  return draft;
}

// Somebody is on duty, or nobody asks any more.
bool is_over(const SkippedStep& row, const Callouts::InForce& rules, Timestamp now) {
  if (!on_watch(row.target, rules.rota, "", now).empty()) return true;
  const auto& policies = rules.rules.escalation.policies;
  const auto policy = policies.find(row.policy);
  if (policy == policies.end()) return true;
  return std::ranges::none_of(policy->second.steps, [&](const EscalationStep& step) {
    return std::ranges::find(step.targets, row.target) != step.targets.end();
  });
}

}  // namespace

Result<void> review_step_gaps(const Callouts& callouts, Step& step) {
  auto all = due_by(callouts, step.store(), kTimestampMax);
  if (!all.ok()) return all.error();
  for (Skipped& each : *all) {
    each.second.look_at = step.now();
    RETURN_IF_ERROR(callouts.tables().skipped().put(step.store(), each.first, each.second));
  }
  return {};
}

Result<void> tell_step_gaps(Callouts& callouts, CallSink& sink, Step& step) {
  auto due = due_by(callouts, step.store(), step.now());
  if (!due.ok()) return due.error();
  for (Skipped& each : *due) {
    auto& [key, row] = each;
    auto rules = callouts.in_force(step.store());
    if (!rules.ok()) return rules.error();
    if (!*rules) return {};
    // It was skipped, whoever has come on duty since: it is told at least once.
    if (row.told && is_over(row, **rules, step.now())) {
      auto erased = callouts.tables().skipped().erase(step.store(), key);
      if (!erased.ok()) return erased.error();
      RETURN_IF_ERROR(callouts.end(0, what_of(row), sink, step));
      continue;
    }
    const bool news = !std::exchange(row.told, true);
    row.look_at = step.now() + kStepGapPause;
    RETURN_IF_ERROR(callouts.tables().skipped().put(step.store(), key, row));
    if (!news) continue;
    RETURN_IF_ERROR(callouts.raise(0, draft_of_gap(row, (*rules)->rota), sink, step));
  }
  return {};
}

Result<Timestamp> step_gaps_due(const Callouts& callouts, const Transaction& store) {
  Timestamp at = kTimestampMax;
  RETURN_IF_ERROR(
      callouts.tables().skipped().scan(store, {}, [&](std::string_view, const SkippedStep& row) {
        at = std::min(at, row.look_at);
        return true;
      }));
  return at;
}

}  // namespace jieban
