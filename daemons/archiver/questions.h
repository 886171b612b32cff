// The query strings of the archive's HTTP interface, read strictly.
//
// Fails: `invalid`, saying which parameter is wrong and how it is written; a parameter that is not
// known is refused too, because a filter with a slip in its name would find too much.
// Thread rule: pure functions.
#pragma once

#include <optional>

#include "common/http/message.h"
#include "daemons/archiver/material_week.h"
#include "daemons/archiver/query.h"
#include "daemons/archiver/record_query.h"
#include "daemons/archiver/report.h"

namespace jieban {

enum class ReportFormat { json, markdown };

struct ReportQuestion {
  ReportPeriod period;
  ReportFormat format = ReportFormat::json;
};

// state, class, community, category, order_no, received_from, received_to, below, page_size
Result<OrderFilter> read_order_filter(const HttpHeaders& query);
// kind, order_no, from, to, below, page_size
Result<RecordFilter> read_record_filter(const HttpHeaders& query);
// round
Result<std::optional<uint64_t>> read_round(const HttpHeaders& query);
// date, or from and to; format
Result<ReportQuestion> read_report_question(const HttpHeaders& query, Timestamp now);
struct WeekQuestion {
  Week week;
  ReportFormat format = ReportFormat::json;
};
// date: any day of the week; format
Result<WeekQuestion> read_week_question(const HttpHeaders& query, Timestamp now);
struct SpanQuestion {
  Timestamp from;
  Timestamp to;  // not included
};
// from, to; without them the 31 days before now
Result<SpanQuestion> read_span_question(const HttpHeaders& query, Timestamp now);
// For routes without parameters.
Result<void> refuse_parameters(const HttpHeaders& query);

}  // namespace jieban
