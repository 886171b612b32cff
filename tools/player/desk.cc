#include "tools/player/desk.h"

#include <array>

namespace jieban {
namespace {

struct Reaction {
  std::string_view topic;
  std::string_view command;
  std::string_view role;
  std::array<std::string_view, 2> steps;  // whose delays pass before; the second may be empty
};

// The units talk to the caller before they hand in.
constexpr std::array<Reaction, 6> kReactions = {{
    {"order.opened", "sign", "operator", {"sign", ""}},
    {"order.unrouted", "dispatch", "team_leader", {"dispatch", ""}},
    {"order.dispatched", "accept", "unit", {"accept", ""}},
    {"order.accepted", "hand_in", "unit", {"contact", "hand_in"}},
    {"order.handed_in", "submit", "audit", {"submit", ""}},
    {"order.submitted", "complete", "city", {"complete", ""}},
}};

}  // namespace

void Desk::meet(const SeenEvent& event, const Board& board) {
  const BoardOrder* order = board.find(event.order_no);
  if (order == nullptr) return;
  for (const Reaction& reaction : kReactions) {
    if (reaction.topic != event.topic) continue;
    Timestamp due = event.at;
    for (std::string_view step : reaction.steps) {
      if (!step.empty()) due += rules_.delay(event.order_no, order->order_class, step);
    }
    DeskTask task{event.order_no, std::string(reaction.command), std::string(reaction.role), {}};
    if (task.command == "dispatch") task.unit = rules_.unit_for(order->category);
    tasks_.emplace(due, std::move(task));
  }
}

std::optional<DeskTask> Desk::next(Timestamp now, bool hurry) {
  if (tasks_.empty() || (!hurry && tasks_.begin()->first > now)) return std::nullopt;
  DeskTask task = std::move(tasks_.begin()->second);
  tasks_.erase(tasks_.begin());
  return task;
}

}  // namespace jieban
