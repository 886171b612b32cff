// The router's rows of one order: where it stands, and what became of it on the way.
//
// RouterOrder is written for every order and holds what dispatch needs. OrderCourse is written when
// an order's way leaves the straight one, or somebody works on it: assignments, counts, drafts,
// extensions, flags. Its lists are bounded (kHistoryMax); the events keep the whole history.
// Fails: never. Thread rule: plain values, one thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/clocks/clock_kind.h"
#include "common/domain/assignment.h"
#include "common/domain/order_state.h"

namespace jieban {

struct RouterOrder {
  std::string order_no;
  OrderState state = OrderState::new_order;
  std::string order_class;
  std::string category;
  std::string community;
  std::vector<std::string> keywords;
  std::optional<std::string> lead_unit;
  std::optional<Timestamp> due_at;  // printed on the order, or extended to
  std::optional<Timestamp> signed_at;
  std::optional<uint64_t> round;  // above 1
  // As dispatched, until the first command after it puts them into the course.
  std::optional<std::vector<std::string>> assist_units;
  std::optional<std::string> order_type;
  std::optional<Timestamp> judged_at;     // the city's dispatch: rules hold or not at that time
  std::optional<std::string> suggestion;  // a return reason: the order seems not to be ours
  std::optional<std::string> suggested_by;
  // What is known of its clocks (order_times.h); empty of an order from before.
  std::optional<uint64_t> clocks;            // those that run, a ClockSet
  std::optional<Timestamp> due_from;         // where the due clock started, of a due time by rule
  std::optional<Timestamp> rule_due;         // that due time, pauses included
  std::optional<CalendarKind> due_calendar;  // by which the due clock counts; empty: natural
  // Where clocks started that may count back from the due time.
  std::optional<std::map<std::string, Timestamp>> leads_from;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &RouterOrder::order_no);
    visit("state", &RouterOrder::state);
    visit("order_class", &RouterOrder::order_class);
    visit("category", &RouterOrder::category);
    visit("community", &RouterOrder::community);
    visit("keywords", &RouterOrder::keywords);
    visit("lead_unit", &RouterOrder::lead_unit);
    visit("due_at", &RouterOrder::due_at);
    visit("signed_at", &RouterOrder::signed_at);
    visit("round", &RouterOrder::round);
    visit("assist_units", &RouterOrder::assist_units);
    visit("order_type", &RouterOrder::order_type);
    visit("judged_at", &RouterOrder::judged_at);
    visit("suggestion", &RouterOrder::suggestion);
    visit("suggested_by", &RouterOrder::suggested_by);
    visit("clocks", &RouterOrder::clocks);
    visit("due_from", &RouterOrder::due_from);
    visit("rule_due", &RouterOrder::rule_due);
    visit("due_calendar", &RouterOrder::due_calendar);
    visit("leads_from", &RouterOrder::leads_from);
  }
};

// What one person wants to go up, before another one approves it.
struct ReturnDraft {
  std::string drafted_by;
  Timestamp drafted_at;
  std::map<std::string, std::string> arguments;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("drafted_by", &ReturnDraft::drafted_by);
    visit("drafted_at", &ReturnDraft::drafted_at);
    visit("arguments", &ReturnDraft::arguments);
  }
  bool operator==(const ReturnDraft&) const = default;
};

struct Extension {
  std::string requested_by;
  Timestamp requested_at;
  std::string status;  // "requested", "approved", "refused"; "lapsed" by a new round
  std::map<std::string, std::string> arguments;
  std::optional<Timestamp> old_due;
  Timestamp new_due;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("requested_by", &Extension::requested_by);
    visit("requested_at", &Extension::requested_at);
    visit("status", &Extension::status);
    visit("arguments", &Extension::arguments);
    visit("old_due", &Extension::old_due);
    visit("new_due", &Extension::new_due);
  }
  bool operator==(const Extension&) const = default;
};

struct OrderCourse {
  std::vector<Assignment> assignments;
  std::vector<std::string> flags;          // sorted
  std::vector<std::string> paused_clocks;  // that run and stand still
  std::vector<Extension> extensions;
  uint64_t bounce_count = 0;  // of this round
  uint64_t return_refused_count = 0;
  uint64_t reject_count = 0;
  uint64_t extensions_approved = 0;  // of this round
  bool designated = false;           // the team leader chose the unit after the cap
  bool contacted = false;            // in this round
  bool fed_back = false;
  bool audit_passed = false;  // what was handed in last
  bool appeal_pending = false;
  std::optional<OrderState> previous;  // before the return was requested
  std::optional<ReturnDraft> draft;
  std::optional<std::string> duplicate_of;
  std::optional<std::string> parent_order_no;
  // By id: "demanded", "done", "refused" (DOMAIN §17).
  std::optional<std::map<std::string, std::string>> rectifications;
  std::optional<std::map<std::string, Timestamp>> paused_at;  // of paused_clocks, since when
  std::optional<std::map<std::string, int64_t>> idle;  // of clocks that stood still: for so much

  template <class Visit>
  static void fields(Visit& visit) {
    visit("assignments", &OrderCourse::assignments);
    visit("flags", &OrderCourse::flags);
    visit("paused_clocks", &OrderCourse::paused_clocks);
    visit("extensions", &OrderCourse::extensions);
    visit("bounce_count", &OrderCourse::bounce_count);
    visit("return_refused_count", &OrderCourse::return_refused_count);
    visit("reject_count", &OrderCourse::reject_count);
    visit("extensions_approved", &OrderCourse::extensions_approved);
    visit("designated", &OrderCourse::designated);
    visit("contacted", &OrderCourse::contacted);
    visit("fed_back", &OrderCourse::fed_back);
    visit("audit_passed", &OrderCourse::audit_passed);
    visit("appeal_pending", &OrderCourse::appeal_pending);
    visit("previous", &OrderCourse::previous);
    visit("draft", &OrderCourse::draft);
    visit("duplicate_of", &OrderCourse::duplicate_of);
    visit("parent_order_no", &OrderCourse::parent_order_no);
    visit("rectifications", &OrderCourse::rectifications);
    visit("paused_at", &OrderCourse::paused_at);
    visit("idle", &OrderCourse::idle);
  }
  bool operator==(const OrderCourse&) const = default;
};

constexpr size_t kHistoryMax = 64;
// The states of a rectification. One that was refused may still be done.
inline constexpr const char* kRectificationDemanded = "demanded";
inline constexpr const char* kRectificationDone = "done";
inline constexpr const char* kRectificationRefused = "refused";

// Puts the assignments of the dispatch, which the order's own row holds till then, into the course.
void spread_assignments(RouterOrder& order, OrderCourse& course);
// Nothing is done where there is no such assignment.
void set_lead(OrderCourse& course, AssignmentState state);
Assignment* open_assignment(OrderCourse& course, std::string_view unit);
const Assignment* open_assignment(const OrderCourse& course, std::string_view unit);
// Open ones in these roles become REPLACED.
void replace_open(OrderCourse& course, std::initializer_list<AssignmentRole> roles);
void replace_all_open(OrderCourse& course);
void assign(OrderCourse& course, std::string unit, AssignmentRole role);

// The extension that waits for a decision, or null.
const Extension* pending_extension(const OrderCourse& course);

bool has_flag(const OrderCourse& course, std::string_view flag);
void set_flag(OrderCourse& course, const std::string& flag);
void clear_flag(OrderCourse& course, std::string_view flag);

}  // namespace jieban
