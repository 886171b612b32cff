#include "daemons/sla-watcher/order_moves.h"

#include <algorithm>

#include "common/clocks/clock_table.h"
#include "common/domain/topics.h"

namespace jieban {
namespace {

using enum ClockKind;

constexpr std::string_view kReopened = "order.reopened";
constexpr std::string_view kReviewed = "order.reviewed";

// The parts of the payloads (common/domain/events.h) that clocks need; what is not named here is
// not copied.
struct AmendPart {
  std::string category;
  std::string community;
  std::optional<Timestamp> due_at;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("category", &AmendPart::category);
    visit("community", &AmendPart::community);
    visit("due_at", &AmendPart::due_at);
  }
};

struct MovePart {
  std::optional<std::string> lead_unit;
  std::optional<std::map<std::string, std::string>> arguments;
  std::optional<Timestamp> due_at;
  std::optional<std::string> order_class;

  std::string argument(const std::string& name) const {
    if (!arguments) return {};
    const auto found = arguments->find(name);
    return found == arguments->end() ? std::string() : found->second;
  }

  template <class Visit>
  static void fields(Visit& visit) {
    visit("lead_unit", &MovePart::lead_unit);
    visit("arguments", &MovePart::arguments);
    visit("due_at", &MovePart::due_at);
    visit("order_class", &MovePart::order_class);
  }
};

struct ReopenPart {
  std::string order_no;
  std::optional<std::string> order_class;
  std::optional<std::string> category;
  std::optional<std::string> community;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &ReopenPart::order_no);
    visit("order_class", &ReopenPart::order_class);
    visit("category", &ReopenPart::category);
    visit("community", &ReopenPart::community);
  }
};

struct Scene {
  const Event& event;
  WatchedOrder& order;
  OrderClocks& clocks;
  MovePart told{};

  Anchor anchor(ClockKind clock) const {
    return {.clock = clock,
            .at = event.occurred_at,
            .now = event.occurred_at,
            .cause_sequence = event.sequence};
  }
  // The clock that a pause names; all of them when it names none.
  Result<ClockSet> named_clocks() const {
    const std::string name = told.argument("clock");
    if (name.empty() || name == "all") return ClockSet::all();
    ClockKind kind{};
    if (!from_string(name, kind)) return invalid("no clock is called " + name);
    return ClockSet{kind};
  }
};

// A due time that was printed or corrected later supersedes the due clock; the others stay, but for
// what counts back from it.
Result<void> amend(Scene& scene) {
  auto amended = decode_payload<AmendPart>(scene.event.payload);
  if (!amended.ok()) return amended.error();
  scene.order.category = std::move(amended->category);
  scene.order.community = std::move(amended->community);
  if (!amended->due_at) return {};
  Anchor anchor = scene.anchor(due);
  anchor.deadline = amended->due_at;
  anchor.source = ClockSource::order;
  anchor.why = "amended";
  return scene.clocks.move_due(anchor);
}

Result<void> extend(Scene& scene) {
  Anchor anchor = scene.anchor(due);
  anchor.deadline = scene.told.due_at;
  if (!anchor.deadline) return invalid("an extension without its new due time");
  anchor.source = ClockSource::extension;
  anchor.why = "extension";
  return scene.clocks.extend(anchor);
}

Result<void> reclassify(Scene& scene) {
  if (!scene.told.order_class) return invalid("a reclassification without a class");
  return scene.clocks.reclassify(*scene.told.order_class, scene.event.occurred_at);
}

Result<void> pause(Scene& scene) {
  auto clocks = scene.named_clocks();
  if (!clocks.ok()) return clocks.error();
  PauseReason reason{};
  const std::string word = scene.told.argument("reason");
  if (!from_string(word, reason)) return invalid("no clock is paused for " + word);
  return scene.clocks.pause(*clocks, reason, scene.told.argument("evidence"),
                            scene.event.occurred_at);
}

Result<void> resume(Scene& scene) {
  auto clocks = scene.named_clocks();
  if (!clocks.ok()) return clocks.error();
  return scene.clocks.resume(*clocks, scene.event.occurred_at);
}

// A team leader has the clocks that run counted anew, by the rules in force.
Result<void> reanchor(Scene& scene) {
  auto clocks = scene.named_clocks();
  if (!clocks.ok()) return clocks.error();
  const std::string reason = scene.told.argument("reason_code");
  return scene.clocks.reanchor(*clocks, scene.event.occurred_at,
                               reason.empty() ? "re_anchor" : "re_anchor: " + reason);
}

