#include "tools/player/performance.h"

namespace jieban {
namespace {

constexpr std::chrono::milliseconds kTurn{15};
// After the day, for what the desk has left; a thousand orders need some twenty seconds.
constexpr std::chrono::seconds kHurryMax{180};
constexpr std::chrono::minutes kRetryPause{5};
// Who tells what is shown. The door itself is asked directly.
constexpr std::array<std::string_view, 3> kWatched = {"router", "sla-watcher", "notifier"};

}  // namespace

Result<std::unique_ptr<Performance>> Performance::prepare(const Site& site, const Clock& clock,
                                                          const Timetable& timetable,
                                                          DeskRules rules, Feed feed) {
  std::unique_ptr<Performance> made(
      new Performance(site, clock, timetable, std::move(rules), std::move(feed)));
  for (std::string_view daemon : kWatched) {
    auto reader = StreamReader::open(site, daemon);
    if (!reader.ok()) return reader.error();
    made->readers_.push_back(std::move(*reader));
  }
  return made;
}

Result<void> Performance::play(Fleet& fleet, Interrupts& interrupts, Screen& screen) {
  while (!finished()) {
    RETURN_IF_ERROR(fleet.check());
    RETURN_IF_ERROR(turn());
    screen.show({clock_.now(), timetable_.begin, timetable_.end, feed_.accounts().orders().size(),
                 commands_refused_},
                board_);
    if (!interrupts.wait(kTurn)) return Error{ErrorCode::unavailable, "interrupted"};
  }
  return {};
}

Result<void> Performance::turn() {
  RETURN_IF_ERROR(feed_.go_on(clock_.now()));
  RETURN_IF_ERROR(watch());
  for (const TaskOutcome& outcome : crew_.take_back()) settle(outcome);
  const bool hurry = clock_.now() >= timetable_.end;
  while (crew_.has_free_hand()) {
    auto task = desk_.next(clock_.now(), hurry);
    if (!task) break;
    crew_.hand_out(std::move(*task));
  }
  return {};
}

Result<void> Performance::watch() {
  for (StreamReader& reader : readers_) {
    auto events = reader.read();
    if (!events.ok()) return events.error();
    for (const SeenEvent& event : *events) {
      board_.apply(event);
      desk_.meet(event, board_);
    }
  }
  return {};
}

void Performance::settle(const TaskOutcome& outcome) {
  using Kind = TaskOutcome::Kind;
  if (outcome.kind == Kind::retry) desk_.put_back(outcome.task, clock_.now() + kRetryPause);
  if (outcome.kind != Kind::refused) return;
  ++commands_refused_;
  refusals_.insert(outcome.task.command + ": " + outcome.reason);
}

bool Performance::finished() {
  const bool after = clock_.now() >= timetable_.end;
  if (after && hurry_since_ == Duration::zero()) hurry_since_ = monotonic_now();
  if (after && monotonic_now() - hurry_since_ > kHurryMax) return true;
  if (!feed_.finished() || (timetable_.play_to_end && !after)) return false;
  return crew_.is_idle() && board_.all_completed(feed_.accounts().orders());
}

}  // namespace jieban
