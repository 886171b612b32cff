#include "common/clocks/clock_table.h"

#include <algorithm>

namespace jieban {
namespace {

using enum ClockKind;

constexpr ClockSet kNone;
// An order that is done leaves only what is still to be said about it.
constexpr ClockSet kOfTheWork = ClockSet::all().without({appeal, review});

constexpr std::array<TopicRow, 19> kRows = {{
    {"order.signed", {sign}, kNone, {forward, return_window, contact}},
    {"order.dispatched", {forward}, kNone, {internal}, true},
    {"order.submitted", {audit, due, redo}, {forward, return_window, contact, internal}, kNone},
    {"order.handed_in", {internal}, kNone, {audit}},
    {"order.completed", kNone, kOfTheWork, kNone},
    {"order.contacted", {contact}, kNone, kNone},
    {"order.audit_passed", {audit}, kNone, kNone},
    {"order.audit_failed", {audit}, kNone, kNone},
    {"order.self_answered", {contact}, {forward}, {audit}},
    {"order.bounced", kNone, {internal}, {forward}, false, false, false, true},
    {"order.reassigned", kNone, kNone, {internal}, true},
    {"order.return_requested", {return_window}, kNone, kNone},
    {"order.rejected", kNone, kNone, {redo}},
    {"order.visited", kNone, kNone, {appeal, review}, true},
    {"order.appeal_submitted", {appeal}, kNone, kNone},
    {"order.reviewed", {review}, kNone, kNone},
    {"order.returned", kNone, ClockSet::all(), kNone, false, true},
    {"order.cancelled", kNone, ClockSet::all(), kNone, false, true},
    {"order.closed", kNone, ClockSet::all().without({review}), kNone, false, false, true},
}};

}  // namespace

std::span<const TopicRow> clock_table() { return kRows; }

const TopicRow* find_topic(std::string_view topic) {
  const auto found = std::ranges::find(kRows, topic, &TopicRow::topic);
  return found == kRows.end() ? nullptr : &*found;
}

}  // namespace jieban
