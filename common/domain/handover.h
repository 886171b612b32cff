// Handover: the log that one watch gives to the next (交接班日志, DOMAIN §13.3), and what is told
// of it in the router's stream with order id 0.
//
// The section is made by the router alone, from what its fold knows at that instant, when the
// outgoing person signs; from then on it stands in the event and in the log's hash. The log is a
// text, so that what was signed can be read and its BLAKE2b be computed by anybody's program. The
// text has a form number, which stands in the section: a later form does not touch the logs that
// were signed under an earlier one.
// A log names orders by their numbers and never a person but the two who sign; what was written by
// hand is sealed, and stands in the text by the hash of its box.
// Thread rule: plain values, pure functions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/domain/events.h"
#include "common/domain/role.h"

namespace jieban {

// Every order is counted; so many are named, that a log stays an event.
constexpr size_t kHandoverNamedMax = 1000;

struct HandoverList {
  uint64_t count = 0;
  std::vector<std::string> order_nos;  // the lowest order ids

  void add(const std::string& order_no) {
    if (count++ < kHandoverNamedMax) order_nos.push_back(order_no);
  }
  template <class Visit>
  static void fields(Visit& visit) {
    visit("count", &HandoverList::count);
    visit("order_nos", &HandoverList::order_nos);
  }
  bool operator==(const HandoverList&) const = default;
};

// So many alarms are named, the latest ones; and of each so many who have acknowledged it.
constexpr size_t kHandoverAlarmsMax = 200;
constexpr size_t kAcknowledgersNamedMax = 8;

// Somebody was called for it, and it is not over (AlertStep).
struct OpenAlarm {
  std::string alert;
  std::string topic;  // "deadline", "emergency.unsigned", ...
  Timestamp since;
  std::vector<std::string> acknowledged_by;  // ids of persons on duty

  template <class Visit>
  static void fields(Visit& visit) {
    visit("alert", &OpenAlarm::alert);
    visit("topic", &OpenAlarm::topic);
    visit("since", &OpenAlarm::since);
    visit("acknowledged_by", &OpenAlarm::acknowledged_by);
  }
  bool operator==(const OpenAlarm&) const = default;
};

struct DownChannel {
  std::string channel;
  Timestamp since;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("channel", &DownChannel::channel);
    visit("since", &DownChannel::since);
  }
  bool operator==(const DownChannel&) const = default;
};

// The form of the text in which a log is signed now.
constexpr uint64_t kHandoverForm = 3;

struct HandoverSection {
  Timestamp since;  // the watch began
  Timestamp at;     // the outgoing person signed
  HandoverList unsigned_orders;
  HandoverList signed_not_dispatched;
  HandoverList due_soon;  // within `due_within`, not yet overdue
  HandoverList overdue;
  HandoverList rejected;
  HandoverList returns_pending;
  HandoverList urgent_open;
  uint64_t notes = 0;                      // shift notes since `notes_since`
  int64_t due_within = 0;                  // microseconds; 12 h, DOMAIN §13.3
  std::optional<Timestamp> last_intake{};  // when the last order came in or was updated
  std::optional<uint64_t> form{};  // of the text; empty: 1, which has nothing of what follows
  std::optional<std::vector<OpenAlarm>> alarms{};
  std::optional<std::vector<DownChannel>> channel_failures{};
  std::optional<int64_t> import_lag{};  // microseconds since the last import; empty: there was none
  std::optional<uint64_t> alarms_beyond{};  // open alarms that are not named; from form 3 on
  // The first signature of the log before: what was noted while that one waited, frozen, is counted
  // here. Empty: `since`. No part of the text.
  std::optional<Timestamp> notes_since{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("since", &HandoverSection::since);
    visit("at", &HandoverSection::at);
    visit("unsigned", &HandoverSection::unsigned_orders);
    visit("signed_not_dispatched", &HandoverSection::signed_not_dispatched);
    visit("due_soon", &HandoverSection::due_soon);
    visit("overdue", &HandoverSection::overdue);
    visit("rejected", &HandoverSection::rejected);
    visit("returns_pending", &HandoverSection::returns_pending);
    visit("urgent_open", &HandoverSection::urgent_open);
    visit("notes", &HandoverSection::notes);
    visit("due_within", &HandoverSection::due_within);
    visit("last_intake", &HandoverSection::last_intake);
    visit("form", &HandoverSection::form);
    visit("alarms", &HandoverSection::alarms);
    visit("channel_failures", &HandoverSection::channel_failures);
    visit("import_lag", &HandoverSection::import_lag);
    visit("alarms_beyond", &HandoverSection::alarms_beyond);
    visit("notes_since", &HandoverSection::notes_since);
  }
  bool operator==(const HandoverSection&) const = default;
};

