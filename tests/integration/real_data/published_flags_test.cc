// Goal: whether an order was answered in time, we say as its city said. Boston published 41,827
// requests of 2011 with their target, their closing and a flag: the contract's ledger computes it
// anew of the export, the archive of what came in through the receiver's folder.
#include <algorithm>
#include <map>

#include "common/json/json.h"
#include "tests/integration/real_data/collection.h"
#include "tests/support/wait_until.h"
#include "tools/jieban/ledger.h"

namespace jieban {
namespace {

using std::chrono::seconds;

constexpr std::string_view kAliases =
    "version: 1\n"
    "dates: year_first\n"
    "aliases:\n"
    "  order_no: [case_enquiry_id]\n"
    "  content: [case_title]\n"
    "  cat_path: [type]\n"
    "  community: [neighborhood]\n"
    "  created_at_city: [open_dt]\n"
    "  due_at: [target_dt]\n"
    "  completed_at: [closed_dt]\n";

struct Published {
  size_t row = 0;
  std::string order_no;
  bool in_time = false;
};

size_t column(const Rows& rows, std::string_view name) {
  const auto& header = rows.front();
  const auto found = std::ranges::find(header, name);
  CHECK(found != header.end());
  return size_t(found - header.begin());
}

// Rows that are closed, had a target, and carry a flag. One without a target is on time by nobody's
// measure, one that is open has no closing to compare, and of some the flag is blank.
std::vector<Published> published(const Rows& rows) {
  const size_t id = column(rows, "case_enquiry_id");
  const size_t target = column(rows, "target_dt");
  const size_t closed = column(rows, "closed_dt");
  const size_t flag = column(rows, "ontime");
  std::vector<Published> found;
  for (size_t i = 1; i < rows.size(); ++i) {
    const auto& row = rows[i];
    if (row[target].empty() || row[closed].empty() || row[flag].empty()) continue;
    found.push_back({i, row[id], row[flag] == "ONTIME"});
  }
  return found;
}

TEST(PublishedFlags, TheLedgerComputesThemAnewOnEveryRow) {
  COLLECTED_OR_SKIP(csv, "boston311/requests.csv");
  std::map<std::string, bool> flags;
  for (const Published& each : published(rows_of(csv))) flags[each.order_no] = each.in_time;
  EXPECT_EQ(flags.size(), 33'356U);
  ColumnNames names;
  ASSERT_TRUE(names
                  .add_text("version: 1\n"
                            "dates: year_first\n"
                            "aliases:\n"
                            "  order_no: [case_enquiry_id]\n"
                            "  due_at: [target_dt]\n"
                            "  submitted_at: [closed_dt]\n",
                            "boston.yaml")
                  .ok());
  auto table = read_export(csv, names);
  ASSERT_TRUE(table.ok());
  auto orders = read_orders(std::move(*table), {});
  ASSERT_TRUE(orders.ok());
  EXPECT_TRUE(orders->faults.empty());
  const LedgerSource source = ledger_source(*orders);
  EXPECT_EQ(source.orders.size(), 41'827U);
  size_t judged = 0;
  size_t wrong = 0;
  const LedgerScope always{
      {*parse_local("2000-01-01 00:00:00"), *parse_local("2100-01-01 00:00:00")},
      *parse_local("2099-01-01 00:00:00"),
      {}};
  for (const LedgerOrder& order : source.orders) {
    const auto flag = flags.find(order.order_no);
    if (flag == flags.end()) continue;
    const LedgerAnswer answer = ledger_figures({order}, source.facts, always);
    for (const LedgerFigure& figure : answer.figures) {
      if (figure.code != "on_time") continue;
      ++judged;
      wrong += (figure.rate == Rate{1, 1}) == flag->second ? 0 : 1;
    }
  }
  EXPECT_EQ(judged, flags.size());
  EXPECT_EQ(wrong, 0U);
}

// What the archive says of each order, page by page.
std::map<std::string, std::optional<bool>> archived(const TestSite& site) {
  DaemonClient archiver = site.api("archiver");
  std::map<std::string, std::optional<bool>> verdicts;
  const std::string first = "/api/v1/orders?page_size=200";
  std::string target = first;
  while (true) {
    auto page = archiver.get_value(target);
    CHECK(page.ok());
    for (const Value& order : array_at(*page, "orders")) {
      const Value* in_time = order.find("on_time");
      const bool known = in_time != nullptr && !in_time->is_null();
      verdicts[text_at(order, "order_no")] =
          known ? std::optional(boolean_at(order, "on_time")) : std::nullopt;
    }
    const Value* next = page->find("next");
    if (next == nullptr || next->is_null()) return verdicts;
    target = first + "&below=" + scalar_text(*next);
  }
}

TEST(PublishedFlags, TheArchiveAgreesOnWhatWasImportedThroughTheDaemons) {
  COLLECTED_OR_SKIP(csv, "boston311/requests.csv");
  const Rows all = rows_of(csv);
  TestSite site;
  add_aliases(site, "aliases-boston.yaml", std::string(kAliases));
  site.start_all();
  ASSERT_TRUE(site.wait_ready(seconds(60))) << site.logs();
  EXPECT_EQ(import_csv(site, "requests.csv", csv_of(all), seconds(120)), int64_t(all.size() - 1));
  ASSERT_TRUE(wait_until(
      [&] {
        auto counts = site.api("archiver").get_value("/api/v1/counts");
        return counts.ok() && integer_at(*counts, "total") == int64_t(all.size() - 1);
      },
      seconds(120)))
      << site.logs();
  ASSERT_TRUE(site.wait_drained(seconds(200))) << site.logs();
  const auto verdicts = archived(site);
  EXPECT_EQ(verdicts.size(), all.size() - 1);
  size_t agreed = 0;
  for (const Published& each : published(all)) {
    const auto verdict = verdicts.find(each.order_no);
    ASSERT_NE(verdict, verdicts.end()) << "row " << each.row;
    ASSERT_TRUE(verdict->second.has_value()) << "row " << each.row;
    agreed += *verdict->second == each.in_time ? 1 : 0;
  }
  EXPECT_EQ(agreed, published(all).size());
  EXPECT_GT(agreed, 1000U);
}

}  // namespace
}  // namespace jieban
