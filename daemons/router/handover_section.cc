#include "daemons/router/handover_section.h"

#include <array>

#include "daemons/router/order_times.h"

namespace jieban {
namespace {

constexpr std::string_view kEmergency = "emergency";

struct StateList {
  OrderState state;
  HandoverList HandoverSection::*list;
};
constexpr std::array<StateList, 4> kStateLists = {{
    {OrderState::new_order, &HandoverSection::unsigned_orders},
    {OrderState::signed_in, &HandoverSection::signed_not_dispatched},
    {OrderState::rejected, &HandoverSection::rejected},
    {OrderState::return_requested, &HandoverSection::returns_pending},
}};

void add_order(HandoverSection& section, RouterOrder& order, OrderCourse& course,
               const OrderTimes::Terms& terms) {
  for (const StateList& row : kStateLists) {
    if (row.state == order.state) (section.*row.list).add(order.order_no);
  }
  if (order.order_class == kEmergency) section.urgent_open.add(order.order_no);
  const auto due = OrderTimes(order, &course, terms).due();
  if (!due || !OrderTimes(order, &course, terms).may_run(ClockKind::due)) return;
  if (*due < terms.now) {
    section.overdue.add(order.order_no);
  } else if (*due <= terms.now + Duration(section.due_within)) {
    section.due_soon.add(order.order_no);
  }
}

}  // namespace

Result<HandoverSection> make_section(const SectionSources& sources, const Watch& watch,
                                     const Transaction& store, Timestamp now) {
  HandoverSection section;
  section.since = watch.since;
  section.at = now;
  section.notes = watch.notes;
  section.notes_since = watch.notes_since;
  section.last_intake = watch.last_intake;
  section.form = kHandoverForm;
  section.alarms = sources.board.alarms;
  section.alarms_beyond = sources.board.beyond.value_or(0);
  section.channel_failures = sources.board.channels;
  if (watch.last_import) section.import_lag = (now - *watch.last_import).count();
  section.due_within =
      policy_of(sources.rules).handover_ahead.value_or(Duration(kHandoverAhead).count());
  const OrderTimes::Terms terms{sources.rules, sources.calendar, now};
  auto walked = sources.open.for_each(store, [&](uint64_t order_id) -> Result<void> {
    const std::string key = make_key(order_id);
    auto order = sources.orders.get(store, key);
    if (!order.ok()) return order.error();
    if (!*order) return Error{ErrorCode::corrupt, "an open order without its row"};
    auto course = sources.courses.get(store, key);
    if (!course.ok()) return course.error();
    OrderCourse at = course->value_or(OrderCourse());
    add_order(section, **order, at, terms);
    return {};
  });
  if (!walked.ok()) return walked.error();
  return section;
}

}  // namespace jieban
