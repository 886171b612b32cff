#include "tools/jieban/ledger.h"

#include <algorithm>
#include <array>

#include "tools/site/client.h"

namespace jieban {
namespace {

struct FactColumn {
  std::string_view fact;
  std::vector<std::string_view> fields;  // all of them
};

// Without 派单时间 nobody knows which orders count; without 办理时限, which are due.
const std::array<FactColumn, 6>& fact_columns() {
  static const std::array<FactColumn, 6> kColumns = {{
      {"signed", {"dispatched_at", "signed_at"}},
      {"forwarded", {"dispatched_at", "signed_at", "forwarded_at"}},
      {"needs_forward", {"dispatched_at", "signed_at", "forwarded_at", "needs_forward"}},
      {"submitted", {"due_at", "submitted_at"}},
      {"told", {"due_at", "caller_told_at", "hotline_told_at"}},
      {"rejected", {"submitted_at", "rejected"}},
  }};
  return kColumns;
}

LedgerOrder ledger_order(const ExportOrder& order) {
  LedgerOrder made;
  made.order_no = order.order_no;
  made.dispatched_at = order.dispatched_at;
  made.signed_at = order.signed_at;
  made.forwarded_at = order.forwarded_at;
  made.submitted_at = order.submitted_at;
  made.due_at = order.extended_due_at ? order.extended_due_at : order.due_at;
  made.caller_told_at = order.caller_told_at;
  made.hotline_told_at = order.hotline_told_at;
  made.needs_forward = order.needs_forward;
  made.cancelled = order.cancelled.value_or(false);
  made.returned = order.returned.value_or(false);
  made.self_answered = order.self_answered.value_or(false);
  made.rejected = order.rejected.value_or(false);
  return made;
}

struct PeriodStart {
  std::string_view code;
  std::string_view chinese;
  Date start;
};

}  // namespace

LedgerSource ledger_source(const ExportOrders& orders) {
  LedgerSource source;
  source.faults = orders.faults;
  for (const ExportOrder& order : orders.orders) source.orders.push_back(ledger_order(order));
  for (const FactColumn& column : fact_columns()) {
    bool there = true;
    for (std::string_view field : column.fields) there = there && orders.has(field);
    if (there) source.facts.emplace(column.fact);
  }
  return source;
}

LedgerFacts archive_facts() { return {"signed", "forwarded", "submitted", "told", "rejected"}; }

namespace {

// Of an order, or of one of its rounds.
LedgerOrder archived_order(const Value& order, const Value& moments) {
  const auto moment = [&](std::string_view key) { return parse_local(text_at(moments, key)); };
  LedgerOrder made;
  made.order_no = text_at(order, "order_no");
  made.signed_at = moment("signed_at");
  made.forwarded_at = moment("dispatched_at");
  made.submitted_at = moment("submitted_at");
  made.due_at = moment("due_at");
  made.caller_told_at = moment("caller_told_at");
  made.hotline_told_at = moment("hotline_told_at");
  const std::string state = text_at(order, "state");
  made.cancelled = state == "CANCELLED";
  made.returned = state == "RETURNED";
  made.self_answered = boolean_at(order, "self_answered");
  made.rejected = integer_at(order, "rejections") > 0;
  return made;
}

// The city's dispatch to the street; of an order that came without one, the next best.
std::optional<Timestamp> dispatched_to_us(const Value& order) {
  for (std::string_view key : {"city_dispatched_at", "created_at", "received_at"}) {
    if (auto at = parse_local(text_at(order, key))) return at;
  }
  return std::nullopt;
}

}  // namespace

void append_archive_orders(const Value& page, LedgerSource& source) {
  for (const Value& order : array_at(page, "orders")) {
    const Value::Array& rounds = array_at(order, "rounds");
    if (rounds.empty()) source.orders.push_back(archived_order(order, order));
    // Each round was dispatched to the street, and was due, by itself.
    for (const Value& round : rounds) {
      source.orders.push_back(archived_order(order, round));
      source.orders.back().dispatched_at = parse_local(text_at(round, "began_at"));
    }
    source.orders[source.orders.size() - std::max<size_t>(rounds.size(), 1)].dispatched_at =
        dispatched_to_us(order);
  }
}

Ledger make_ledger(const LedgerSource& source, const LedgerQuestion& question) {
  using std::chrono::days;
  const Contract& contract = question.contract;
  Ledger ledger;
  ledger.contract = contract;
  ledger.notes = question.notes;
  ledger.contradictions = question.contradictions;
  ledger.as_of = question.as_of;
  ledger.source = source.name;
  const Timestamp end = midnight(question.as_of + days(1));
  const std::chrono::year_month_day today(question.as_of);
  const std::array<PeriodStart, 3> starts = {{
      {"to_date", "合同期至今", contract.term.first},
      {"cycle", "本考核周期", local_day(whole_cycle(question.as_of, question.cycle).from)},
      {"month", "本自然月", Date(today.year() / today.month() / 1)},
  }};
  for (const PeriodStart& each : starts) {
    // Before the contract there was none; after it, there is none.
    const Timestamp from = midnight(std::max(each.start, contract.term.first));
    const Timestamp to = std::min(end, midnight(contract.term.last + days(1)));
    const Span span{from, std::max(from, to)};
    ledger.periods.push_back({std::string(each.code), std::string(each.chinese), span,
                              ledger_figures(source.orders, source.facts,
                                             {span, end - Duration(1), contract.sign_within})});
  }
  ledger.duties = duties(contract, question.notes, question.as_of, question.add_workdays);
  ledger.posts = posts(contract, question.notes);
  ledger.rectifications = count_rectifications(contract, question.notes, question.as_of);
  ledger.penalties =
      penalties(contract, question.notes, ledger.periods[0].answer.misses, question.as_of);
  return ledger;
}

}  // namespace jieban
