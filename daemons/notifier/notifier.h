// Notifier: the core that turns alerts into notices and keeps account of each of them.
//
// Follows the streams of router and sla-watcher. An alert becomes one notice for each channel of
// the rules that wants it; what the channels make of them comes in as delivery.begin and
// delivery.end. A notice names order number, category, community, unit and deadline, never a
// person (ARCHITECTURE §6).
// What fails and how: an alert that comes while no rules are loaded is refused, and so set aside
// for an operator to retry: it is never dropped. Rules that check_rules refuses do not come into
// force. Thread rule: the loop's thread; tables() may be read from any.
#pragma once

#include <string>
#include <vector>

#include "common/config/settings.h"
#include "common/daemon/rule_book.h"
#include "common/daemon/service.h"
#include "daemons/notifier/notice_tables.h"

namespace jieban {

// The parameters of the daemon's own configuration file.
std::vector<Parameter> notifier_parameters();

class Notifier : public Service {
 public:
  static constexpr const char* kRulesName = "notices";
  // Signals: something is due on a channel; the rules may have changed.
  static constexpr const char* kDueSignal = "due";
  static constexpr const char* kRulesSignal = "rules";

  Result<void> open(TableOpener& opener) override;
  Result<void> apply(const Event& event, Step& step) override;

  const NoticeTables& tables() const { return tables_; }
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
  Result<void> queue(const NoticeRow& row, Step& step);
  Result<void> begin_delivery(const Event& event, Step& step);
  Result<void> end_delivery(const Event& event, Step& step);
  Result<NoticeRow> existing(const std::string& notice_id, Step& step) const;

  NoticeTables tables_;
  RuleBook<NotifierRules> rules_;
};

}  // namespace jieban