// handover.*: one street command was taken.
struct HandoverMove {
  uint64_t handover = 0;  // from 1; of a note or an override: the one that will hold it
  std::string command;
  std::string role;
  std::string state;  // afterwards: "on_watch" or "signed_out"
  std::optional<std::string> shift_out{};
  std::optional<std::string> shift_in{};
  std::optional<HandoverSection> section{};    // signed_out
  std::optional<std::string> log_hash{};       // hexadecimal; not of a note or an override
  std::optional<std::string> signed_out_by{};  // whose signature this one follows
  std::optional<Timestamp> signed_out_at{};
  std::optional<std::vector<std::string>> released{};  // emergencies that do not block it
  std::optional<std::string> released_by{};
  std::optional<std::map<std::string, std::string>> arguments{};
  std::optional<SealedBox> sealed{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("handover", &HandoverMove::handover);
    visit("command", &HandoverMove::command);
    visit("role", &HandoverMove::role);
    visit("state", &HandoverMove::state);
    visit("shift_out", &HandoverMove::shift_out);
    visit("shift_in", &HandoverMove::shift_in);
    visit("section", &HandoverMove::section);
    visit("log_hash", &HandoverMove::log_hash);
    visit("signed_out_by", &HandoverMove::signed_out_by);
    visit("signed_out_at", &HandoverMove::signed_out_at);
    visit("released", &HandoverMove::released);
    visit("released_by", &HandoverMove::released_by);
    visit("arguments", &HandoverMove::arguments);
    visit("sealed", &HandoverMove::sealed);
  }
};

// Who may read what was written by hand in a log: those who give or take a watch, and the leaders
// who read it daily (DOMAIN §13.3). The desk's shared account is nobody who could be named.
inline constexpr RoleSet kReadsHandover = {Role::seat, Role::team_leader, Role::street_leader};

// So many boxes are opened at once: whatever they hold, they fit into one request.
constexpr size_t kReadingBoxesMax = 50;

// In the receiver's stream; the router's topics of a hand-over are those of StreetCommand.
inline constexpr std::string_view kHandoverReadTopic = "handover.read";

// handover.read: somebody was shown what was written by hand.
struct HandoverReading {
  uint64_t handover = 0;  // as the reader named it; which texts he saw, `boxes` says
  std::string role;
  std::string client;              // whose token it was asked with; the actor is the reader
  std::vector<std::string> boxes;  // BLAKE2b of each that was opened, as the log writes it

  template <class Visit>
  static void fields(Visit& visit) {
    visit("handover", &HandoverReading::handover);
    visit("role", &HandoverReading::role);
    visit("client", &HandoverReading::client);
    visit("boxes", &HandoverReading::boxes);
  }
  bool operator==(const HandoverReading&) const = default;
};

// The list by name, in Chinese, in the order of the log.
struct HandoverPart {
  std::string_view chinese;
  HandoverList HandoverSection::*list;
};
std::span<const HandoverPart> handover_parts();

// What is signed: the text of a handover.signed_out that `signed_by` gave. `box_hash`: of what was
// written by hand, hexadecimal. REQUIRES: it has a section.
std::string handover_log(const HandoverMove& move, std::string_view signed_by,
                         std::string_view box_hash);

}  // namespace jieban
