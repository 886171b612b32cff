// The compliance figures of a service contract, over orders (DOMAIN §17): numerator, denominator,
// and every miss by name.
//
// A figure whose facts the source does not have is not known: it has no rate, and nothing of it is
// counted as met or missed. Figures are of a period and as of an instant: what happened later has
// not happened.
// Nothing fails. Thread rule: plain values and pure functions.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "common/assessment/contract.h"
#include "common/assessment/cycle.h"
#include "common/assessment/rate.h"

namespace jieban {

struct LedgerOrder {
  std::string order_no;
  std::optional<Timestamp> dispatched_at;  // by the city, to the street
  std::optional<Timestamp> signed_at;
  std::optional<Timestamp> forwarded_at;
  std::optional<Timestamp> submitted_at;
  std::optional<Timestamp> due_at;  // with the extension that was approved
  std::optional<Timestamp> caller_told_at;
  std::optional<Timestamp> hotline_told_at;
  std::optional<bool> needs_forward;
  bool cancelled = false;
  bool returned = false;
  bool self_answered = false;
  bool rejected = false;
};

// What the source can tell at all: signed, forwarded, needs_forward, submitted, told, rejected.
using LedgerFacts = std::set<std::string, std::less<>>;

struct LedgerFigure {
  std::string_view code;  // "sign"
  std::string_view chinese;
  std::string_view definition;  // for people: what is counted over what
  bool known = false;
  Rate rate;
};

struct LedgerMiss {
  std::string order_no;
  std::string_view figure;
  std::string reason;
};

struct LedgerAnswer {
  std::vector<LedgerFigure> figures;
  std::vector<LedgerMiss> misses;  // of sign, forward, on_time, feedback
};

struct LedgerScope {
  Span period;
  Timestamp as_of;
  std::optional<Duration> sign_within;
};

LedgerAnswer ledger_figures(const std::vector<LedgerOrder>& orders, const LedgerFacts& facts,
                            const LedgerScope& scope);

}  // namespace jieban
