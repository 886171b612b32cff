// Outage: since when the notifier has not worked, who was told of it, and who not yet.
//
// Rounds: all are called, again each `repeat`; whom a round has not reached is tried with each
// look. Kept in a file, as JSON, before each single call and after it, so that a look that is ended
// in between repeats nothing but the call that it was at. Ids of persons, no addresses. Fails:
// never; a file that can't be read is as none. Thread rule: plain values, pure functions.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "common/base/clock.h"

namespace jieban {

struct Outage {
  std::optional<Timestamp> since{};     // empty: it works
  std::optional<Timestamp> told_at{};   // when the round first reached somebody
  std::optional<Timestamp> back_at{};   // it works again, and some have not heard so
  std::set<std::string> reached{};      // by this round
  std::set<std::string> heard{};        // of the outage, and not that it is over
  std::optional<Timestamp> round_at{};  // when the round began
  std::set<std::string> open{};    // "person channel" of the round: begun, and no answer is known
  std::set<std::string> groups{};  // channels whose group has this round's words

  bool operator==(const Outage&) const = default;
};

struct OutageRules {
  Duration after{};   // so long, and somebody is told
  Duration repeat{};  // between two rounds; so long somebody is looked for who may know it is over
};

enum class OutageWord { nothing, down, over };

// What is to be told now. `over` only where it was told as down, or may have been.
OutageWord look(Outage& outage, bool works, Timestamp now, const OutageRules& rules);
// Whom: of `persons` those whom the round has not reached; that it is over, whoever heard of it.
std::set<std::string> still_to_tell(const Outage& outage, OutageWord word,
                                    const std::set<std::string>& persons);
// These were told.
void note_told(Outage& outage, OutageWord word, const std::set<std::string>& told, Timestamp now);

// What the ids of a round's calls begin with: the same for as long as the round lasts.
std::string round_id(const Outage& outage, OutageWord word);

std::string print_outage(const Outage& outage);
Outage parse_outage(std::string_view text);

}  // namespace jieban
