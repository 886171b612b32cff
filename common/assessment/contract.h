// A service contract and what was noted of its course, as data (DOMAIN §1, §17).
//
// The contract (config/contracts/*.yaml) has the facts of the signed paper: term, price, posts,
// dated obligations, penalties, each with the clause it comes from. The notes are facts that people
// record. Why an order was missed and which rectifications were demanded are records of the daemons
// (`note_miss`, `demand_rectification`); what else there is, and what a street without daemons
// notes, is a file. Both become one in notes_merge.h.
// Fails: `invalid` with file:line:column, or with what the notes name and the contract lacks.
// Pure but for the load functions.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "common/calendar/civil.h"
#include "common/calendar/date_range.h"
#include "common/config/document.h"

namespace jieban {

// On a date; or so many days, months, working days after or before an event, or before another
// obligation.
struct DueRule {
  std::optional<Date> on;
  std::string after;  // signed, term_start, term_end, or an event of the notes
  std::string before_event;
  std::string before;  // the id of an obligation above
  uint64_t days = 0;
  uint64_t months = 0;
  uint64_t workdays = 0;
};

struct Obligation {
  std::string id;
  std::string kind;  // payment, invoice, opinion, notice
  std::string party;
  std::string title;
  uint64_t amount_fen = 0;
  DueRule due;
  std::string source;
};

struct Post {
  std::string title;
  uint64_t count = 0;
};

struct PenaltyRule {
  std::string title;
  bool by_rectifications = false;  // else by a missed rate
  uint64_t permille = 0;           // of the total price
  std::string besides;             // what else follows
  std::string source;
};

struct Contract {
  std::string version;
  bool official = false;
  std::string street;
  std::string name;
  std::string party_a;
  std::string party_b;
  Date signed_on{};
  DateRange term{};
  uint64_t total_fen = 0;
  std::set<std::string> targets;  // figures that the contract promises in full
  std::string targets_source;
  std::optional<Duration> sign_within;
  std::optional<uint64_t> replacement_days;
  std::optional<uint64_t> rectification_limit;
  std::vector<Post> posts;
  std::vector<Obligation> obligations;
  std::vector<PenaltyRule> penalties;
};

struct MissNote {
  std::string cause;  // staff, unit, system, upstream, force_majeure
  std::string evidence;
  std::optional<bool> agreed;  // by party A
  std::string rectification;

  // Nobody's fault here, and party A has said so.
  bool excused() const {
    return agreed == true && (cause == "upstream" || cause == "force_majeure");
  }
};

struct Rectification {
  std::string id;
  Date demanded{};
  std::optional<Date> due;
  std::optional<Date> done;
  bool refused = false;
  std::string text;
};

struct Replacement {
  std::string post;
  Date demanded{};
  std::optional<Date> done;
};

struct Fulfilment {
  Date on{};
  std::string evidence;
};

struct LedgerNotes {
  std::map<std::string, Date> events;
  std::map<std::string, Fulfilment> done;                          // by obligation
  std::map<std::string, uint64_t> filled;                          // by post
  std::map<std::pair<std::string, std::string>, MissNote> misses;  // by order number and figure
  std::vector<Rectification> rectifications;
  std::vector<Replacement> replacements;
};

Result<Contract> load_contract(const std::string& path);
Result<Contract> read_contract(const Document& document);
Result<LedgerNotes> load_notes(const std::string& path);
Result<LedgerNotes> read_notes(const Document& document);
// Notes of something that the contract does not have would be lost without a word.
Result<void> check_notes(const Contract& contract, const LedgerNotes& notes);

}  // namespace jieban
