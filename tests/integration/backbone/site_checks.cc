#include "tests/integration/backbone/site_checks.h"

#include <gtest/gtest.h>

#include "common/base/file.h"
#include "common/json/json.h"
#include "tests/integration/backbone/street.h"
#include "tests/support/exchange.h"

namespace jieban {
namespace {

// Pages go from the newest order downwards; the order numbers of a street count up.
void collect_numbers(DaemonClient& archiver, std::map<std::string, int>& found) {
  std::string below;
  while (true) {
    auto page = archiver.get_value("/api/v1/orders?page_size=200" + below);
    ASSERT_TRUE(page.ok()) << page.error().message;
    for (const Value& order : array_at(*page, "orders")) {
      ++found[std::string(text_at(order, "order_no"))];
    }
    const Value* next = page->find("next");
    if (next == nullptr || next->is_null()) return;
    below = "&below=" + scalar_text(*next);
  }
}

}  // namespace

void expect_whole_streams(const TestSite& site) {
  for (const std::string& daemon : all_daemons()) {
    DaemonClient ops = site.ops(daemon);
    auto verified = ops.get_value("/admin/verify");
    ASSERT_TRUE(verified.ok()) << daemon << ": " << verified.error().message;
    EXPECT_TRUE(boolean_at(*verified, "ok")) << daemon << ": " << to_json(*verified);
    EXPECT_EQ(integer_at(*verified, "checked"), integer_at(*verified, "head")) << daemon;
    auto quarantine = ops.get_value("/admin/quarantine");
    ASSERT_TRUE(quarantine.ok());
    EXPECT_TRUE(array_at(*quarantine, "items").empty()) << daemon << ": " << to_json(*quarantine);
  }
}

void expect_all_orders(const TestSite& site, uint64_t orders) {
  DaemonClient archiver = site.api("archiver");
  std::map<std::string, int> found;
  collect_numbers(archiver, found);
  EXPECT_EQ(found.size(), orders);
  for (uint64_t number = 1; number <= orders; ++number) {
    ASSERT_EQ(found[street_order_no(number)], 1) << street_order_no(number);
  }
}

void mute_dispatches(const TestSite& site) {
  const std::string path = site.root() + "/etc/escalation.yaml";
  auto text = read_file(path, size_t{1} << 20U);
  ASSERT_TRUE(text.ok());
  exchange(*text, "\ntimes:\n", "\ntimes:\n  all_day: [{times: [\"00:00-24:00\"]}]\n");
  exchange(*text, "receiver: unaccepted, ", "receiver: unaccepted, mute_times: [all_day], ");
  ASSERT_TRUE(write_file(path, *text).ok());
}

int64_t head_of(const TestSite& site, const std::string& daemon) {
  auto status = site.status(daemon);
  return status ? integer_at(*status, "head") : -1;
}

void expect_all_events(const TestSite& site) {
  int64_t heads = 0;
  for (const char* daemon : {"receiver", "router", "sla-watcher", "notifier"}) {
    heads += head_of(site, daemon);
  }
  auto chain = site.api("archiver").get_value("/api/v1/verify");
  ASSERT_TRUE(chain.ok()) << chain.error().message;
  EXPECT_TRUE(boolean_at(*chain, "whole")) << to_json(*chain);
  EXPECT_EQ(integer_at(*chain, "count"), heads);
}

}  // namespace jieban
