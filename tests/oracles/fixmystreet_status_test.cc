// FixMyStreet: what a council's word about a report does to it, as commands to our life cycle.
//
// Its words are states of a report, ours are commands; each of its states stands for one of ours,
// and each word, in a state, for the commands that mean the same. The commands go through the
// router's core, guards and all.
#include "tests/oracles/table.h"
#include "tests/unit/daemons/router/walks.h"

namespace jieban::oracles {
namespace {

using enum OrderState;

const std::map<std::string, OrderState> kStates = {
    {"confirmed", dispatched},     {"investigating", handling},
    {"in progress", handling},     {"action scheduled", handling},
    {"not responsible", returned}, {"internal referral", dispatched},
    {"duplicate", cancelled},      {"fixed - council", completed},
    {"unable to fix", completed},  {"closed", closed},
    {"fixed - user", visited},     {"hidden", cancelled},
};

using Words = std::vector<std::string>;

struct Meaning {
  const char* word;
  const char* before;
  const char* after;
  Words commands;
};

const Words kAnswered = {"hand_in", "submit", "accept_completion"};
const Words kAgain = {"again", "sign", "dispatch"};

Words joined(Words first, const Words& then) {
  first.insert(first.end(), then.begin(), then.end());
  return first;
}

const std::vector<Meaning> kMeanings = {
    {"INVESTIGATING", "confirmed", "investigating", {"accept"}},
    {"IN_PROGRESS", "confirmed", "in progress", {"accept"}},
    {"ACTION_SCHEDULED", "confirmed", "action scheduled", {"accept", "stage_report"}},
    {"NOT_COUNCILS_RESPONSIBILITY",
     "confirmed",
     "not responsible",
     {"draft_return", "request_return", "return_accepted"}},
    {"INTERNAL_REFERRAL", "confirmed", "internal referral", {"reassign"}},
    {"DUPLICATE", "confirmed", "duplicate", {"cancel"}},
    {"FIXED", "confirmed", "fixed - council", kAnswered},
    {"CLOSED", "confirmed", "fixed - council", kAnswered},
    {"CLOSED", "confirmed", "closed", joined(kAnswered, {"visit_result", "cycle_settled"})},
    {"NO_FURTHER_ACTION", "confirmed", "unable to fix", kAnswered},
    {"OPEN", "fixed - user", "confirmed", kAgain},
    {"ACTION_SCHEDULED", "fixed - user", "action scheduled",
     joined(kAgain, {"accept", "stage_report"})},
    {"OPEN", "action scheduled", "confirmed", {"reassign"}},
    {"INVESTIGATING", "fixed - council", "investigating",
     joined(joined({"visit_result"}, kAgain), {"accept"})},
};

// A word that leaves the state as it is: the command that it would be has no row there.
struct Nothing {
  const char* word;
  const char* state;
  const char* command;
};
const std::vector<Nothing> kNothings = {
    {"OPEN", "confirmed", "dispatch"},
    {"INVALID_STATE", "confirmed", "invalid_state"},
    {"UNCHANGED", "in progress", "unchanged"},
    {"FIXED", "fixed - user", "accept_completion"},
    {"INVESTIGATING", "investigating", "accept"},
    {"OPEN", "hidden", "again"},
};

struct Reason {
  const char* before;
  const char* word;
  const char* why;
};
const std::vector<Reason> kNotApplied = {
    {"not responsible", "OPEN", "what was returned has left the street and comes as another order"},
    {"fixed - user", "NO_FURTHER_ACTION",
     "what was called back about is not judged again but in another round"},
    {"unable to fix", "FIXED", "both are COMPLETED here; whether it was solved is the call-back's"},
};

const Meaning* meaning_of(const std::string& word, const std::string& before,
                          const std::string& after) {
  for (const Meaning& row : kMeanings) {
    if (row.word == word && row.before == before && row.after == after) return &row;
  }
  return nullptr;
}

const Nothing* nothing_of(const std::string& word, const std::string& state) {
  for (const Nothing& row : kNothings) {
    if (row.word == word && row.state == state) return &row;
  }
  return nullptr;
}

TEST(FixMyStreetStatus, EachWordLeadsWhereTheLifeCycleLeads) {
  TABLE_OR_SKIP(rows) = rows_of("fixmystreet_status_transitions.json");
  Unapplied unapplied;
  size_t passed = 0;
  RouterFixture router(desk_rules());
  uint64_t order_id = 0;
  for (const Value& row : rows) {
    const std::string before = text_at(row, "state_before");
    const std::string after = text_at(row, "state_after");
    const std::string word = text_at(row, "update_status");
    SCOPED_TRACE(text_at(row, "case"));
    const auto reason = std::ranges::find_if(kNotApplied, [&](const Reason& each) {
      return each.before == before && each.word == word;
    });
    if (reason != kNotApplied.end()) {
      unapplied.add(text_at(row, "case"), reason->why);
      continue;
    }
    bring(router, ++order_id, kStates.at(before));
    if (before == after) {
      const Nothing* nothing = nothing_of(word, before);
      ASSERT_NE(nothing, nullptr) << word;
      EXPECT_NE(router.as("x", "team_leader").refusal(order_id, nothing->command), "");
    } else {
      const Meaning* meaning = meaning_of(word, before, after);
      ASSERT_NE(meaning, nullptr) << word;
      for (const std::string& command : meaning->commands) take(router, order_id, command);
    }
    EXPECT_EQ(router.state(order_id), kStates.at(after)) << word;
    ++passed;
  }
  EXPECT_EQ(passed, 21U);
  EXPECT_EQ(unapplied.size(), 3U);
}

}  // namespace
}  // namespace jieban::oracles
