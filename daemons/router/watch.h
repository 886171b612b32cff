// Watch: who has the desk, and the hand-over that is under way (DOMAIN §13.3), as one small row.
//
//   on_watch --handover_out--> signed_out --handover_in--> on_watch (of the next)
//                                  +--handover_withdraw--> on_watch (as before)
//
// The liability stays with the outgoing person until the second signature. An override covers the
// emergencies that were open when the team leader gave it, and no others; it is used up by the
// second signature. Lists are bounded; the events keep all of it.
// Fails: never. Thread rule: plain values, pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/domain/handover.h"

namespace jieban {

// Logs that wait for the team leader to read them; the oldest go.
constexpr size_t kUnreviewedMax = 64;

struct WaitingLog {
  uint64_t handover = 0;
  std::string log_hash;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("handover", &WaitingLog::handover);
    visit("log_hash", &WaitingLog::log_hash);
  }
};

// What the outgoing person has signed.
struct SignedLog {
  std::string by;
  Timestamp at;
  std::string shift_out;
  std::string shift_in;
  std::string log_hash;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("by", &SignedLog::by);
    visit("at", &SignedLog::at);
    visit("shift_out", &SignedLog::shift_out);
    visit("shift_in", &SignedLog::shift_in);
    visit("log_hash", &SignedLog::log_hash);
  }
};

struct Watch {
  uint64_t handovers = 0;        // signed out so far; a withdrawn one keeps its number
  Timestamp since;               // the second signature of the last one
  uint64_t notes = 0;            // for its log; those while a log waits are of the next one
  std::optional<SignedLog> log;  // signed out, and nobody has signed in
  std::vector<std::string> released;
  std::optional<std::string> released_by;
  std::vector<WaitingLog> unreviewed;
  std::optional<Timestamp> last_intake;
  std::optional<Timestamp> last_import{};   // a file or push was done, with news or without
  std::optional<Timestamp> notes_since{};   // the first signature of the last one
  std::optional<uint64_t> notes_waiting{};  // made while `log` waits

  template <class Visit>
  static void fields(Visit& visit) {
    visit("handovers", &Watch::handovers);
    visit("since", &Watch::since);
    visit("notes", &Watch::notes);
    visit("log", &Watch::log);
    visit("released", &Watch::released);
    visit("released_by", &Watch::released_by);
    visit("unreviewed", &Watch::unreviewed);
    visit("last_intake", &Watch::last_intake);
    visit("last_import", &Watch::last_import);
    visit("notes_since", &Watch::notes_since);
    visit("notes_waiting", &Watch::notes_waiting);
  }
};

std::string_view state_of(const Watch& watch);
// The number of the hand-over that is signed out, or will be next.
uint64_t number_of(const Watch& watch);

// The number of the log that will hold what is noted now: one that is signed is frozen.
uint64_t holder_of_notes(const Watch& watch);

void note(Watch& watch);
void sign_out(Watch& watch, SignedLog log);
// REQUIRES: signed out.
void sign_in(Watch& watch, Timestamp now);
void withdraw(Watch& watch);
// Whether it was there.
bool review(Watch& watch, uint64_t handover);

// Of the emergencies that are open, those that nobody has released.
std::vector<std::string> unreleased(const Watch& watch, const HandoverList& urgent_open);

}  // namespace jieban
