// Notifier: the core that turns alerts into notices and keeps account of each of them.
//
// Follows the streams of router and sla-watcher. An event becomes one notice for each channel of
// the rules that wants it (a robot's group, a relay); what somebody has to answer for is an alert,
// and calls people by the ladders of escalation.yaml and the rota (callout/callouts.h), where these
// are loaded. What the channels make of notices comes in as delivery.begin, delivery.end and
// delivery.receipt; changes of the rota as duty.request and duty.decision (duty/live_rota.h). A
// notice names order number, category, community, unit and deadline, never a person (ARCHITECTURE
// §6).
// What fails and how: an alert that comes while no rules are loaded is refused, and so set aside
// for an operator to retry: it is never dropped. Rules that check_rules refuses do not come into
// force. Thread rule: the loop's thread; tables() may be read from any.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "common/config/settings.h"
#include "common/daemon/rule_book.h"
#include "common/daemon/service.h"
#include "daemons/notifier/callout/handover_watch.h"
#include "daemons/notifier/callout/own_alerts.h"
#include "daemons/notifier/notice_sweep.h"
#include "daemons/notifier/notice_tables.h"
#include "daemons/notifier/pacing.h"

namespace jieban {

// The parameters of the daemon's own configuration file.
std::vector<Parameter> notifier_parameters();

class Notifier : public Service, private CallSink {
 public:
  static constexpr const char* kRulesName = "notices";
  // Signals: something is due on a channel; the rules may have changed.
  static constexpr const char* kDueSignal = "due";
  static constexpr const char* kRulesSignal = "rules";

  Result<void> open(TableOpener& opener) override;
  Result<void> apply(const Event& event, Step& step) override;
  Result<void> tick(Step& step) override;
  Result<Timestamp> next_due(const Transaction& store) const override;

  const NoticeTables& tables() const { return tables_; }
  const Callouts& callouts() const { return callouts_; }
  const OwnAlerts& own_alerts() const { return own_alerts_; }
  // To be copied by who reads rules in another thread.
  const RuleBook<NotifierRules>& rules() const { return rules_; }

