// What a contract asks for by a date, and what a breach may cost (DOMAIN §1.1, §17).
//
// A date that hangs on an event which has not come is waiting; one that needs working days of a
// year without an official calendar is unknown, with the reason: no date is guessed. Penalties are
// estimates by the clauses of the contract file, for the parties to discuss.
// Nothing fails but what `add_workdays` gives. Thread rule: pure functions.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/assessment/contract.h"
#include "common/assessment/ledger.h"

namespace jieban {

// The date so many working days after (or, negative, before) another.
using AddWorkdays = std::function<Result<Date>(Date from, int64_t count)>;

enum class DutyState { waiting, unknown, upcoming, due_soon, overdue, done, done_late };
std::string_view to_string(DutyState state);
std::string_view to_chinese(DutyState state);

// Days before a date at which a duty is told.
constexpr int kSoonDays = 30;

struct Duty {
  std::string id;
  std::string title;
  std::string party;
  uint64_t amount_fen = 0;
  std::string source;
  DutyState state = DutyState::waiting;
  std::optional<Date> due;
  std::optional<Date> done;
  std::string note;  // the event that is waited for, why it is unknown, the evidence
};
// The obligations of the contract, then the replacements and rectifications that were demanded.
std::vector<Duty> duties(const Contract& contract, const LedgerNotes& notes, Date as_of,
                         const AddWorkdays& add_workdays);

struct PostState {
  std::string title;
  uint64_t count = 0;
  std::optional<uint64_t> filled;  // as noted
};
std::vector<PostState> posts(const Contract& contract, const LedgerNotes& notes);

struct RectificationCount {
  uint64_t count = 0;
  std::optional<uint64_t> limit;
  uint64_t refused = 0;
  uint64_t failing = 0;  // past its date and not done
};
RectificationCount count_rectifications(const Contract& contract, const LedgerNotes& notes,
                                        Date as_of);

struct PenaltyEstimate {
  std::string title;
  uint64_t amount_fen = 0;
  std::string besides;
  std::string source;
  std::string reason;  // what brought it about
};
// `misses` of the contract so far; those that are excused do not count.
std::vector<PenaltyEstimate> penalties(const Contract& contract, const LedgerNotes& notes,
                                       const std::vector<LedgerMiss>& misses, Date as_of);

// "¥185,076.10"
std::string format_fen(uint64_t fen);

}  // namespace jieban
