// Candidates for an appeal among the orders of an export, and what the governor says of them
// (DOMAIN §10.3, §10.5). Nothing is submitted: it is a list for the hard-case officers.
//
// Candidates come from the net set of the cycle: what is excluded already, or stands in the
// register, is left out. Pure; nothing fails.
#pragma once

#include <string>
#include <vector>

#include "common/assessment/governor.h"
#include "common/base/value.h"
#include "tools/jieban/export_order.h"

namespace jieban {

struct CandidateQuestion {
  std::string cycle;  // "2026-07"
  Span span;
  AssessRules rules;
  AssessParams params;
  AppealPoints points;
  std::vector<Appeal> appeals;
};

struct CandidateList {
  std::string cycle;
  std::string points_version;
  bool official = false;
  Rate score;  // of the net set
  AssessParams params;
  AppealRatio ratio;
  std::vector<AppealCandidate> candidates;
  std::vector<RowFault> faults;
};

AppealFacts appeal_facts(const ExportOrder& order);
CandidateList list_candidates(const ExportOrders& orders, const CandidateQuestion& question);

std::string candidates_text(const CandidateList& list);
Value candidates_value(const CandidateList& list);

}  // namespace jieban