 private:
  struct Route;
  static const Route* find_route(std::string_view topic, bool own);
  Result<void> load_rules(const Event& event, Step& step);
  Result<void> remember_order(const Event& event, Step& step);
  Result<void> tell_alert(const Event& event, Step& step);
  Result<void> tell_move(const Event& event, Step& step);
  // `refused` before any were loaded.
  Result<const NotifierRules*> rules_in_force(Step& step) const;
  Result<void> tell(const Event& event, const NoticeSubject& subject, const NotifierRules& rules,
                    Step& step);
  Result<void> queue(NoticeRow row, Step& step);
  Result<void> begin_delivery(const Event& event, Step& step);
  Result<void> end_delivery(const Event& event, Step& step);
  Result<NoticeRow> existing(const std::string& notice_id, Step& step) const;
  // notifier_delivery.cc
  Result<bool> pace(NoticeRow& row, uint64_t attempt, Step& step);
  Result<void> place_hold(DeliveryEnd& end, const std::string& name, const NotifierRules& rules,
                          Step& step);
  Result<void> note_end(NoticeRow& row, const DeliveryEnd& end, const NotifierRules& rules,
                        Step& step);
  Result<void> give_up(const NoticeRow& row, Step& step);
  Result<void> check_idle(const std::string& channel, Step& step) const;
  Result<void> take_receipt(const Event& event, Step& step);
  Result<void> settle_receipt(NoticeRow row, const DeliveryReceipt& receipt, Step& step);
  Result<void> fail_silent(Step& step);
  Result<void> withdraw(const std::string& id, Step& step);
  Result<void> forget_old(Step& step);
  // Writes the row, with this step, and tells of it.
  Result<void> settle(const NoticeRow* before, NoticeRow row, std::string_view topic,
                      NoticeStep notice, Step& step) const;
  // notifier_digest.cc
  Result<void> make_digest(const PaceVerdict& verdict, const NotifierRules& rules, Step& step);
  Result<void> join_digest(const std::string& id, const std::vector<NoticeRow>& rows,
                           const NotifierRules& rules, Step& step);
  Result<void> merge_into(const std::string& digest, const std::vector<NoticeRow>& rows,
                          std::vector<DigestMember>& members, Step& step);
  Result<std::string> new_digest_id(const std::string& first, Step& step) const;
  Result<std::vector<DigestMember>> told_by(const NoticeRow& row, Step& step) const;
  Result<std::vector<std::string>> alerts_of(const std::string& notice_id, Step& step) const;
  Result<std::optional<NoticeRow>> open_digest_of(const NoticeRow& member, Step& step) const;
  Result<void> leave_digest(const NoticeRow& member, Step& step);
  Result<bool> renew_member(const NoticeRow& member, const NoticeRow& wanted, Step& step);
  Result<void> rewrite_digest(const NoticeRow& digest, const std::vector<DigestMember>& members,
                              Step& step);
  // notifier_channels.cc
  std::vector<std::string> channel_names(Step& step) const;
  Result<void> leave_channels(const std::vector<std::string>& before, Step& step);
  Result<void> leave_channel(const NoticeRow& row, const NotifierRules& rules, Step& step);
  // notifier_calls.cc
  Result<void> tell_emergency(const Event& event, const OrderCard& card, Step& step);
  Result<void> follow_move(const Event& event, Step& step);
  Result<void> follow_clocks(const Event& event, Step& step);
  // A hand-over waits for its second signature; it has it, or was withdrawn.
  Result<void> await_relief(const Event& event, Step& step);
  Result<void> end_handover(const Event& event, Step& step);
  Result<void> withdraw_handover(const Event& event, Step& step);
  Result<void> note_import(const Event& event, Step& step);
  Result<void> take_foreign(const Event& event, Step& step);
  Result<void> add_silence(const Event& event, Step& step);
  Result<void> lift_silence(const Event& event, Step& step);
  // notifier_duty.cc
  // The rota or the ladders are others.
  Result<void> watch_anew(Step& step);
  Result<void> request_duty(const Event& event, Step& step);
  Result<void> decide_duty(const Event& event, Step& step);
  // notifier_answers.cc
  Result<void> acknowledge(const Event& event, Step& step);
  Result<void> acknowledge_all(const std::vector<std::string>& alerts, const AlertAcknowledge& ack,
                               Step& step);
  Result<std::vector<std::string>> acknowledged_alerts(const AlertAcknowledge& ack,
                                                       Step& step) const;
  Result<void> escalate(const Event& event, Step& step);
  // The id of what a reply of "1" means: the latest call that went out to the person and still asks
  // for an answer of his; "" when nothing went out to him.
  Result<std::string> answered_notice(const AlertAcknowledge& ack, Step& step) const;
  // The list that went out to the person with this code; "" when there is none.
  Result<std::string> answered_list(const AlertAcknowledge& ack, Step& step) const;
  // Of what a notice told, what its alerts still tell; `refused` when that is nothing.
  Result<std::vector<std::string>> told_alerts(const std::string& notice_id, Step& step) const;
  Result<bool> is_old_code(const std::string& alert, const std::string& person, Step& step) const;
  Result<bool> is_known_reply(const AlertAcknowledge& ack, Step& step) const;
  Result<void> note_reply(const AlertAcknowledge& ack, Step& step);
  // By alert, of those that somebody else had stopped: who.
  using Earlier = std::map<std::string, std::string>;
  Result<Earlier> stopped_earlier(const std::vector<std::string>& alerts, const std::string& person,
                                  Step& step) const;
  Result<void> note_answer(const std::vector<std::string>& alerts, const AlertAcknowledge& ack,
                           const Earlier& earlier, Step& step);
  // Whether any of the alerts that a notice tells of does.
  Result<bool> asks(const std::string& notice_id, const std::string& person, Step& step) const;
  Result<void> note_out(const NoticeRow& row, Step& step);
  Result<size_t> least_asking(const std::vector<std::string>& ids, const std::string& person,
                              Step& step) const;
  Result<std::vector<std::string>> with_same_matter(std::vector<std::string> alerts,
                                                    Step& step) const;
  // After an attempt at a call, or at a list of calls.
  Result<void> follow_attempt(const NoticeRow& row, DeliveryOutcome outcome, Step& step);
  Result<bool> call(const WantedCall& wanted, Step& step) override;
  Result<void> take_back(const std::string& alert, const std::string& person, Step& step) override;
  Result<std::vector<PendingCall>> hold_back(const std::string& alert, Step& step) override;
  Result<void> close_call(const std::string& alert, const std::string& notice_id, Step& step);
  // Of what carries it: of a call in a list, the list.
  Result<NoticeState> carried_as(const NoticeRow& row, Step& step) const;
  Result<void> renew_words(NoticeRow& row, Step& step) const;
  Result<bool> renew_call(const NoticeRow& wanted, Step& step);
  Result<std::vector<std::string>> open_calls_of(const std::string& alert, Step& step) const;

  NoticeTables tables_;
  NoticeSweep sweep_;
  Pacing pacing_;
  Callouts callouts_;
  OwnAlerts own_alerts_;
  HandoverWatch handover_watch_;
  RuleBook<NotifierRules> rules_;
};

}  // namespace jieban
