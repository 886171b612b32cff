// Muting: what keeps alerts quiet at an instant.
//
// An alert is muted while a silence covers it, while an open alert explains it (an inhibition), and
// in the times of its route (`mute_times`). What `silences.never` of the rules matches, emergencies
// as shipped, is muted by none of the three.
// What fails and how: at() as the store does. Thread rule: a plain value; the rules outlive it.
#pragma once

#include <vector>

#include "common/alerting/escalation_file.h"
#include "common/alerting/time_interval.h"
#include "daemons/notifier/callout/callout_tables.h"

namespace jieban {

class Muting {
 public:
  static Result<Muting> at(const Transaction& store, const CalloutTables& tables,
                           const AlertingRules& rules, const TimeIntervals& times, Timestamp now);

  // An alert with these labels, in a group of that route.
  bool mutes(const Callout& callout, const LabelSet& labels) const;
  // When a silence or a time of the route next begins or ends by the clock; kTimestampMax.
  Timestamp next_change(const Callout& callout) const;

 private:
  Muting(const AlertingRules& rules, const TimeIntervals& times, Timestamp now)
      : rules_(&rules), times_(&times), now_(now) {}

  const AlertingRules* rules_;
  const TimeIntervals* times_;
  Timestamp now_;
  std::vector<Silence> silences_;  // in force
  std::vector<LabelSet> open_;     // alerts that explain others
  Timestamp silences_change_ = kTimestampMax;
};

}  // namespace jieban
