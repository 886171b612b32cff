// LiveRota: the rota that decides who is called: the book of rota.yaml and, on top of it, what came
// by command.
//
// Promises: the book in force is put together once, when the file or a change is another one, not
// once a call. Of a change that the file has under the same id, the file's counts. A change is kept
// for kDutyKept after its end, then only the stream has it: shifts of before are told as the rules
// have them.
// What fails and how: as the store does; request() and decide() also refuse, by duty_guards.h, with
// `unavailable` before a rota was loaded and `limit` beyond kDutyChangesMax.
// Thread rule: the loop's thread. Another thread copies it while none of its members runs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/daemon/rule_book.h"
#include "common/duty/rota.h"
#include "daemons/notifier/duty/duty_change.h"

namespace jieban {

constexpr std::chrono::days kDutyKept{92};
constexpr size_t kDutyChangesMax = 500;  // that are kept

// What has changed since when; small, because every call looks.
struct DutyHead {
  uint64_t generation = 0;
  Timestamp prune_at = kTimestampMax;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("generation", &DutyHead::generation);
    visit("prune_at", &DutyHead::prune_at);
  }
};

class LiveRota {
 public:
  static constexpr const char* kRotaName = "rota";

  Result<void> open(TableOpener& opener);
  // For an input of topic rules.loaded of this name.
  Result<void> load(const Event& event, Step& step);
  // With all changes; null before a rota was loaded. Valid until the next load or change.
  Result<const RotaBook*> current(const Transaction& txn) const;
  // Another number when current() has put another book together.
  uint64_t merges() const { return merges_; }

  // Answer "taken" or "repeated" by the step; whether anything has changed.
  Result<bool> request(const DutyRequest& wanted, Step& step);
  Result<bool> decide(const DutyDecision& wanted, Step& step);
  // Forgets what ended long ago.
  Result<void> tick(Step& step);
  Result<Timestamp> next_due(const Transaction& txn) const;

  // Those that are kept, in the order in which they act.
  Result<std::vector<DutyChange>> changes(const Transaction& txn) const;

 private:
  // duty_commands.cc
  Result<const RotaBook*> book_for(Step& step) const;
  Result<void> accept(const RotaBook& book, DutyChange& change, const DutyDecision& wanted,
                      Step& step) const;
  Result<void> approve(const RotaBook& book, DutyChange& change, const DutyDecision& wanted,
                       Step& step) const;
  Result<void> refuse(const RotaBook& book, DutyChange& change, const DutyDecision& wanted,
                      Step& step) const;
  Result<void> withdraw(const RotaBook& book, DutyChange& change, const DutyDecision& wanted,
                        Step& step) const;
  // Stores it, as the latest that acts or where it stood, and tells of it.
  Result<bool> settle(std::string_view topic, DutyChange& change, bool acts_anew,
                      const PersonId& by, Step& step);

  Result<DutyHead> head(const Transaction& txn) const;
  Result<void> put(DutyChange& change, bool acts_anew, Step& step);

  RuleBook<RotaBook> file_;
  Table<DutyChange> changes_;  // by id
  Table<DutyHead> head_;       // one row
  mutable std::optional<RotaBook> merged_;
  mutable std::string merged_head_;
  mutable uint64_t merged_parse_ = 0;
  mutable uint64_t merges_ = 0;
};

}  // namespace jieban
