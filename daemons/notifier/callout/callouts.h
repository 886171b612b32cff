// Callouts: from alerts to calls. Groups alerts, climbs ladders, takes calls back.
//
// An alert goes where the routes say; a group that is to be told starts a ladder; each step of it
// queues one notice a person and means. Silenced, muted and inhibited alerts are not told until
// they are so no longer: a ladder that has begun stands still while all that fires in its group is
// muted, what it had queued is taken back, and afterwards it goes on where it stood: the first call
// that was missed at once, the others at their distances. One that could not begin begins then.
// Acknowledgement stops the ladder and takes back what has not gone out; the end of all alerts does
// the same. What is told of that goes into the stream (AlertStep). Time comes from the step; who is
// on duty, from the rota that was loaded and its changes; working time, from the calendar that was
// loaded. Fails: as the store does; `not_found` and `refused` for an acknowledgement that fits
// nothing. Thread rule: the loop's thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "common/alerting/escalation_file.h"
#include "common/alerting/time_interval.h"
#include "common/daemon/rule_book.h"
#include "common/domain/notice_step.h"
#include "daemons/notifier/callout/alert_draft.h"
#include "daemons/notifier/callout/callout_tables.h"
#include "daemons/notifier/callout/muting.h"
#include "daemons/notifier/callout/work_hours.h"
#include "daemons/notifier/duty/live_rota.h"
#include "daemons/notifier/inputs.h"

namespace jieban {

// A call that a ladder asks for, to be made a notice of.
struct WantedCall {
  const Callout& callout;  // with the alert that is shown, and of how many orders it is
  std::string person;
  std::string method;
  std::string id;  // of the notice
  NoticeSubject subject;
  bool late = false;   // fell due in a downtime
  uint64_t cycle = 0;  // turn and step of the ladder
  uint64_t rung = 0;
};

// What the notices' side does for the callouts.
class CallSink {
 public:
  virtual ~CallSink() = default;
  // False when no channel reaches anybody by this means.
  virtual Result<bool> call(const WantedCall& wanted, Step& step) = 0;
  // Takes back those of the alert that have not gone out; of one person, or of all ("").
  virtual Result<void> take_back(const std::string& alert, const std::string& person,
                                 Step& step) = 0;
  // The same, of all persons and for a time: gives what the ladder has to call again.
  virtual Result<std::vector<PendingCall>> hold_back(const std::string& alert, Step& step) = 0;
};

class Callouts {
 public:
  static constexpr const char* kRulesName = "escalation";
  static constexpr const char* kRotaName = LiveRota::kRotaName;

  Result<void> open(TableOpener& opener);
  // For an input of topic rules.loaded of the name of one of its books.
  Result<void> load(const std::string& name, const Event& event, Step& step);
  // Null before any were loaded: nothing is called out then.
  Result<const AlertingRules*> rules(const Transaction& store) const;

  Result<void> raise(uint64_t order_id, const AlertDraft& draft, CallSink& sink, Step& step);
  Result<void> end(uint64_t order_id, const std::string& what, CallSink& sink, Step& step);
  // An alert of somebody else's: raised, or ended.
  Result<void> take(const AlertRaised& raised, CallSink& sink, Step& step);
  Result<void> tick(CallSink& sink, Step& step);
  Result<Timestamp> next_due(const Transaction& store) const { return tables_.next_due(store); }

  // Answers "taken" or "repeated" by the step; true for the former.
  Result<bool> acknowledge(const std::string& alert, const std::string& person,
                           const std::string& via, CallSink& sink, Step& step);
  // callout_answers.cc
  // Who had stopped its ladder, where that was somebody else; none where he is one of those who
  // did, and where nobody has.
  Result<std::optional<std::string>> answered_before(const std::string& alert,
                                                     const std::string& person,
                                                     const Transaction& store) const;
  // Whether it waits for an answer of this person.
  Result<bool> asks(const std::string& alert, const std::string& person,
                    const Transaction& store) const;
  // Whether what was told at that time was of the ladder that there is: an answer to a message of
  // an earlier one says nothing of what fires now.
  Result<bool> tells_of(const std::string& alert, Timestamp told_at,
                        const Transaction& store) const;
  // By hand (PRODUCTS row 27): the next step, with this step of the loop. `not_found` when nothing
  // is told; `refused` while it is muted, when it is over, and when its policy is gone.
  Result<void> escalate(const std::string& alert, const std::string& person, const std::string& via,
                        Step& step);
  // The other alerts whose ladders tell of the same order on the same topic, each by itself: an
  // emergency that is not signed is an alert of its state and one of its clock. Who has answered
  // for one knows of all. None of a group of several orders.
  Result<std::vector<std::string>> of_same_matter(const std::string& alert,
                                                  const Transaction& store) const;
  // A call, the notice of that id, is given up: the person's next means, or the next step.
  Result<void> call_failed(const std::string& alert, const std::string& person,
                           const std::string& id, Step& step);
  // An attempt at a call has failed and would be repeated: whether the ladder still wants it is
  // looked at before that.
  // False when it does not: the alert is over, or somebody has answered.
  Result<bool> look_again(const std::string& alert, Step& step);

