// The compliance ledger of a contract, put together for people and for programs (DOMAIN §17).
//
// Three periods, all up to the same instant: the contract so far, the assessment cycle, the
// calendar month. Misses and penalties are those of the contract so far.
// Pure; what fails is a source that has too little (`invalid`).
#pragma once

#include <string>
#include <vector>

#include "common/assessment/obligations.h"
#include "common/base/value.h"
#include "tools/jieban/export_order.h"

namespace jieban {

struct LedgerSource {
  std::string name;  // for people: the file, or the archive
  std::vector<LedgerOrder> orders;
  LedgerFacts facts;
  std::vector<RowFault> faults;
};

LedgerSource ledger_source(const ExportOrders& orders);
// Orders as the archive's HTTP interface lists them, each round of an order by itself.
void append_archive_orders(const Value& page, LedgerSource& source);
LedgerFacts archive_facts();

struct LedgerPeriod {
  std::string code;  // to_date, cycle, month
  std::string chinese;
  Span span;
  LedgerAnswer answer;
};

struct Ledger {
  Contract contract;
  LedgerNotes notes;
  std::vector<std::string> contradictions;  // between the archive's records and the notes
  Date as_of{};                             // the last day that counts
  std::string source;
  std::vector<LedgerPeriod> periods;
  std::vector<Duty> duties;
  std::vector<PostState> posts;
  RectificationCount rectifications;
  std::vector<PenaltyEstimate> penalties;
};

struct LedgerQuestion {
  Contract contract;
  LedgerNotes notes;
  std::vector<std::string> contradictions;
  Date as_of{};
  CycleRules cycle;
  AddWorkdays add_workdays;
};

Ledger make_ledger(const LedgerSource& source, const LedgerQuestion& question);

std::string ledger_text(const Ledger& ledger);
Value ledger_value(const Ledger& ledger);

}  // namespace jieban