// Another round of the same number: it starts from nothing.
Result<void> reopen(Scene& scene) {
  RETURN_IF_ERROR(scene.clocks.cancel(ClockSet::all(), scene.event.occurred_at));
  scene.order.extensions.reset();
  scene.order.closed.reset();
  scene.order.lead_unit.clear();
  RETURN_IF_ERROR(scene.clocks.start(scene.anchor(sign)));
  Anchor anchor = scene.anchor(due);
  anchor.deadline = scene.told.due_at;
  anchor.source = ClockSource::order;
  return scene.clocks.start(anchor);
}

struct SpecialMove {
  std::string_view topic;
  bool told_in_move;  // its payload is an OrderMove
  Result<void> (*apply)(Scene&);
};

constexpr std::array<SpecialMove, 7> kSpecialMoves = {{
    {topics::kOrderAmended, false, amend},
    {"order.extension_approved", true, extend},
    {"order.reclassified", true, reclassify},
    {"order.clock_paused", true, pause},
    {"order.clock_resumed", true, resume},
    {"order.reanchored", true, reanchor},
    {kReopened, true, reopen},
}};

const SpecialMove* find_special(std::string_view topic) {
  const auto found = std::ranges::find(kSpecialMoves, topic, &SpecialMove::topic);
  return found == kSpecialMoves.end() ? nullptr : &*found;
}

// Only what was not solved, or in part, is reviewed (DOMAIN §4.3); CodeSet::solved.
bool wanted(ClockKind clock, const MovePart& told) {
  if (clock != review) return true;
  const std::string solved = told.argument("solved");
  return !solved.empty() && solved != "SOLVED";
}

Result<AfterMove> apply_row(const TopicRow& row, Scene& scene) {
  const Timestamp at = scene.event.occurred_at;
  if (scene.told.lead_unit) scene.order.lead_unit = std::move(*scene.told.lead_unit);
  RETURN_IF_ERROR(scene.clocks.stop(row.stops, at));
  if (row.unplaces) scene.order.lead_unit.clear();
  RETURN_IF_ERROR(scene.clocks.cancel(row.cancels, at));
  for (ClockKind clock : kClockKinds) {
    if (!row.starts.has(clock) || !wanted(clock, scene.told)) continue;
    RETURN_IF_ERROR(scene.clocks.start(scene.anchor(clock)));
  }
  if (row.closes) scene.order.closed = true;
  const bool over = scene.order.closed.value_or(false) && scene.order.clocks.empty();
  if (!row.last && !over) return AfterMove::watched;
  RETURN_IF_ERROR(scene.clocks.leave(at));
  return AfterMove::gone;
}

}  // namespace

bool moves_clocks(std::string_view topic) {
  return find_topic(topic) != nullptr || find_special(topic) != nullptr;
}

bool moves_nothing_unwatched(std::string_view topic) {
  return topic == topics::kOrderAmended || topic == kReviewed;
}

Result<WatchedOrder> watch_again(const Event& event) {
  const Error unknown{ErrorCode::not_found, "a move of an order that is not watched"};
  if (event.topic != kReopened) return unknown;
  auto told = decode_payload<ReopenPart>(event.payload);
  if (!told.ok()) return told.error();
  if (!told->order_class) return unknown;
  WatchedOrder order;
  order.order_no = std::move(told->order_no);
  order.order_class = std::move(*told->order_class);
  order.category = std::move(told->category).value_or("");
  order.community = std::move(told->community).value_or("");
  return order;
}

Result<AfterMove> apply_move(const Event& event, WatchedOrder& order, OrderClocks& clocks) {
  Scene scene{event, order, clocks};
  const TopicRow* row = find_topic(event.topic);
  const SpecialMove* special = row == nullptr ? find_special(event.topic) : nullptr;
  if (row != nullptr ? row->told_in_payload : special->told_in_move) {
    auto told = decode_payload<MovePart>(event.payload);
    if (!told.ok()) return told.error();
    scene.told = std::move(*told);
  }
  if (row != nullptr) return apply_row(*row, scene);
  RETURN_IF_ERROR(special->apply(scene));
  return AfterMove::watched;
}

}  // namespace jieban
