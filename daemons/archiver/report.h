// The report of a period (DOMAIN §11.1, §11.5, §17) as figures, without words.
//
// An order belongs to the period in which the city created it, however late it came. What happened
// to it is counted as far as it had happened at `as_of`, or an hour after an arrival later than
// that; so the report of a past day comes out the same whenever it is asked for, as long as no
// message comes late or changes an order's own facts.
// Rates are printed by common/assessment/rate.h: cut, never rounded up to 100 %.
// Fails: `invalid` for a period that cannot be, `corrupt` and `io` of the store.
// Thread rule: any thread; reads in short transactions.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/assessment/rate.h"
#include "daemons/archiver/query.h"
#include "daemons/archiver/record_query.h"

namespace jieban {

constexpr size_t kHotCategories = 5;
// Orders that a section names; it always tells the whole count.
constexpr size_t kSectionNamesMax = 200;

struct ReportPeriod {
  Timestamp from;
  Timestamp to;  // not included
  Timestamp as_of;
  std::optional<std::string> day;  // of a daily report: "2026-07-18"
};

// [D-1 12:00, D 12:00), as of 13:00, when the report is issued; `now` if that is still to come.
Result<ReportPeriod> daily_period(const std::string& day, Timestamp now);
// As of an hour after its end.
Result<ReportPeriod> free_period(Timestamp from, Timestamp to, Timestamp now);

struct NamedCount {
  std::string name;
  uint64_t count = 0;
  bool operator==(const NamedCount&) const = default;
};

struct Section {
  uint64_t count = 0;
  std::vector<std::string> order_numbers;  // the earliest kSectionNamesMax, by deadline or arrival
};

struct Report {
  ReportPeriod period;
  uint64_t received = 0;
  std::vector<NamedCount> by_class;  // codes; only those that occur, the most frequent first
  std::vector<NamedCount> by_state;  // codes; every state
  std::vector<NamedCount> hot;       // first-level categories, at most kHotCategories
  Rate signed_rate;                  // 签收率: signed / received
  Rate forwarded_rate;               // 转办率: dispatched / signed
  Rate on_time_rate;                 // 按时办结率: submitted in time / due in the period
  uint64_t warnings = 0;             // in the period
  uint64_t breaches = 0;
  uint64_t updates = 0;
  uint64_t repeats = 0;  // received under a number that had been there before
  // As things stood at `as_of`, over all orders; the days are those of the end of the period.
  Section waiting;       // 待签收
  Section due_today;     // 今日到期
  Section due_tomorrow;  // 明日到期
  Section overdue;       // 超时
  // In the period, by what was decided or asked (DOMAIN §11.1, 7).
  std::vector<NamedCount> steps;  // topics of kReportedSteps, every one
  uint64_t late_returns = 0;      // asked for after the window, by override
  // What the figures were read from.
  uint64_t chain_count = 0;
  std::string chain_hash;
};

// The topics that a report counts among the records, in its order.
inline constexpr std::array<std::string_view, 7> kReportedSteps = {
    "order.return_requested",  "order.returned", "order.return_refused",
    "order.bounced",           "order.rejected", "order.extension_requested",
    "order.extension_approved"};

Result<Report> make_report(const Archive& archive, const ReportPeriod& period);

}  // namespace jieban
