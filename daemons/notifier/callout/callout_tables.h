// The tables of what is open: groups of alerts, which alert of an order is in which group,
// silences.
//
// Small: a group that is over is erased, and so is the mark of an alert that has ended; the stream
// keeps the history. Fails: as the store does. Thread rule: written by the core only.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "common/alerting/silence.h"
#include "common/daemon/table.h"
#include "daemons/notifier/callout/callout.h"

namespace jieban {

// An alert that is open, as it was raised.
struct AlertMark {
  std::vector<std::string> callouts;
  LabelSet labels;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("callouts", &AlertMark::callouts);
    visit("labels", &AlertMark::labels);
  }
};

struct Inhibitor {
  LabelSet labels;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("labels", &Inhibitor::labels);
  }
};

// An alert that its group has no place for.
struct BeyondAlert {
  LabelSet labels;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("labels", &BeyondAlert::labels);
  }
};

// What is muted may be others: the groups are looked at one after the other.
struct MuteReview {
  Timestamp due_at;
  std::string after;   // the last one that was
  bool again = false;  // something changed since: then all of them once more

  template <class Visit>
  static void fields(Visit& visit) {
    visit("due_at", &MuteReview::due_at);
    visit("after", &MuteReview::after);
    visit("again", &MuteReview::again);
  }
};

struct DueCallout {
  uint64_t climbs = 0;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("climbs", &DueCallout::climbs);
  }
};

// A rota or a role for which a step of a policy found nobody (callout/step_gaps.h).
struct SkippedStep {
  std::string policy;
  EscalationTarget target;
  bool told = false;
  Timestamp look_at;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("policy", &SkippedStep::policy);
    visit("target", &SkippedStep::target);
    visit("told", &SkippedStep::told);
    visit("look_at", &SkippedStep::look_at);
  }
};

struct OpenCall {
  std::string channel;
  // Of which turn and step of the ladder.
  std::optional<uint64_t> cycle{};
  std::optional<uint64_t> rung{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("channel", &OpenCall::channel);
    visit("cycle", &OpenCall::cycle);
    visit("rung", &OpenCall::rung);
  }
};

// What went out to a person last, which a reply of "1" may mean.
struct LatestCall {
  std::string alert;                                  // "" for a list of several
  std::optional<std::vector<std::string>> notices{};  // the latest last
  std::optional<std::vector<std::string>> replies{};  // that were taken: the same is told again

  template <class Visit>
  static void fields(Visit& visit) {
    visit("alert", &LatestCall::alert);
    visit("notices", &LatestCall::notices);
    visit("replies", &LatestCall::replies);
  }
};

class CalloutTables {
 public:
  Result<void> open(TableOpener& opener);

  // To be changed in place, once decoded in a transaction: a flood is many alerts of one group.
  // Null when there is none. What was changed is settled before another group is looked at.
  Result<Callout*> edit(Transaction& txn, const std::string& id) const;
  Callout& add(Transaction& txn, Callout callout) const;
  Result<std::optional<Callout>> find(const Transaction& txn, const std::string& id) const {
    return callouts_.get(txn, make_key(id));
  }
  // In the order of their ids, from behind `after` ("": all), until `visit` returns false.
  Result<void> for_each(const Transaction& txn, const std::string& after,
                        const std::function<bool(const Callout&)>& visit) const;
  // The one that is open and is answered with this code. `not_found`; `refused` when it fits two.
  Result<std::string> by_code(const Transaction& txn, const std::string& code) const;
  // Keeps the due time in step; erases a group that is over, and what was pointed to with it.
  Result<void> settle(Transaction& txn, Callout& callout) const;
  // The earliest, at most `count_max`.
  Result<std::vector<std::string>> due(const Transaction& txn, Timestamp now,
                                       size_t count_max) const;
  Result<Timestamp> next_due(const Transaction& txn) const;
  // Alerts of an order; `order_id` 0 for those of no order, by what they say.
  Result<std::optional<AlertMark>> mark(const Transaction& txn, uint64_t order_id,
                                        const std::string& what) const;
  Result<void> set_mark(Transaction& txn, uint64_t order_id, const std::string& what,
                        const AlertMark& mark) const;
  Result<void> erase_mark(Transaction& txn, uint64_t order_id, const std::string& what) const;
  // What is open of the order; cheap where nothing is open at all.
  Result<std::vector<std::string>> marks_of(const Transaction& txn, uint64_t order_id) const;

  // All groups are to be looked at, from now on; a look that is under way is followed by another.
  Result<void> ask_review(Transaction& txn, Timestamp now) const;
  // The next ones, at most `count_max`; none when there is nothing to review.
  Result<std::vector<std::string>> take_review(Transaction& txn, size_t count_max) const;

  const Table<Silence>& silences() const { return silences_; }
  // The open alerts that explain others: by order id, what.
  const Table<Inhibitor>& inhibitors() const { return inhibitors_; }
  // By callout, order id, what: the open alerts that their group has no place for.
  const Table<BeyondAlert>& beyond() const { return beyond_; }
  // By alert and notice id: calls that may still have to be taken back.
  const Table<OpenCall>& open_calls() const { return open_calls_; }
  // By policy, kind and name of the target.
  const Table<SkippedStep>& skipped() const { return skipped_; }
  // Of the ladder of that group; one that is known is looked at in its own time.
  Result<void> note_skipped(Transaction& txn, const Callout& callout,
                            const EscalationTarget& target, Timestamp now) const;
  // By person.
  const Table<LatestCall>& latest() const { return latest_; }

 private:
  Table<Callout> callouts_;  // by id
  Table<DueCallout> due_;    // by due_at, id
  Table<AlertMark> marks_;   // by order id, what
  Table<Silence> silences_;  // by id
  Table<Inhibitor> inhibitors_;
  Table<OpenCall> open_calls_;
  Table<LatestCall> latest_;
  Table<BeyondAlert> beyond_;
  Table<MuteReview> review_;  // one row
  Table<SkippedStep> skipped_;
};

}  // namespace jieban
