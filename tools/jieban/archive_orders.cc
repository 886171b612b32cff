#include "tools/jieban/archive_orders.h"

#include <algorithm>
#include <array>
#include <map>

#include "common/assessment/cycle.h"
#include "tools/jieban/archive_records.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

constexpr int kPageSize = 200;
// A street has some 30,000 orders a year.
constexpr size_t kArchivePagesMax = 5000;

struct SolvedCode {
  std::string_view code;
  Solved meaning;
};
constexpr std::array<SolvedCode, 3> kSolved = {
    {{"SOLVED", Solved::solved}, {"PARTIAL", Solved::partial}, {"UNSOLVED", Solved::unsolved}}};
struct SatisfiedCode {
  std::string_view code;
  Satisfied meaning;
};
// 一般 is no praise: as in an export (common/domain/words.cc).
constexpr std::array<SatisfiedCode, 5> kSatisfied = {{{"SATISFIED", Satisfied::satisfied},
                                                      {"BASIC_SATISFIED", Satisfied::basic},
                                                      {"FAIR", Satisfied::unsatisfied},
                                                      {"UNSATISFIED", Satisfied::unsatisfied},
                                                      {"UNRATED", Satisfied::not_rated}}};

template <class Codes, class Out>
void read_code(std::string_view text, const Codes& codes, Out& out) {
  for (const auto& row : codes) {
    if (row.code == text) out = row.meaning;
  }
}

std::optional<Timestamp> first_time(const Value& order, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    if (auto at = parse_local(text_at(order, key))) return at;
  }
  return std::nullopt;
}

Visit visit_of(const Value& record) {
  Visit visit;
  read_code(record_field(record, "solved"), kSolved, visit.solved);
  read_code(record_field(record, "satisfied"), kSatisfied, visit.satisfied);
  visit.contacted = record_field(record, "contacted") == "yes";
  const std::string valid = record_field(record, "valid");
  const bool answered = record_field(record, "reached") == "yes" && visit.solved != Solved::unknown;
  visit.valid = valid.empty() ? answered : valid == "yes";
  return visit;
}

}  // namespace

void append_assessed_orders(const Value& page, ExportOrders& orders) {
  for (const Value& order : array_at(page, "orders")) {
    ExportOrder& made = orders.orders.emplace_back();
    made.order_no = text_at(order, "order_no");
    made.order_type = text_at(order, "order_type");
    made.category = text_at(order, "category");
    made.community = text_at(order, "community");
    made.lead_unit = text_at(order, "lead_unit");
    made.created_at = first_time(order, {"created_at", "received_at"});
    made.completed_at = first_time(order, {"city_completed_at", "completed_at"});
  }
}

void add_visits(const Value::Array& visits, ExportOrders& orders) {
  std::map<std::string, const Value*> latest;
  for (const Value& record : visits) latest[text_at(record, "order_no")] = &record;
  for (ExportOrder& order : orders.orders) {
    const auto found = latest.find(order.order_no);
    if (found == latest.end()) continue;
    order.visit = visit_of(*found->second);
    order.visit_at = parse_local(text_at(*found->second, "at"));
  }
}

std::set<std::string> excluded_by(const std::vector<Appeal>& appeals, const ExportOrders& orders) {
  std::map<std::string, std::optional<Timestamp>> visited;
  for (const ExportOrder& order : orders.orders) visited[order.order_no] = order.visit_at;
  std::set<std::string> excluded;
  for (const Appeal& appeal : appeals) {
    if (!appeal.excludes()) continue;
    const auto found = visited.find(appeal.order_no);
    // By days: a register may have no more.
    const bool against_an_earlier_one = found != visited.end() && found->second &&
                                        appeal.submitted_at &&
                                        local_day(*appeal.submitted_at) < local_day(*found->second);
    if (!against_an_earlier_one) excluded.insert(appeal.order_no);
  }
  return excluded;
}

Result<void> for_each_archived_page(const Session& session, const VisitPage& visit) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  auto archiver = DaemonClient::api(*site, "archiver");
  if (!archiver.ok()) return archiver.error();
  const std::string first = "/api/v1/orders?page_size=" + std::to_string(kPageSize);
  std::string target = first;
  for (size_t pages = 0; pages < kArchivePagesMax; ++pages) {
    auto page = archiver->get_value(target);
    if (!page.ok()) return page.error();
    visit(*page);
    const Value* next = page->find("next");
    if (next == nullptr || next->is_null()) return {};
    target = first + "&below=" + scalar_text(*next);
  }
  return Error{ErrorCode::limit, "the archive lists more than a million orders"};
}

Result<ExportOrders> archived_orders(const Session& session) {
  ExportOrders orders;
  orders.fields = {"order_no",    "order_type",      "cat_path",     "community",
                   "lead_unit",   "created_at_city", "completed_at", "visit_at",
                   "visit_valid", "visit_contacted", "visit_solved", "visit_satisfied"};
  RETURN_IF_ERROR(for_each_archived_page(
      session, [&](const Value& page) { append_assessed_orders(page, orders); }));
  auto visits = archived_records(session, "city_visit");
  if (!visits.ok()) return visits.error();
  add_visits(*visits, orders);
  return orders;
}

}  // namespace jieban