  Result<void> add_silence(const SilenceAdd& wanted, Step& step);
  Result<void> lift_silence(const SilenceLift& wanted, Step& step);

  const CalloutTables& tables() const { return tables_; }
  LiveRota& rota() { return rota_; }
  // To be copied by who reads it in another thread.
  const LiveRota& rota() const { return rota_; }

  // What is decided by; empty before ladders were loaded.
  struct InForce {
    const AlertingRules& rules;
    const RotaBook* rota = nullptr;  // with all changes; null before one was loaded
    const TimeIntervals& times;
    const Calendar* calendar = nullptr;  // null: working time is natural time
  };
  Result<std::optional<InForce>> in_force(const Transaction& store) const;

 private:
  // An alert that somebody answers for, or wants told to the next.
  struct Asked {
    const AlertingRules& rules;
    Callout& callout;
    EscalationState& ladder;
  };
  // `not_found` when nothing is told of it.
  Result<Asked> asked_of(const std::string& alert, Step& step) const;
  // A ladder that the rules have no longer becomes that of the route, on the step on which it is.
  void follow_rules(Callout& callout, const AlertingRules& rules) const;
  // One turn of a group: what its alerts tell now, and the steps that are due.
  Result<void> run(Callout& callout, const InForce& rules, CallSink& sink, Step& step);
  Result<void> flush_group(Callout& callout, const InForce& rules, const Muting& muting,
                           CallSink& sink, Step& step);
  Result<void> climb(Callout& callout, const InForce& rules, CallSink& sink, Step& step);
  Result<void> resolve_ladder(Callout& callout, CallSink& sink, Step& step);
  Result<void> call(Callout& callout, const EscalationAction& action, CallSink& sink, Step& step);
  // What an alert does to one of its groups.
  using Change = std::function<Result<void>(Callout& callout)>;
  Result<void> change(const std::string& id, const RouteChoice* choice, const LabelSet& labels,
                      const Change& change, CallSink& sink, Step& step);
  Result<void> bring_in(Callout& callout, Step& step) const;
  // An alert comes into the group of that route, or stays in it, be it with other labels. `before`:
  // as it was raised last; null when it was not.
  Result<void> join(uint64_t order_id, const AlertDraft& draft, const RouteChoice& choice,
                    const AlertMark* before, CallSink& sink, Step& step);
  // It leaves one of its groups.
  Result<void> leave(uint64_t order_id, const std::string& what, const std::string& id,
                     const LabelSet& labels, CallSink& sink, Step& step);
  // Whether it explains others from now on.
  Result<void> explain(uint64_t order_id, const AlertDraft& draft, bool again, Step& step);
  Result<void> explain_no_more(uint64_t order_id, const std::string& what, Step& step);
  // Whether the order has another open alert in the group.
  Result<bool> has_other(uint64_t order_id, const std::string& what, const std::string& callout,
                         Step& step) const;

  Result<void> forget_silences(Step& step) const;
  // callout_holds.cc
  enum class Beyond : uint8_t { none, muted, firing };
  Result<Muting> muting_now(const InForce& rules, Step& step) const;
  Result<Beyond> beyond_of(const Callout& callout, const Muting& muting, Step& step) const;
  Result<bool> is_muted(const Callout& callout, const Muting& muting, Step& step) const;
  Result<void> keep_or_tell(Callout& callout, const Muting& muting, Step& step) const;
  Result<void> hold_or_go_on(Callout& callout, const Muting& muting, CallSink& sink, Step& step);
  Result<void> hold(Callout& callout, CallSink& sink, Step& step);
  Result<void> wake(Callout& callout, const LabelSet& labels, Step& step) const;
  // After a change of silences, inhibitions or rules.
  Result<void> review(const InForce& rules, CallSink& sink, Step& step);

  CalloutTables tables_;
  RuleBook<AlertingRules> rules_;
  LiveRota rota_;
  WorkHours work_hours_;
  mutable TimeIntervals times_;
  mutable uint64_t times_of_ = 0;  // the parses() that they were made of
};

}  // namespace jieban
