// Goal: files that contradict each other are told, with both of them; others are not.
#include "tools/site/agreement.h"

#include <gtest/gtest.h>

#include "common/base/file.h"
#include "tests/support/temp_dir.h"
#include "tools/site/setup.h"

namespace jieban {
namespace {

std::string fault(const std::string& router, const std::string& watcher) {
  TempDir etc("/dev/shm");
  CHECK(write_file(etc.path("router.yaml"), router).ok());
  CHECK(write_file(etc.path("sla-watcher.yaml"), watcher).ok());
  auto agreed = check_agreement(etc.root());
  return agreed.ok() ? "" : agreed.error().message;
}

TEST(Agreement, TheShippedFilesAndThoseOfANewSiteAgree) {
  auto shipped = check_agreement(JIEBAN_SOURCE_DIR "/config/daemons");
  EXPECT_TRUE(shipped.ok()) << shipped.error().message;
  TempDir folder("/dev/shm");
  SitePlan plan;
  plan.root = folder.path("s");
  ASSERT_TRUE(write_configuration(plan, JIEBAN_SOURCE_DIR "/config").ok());
  EXPECT_TRUE(check_agreement(plan.etc_directory()).ok());
}

TEST(Agreement, TwoTablesOfClocksAreToldWithBothFiles) {
  const std::string told = fault("rules: {clocks: /a.yaml}\n", "rules: {clocks: /b.yaml}\n");
  for (const char* part :
       {"router.yaml has rules.clocks: /a.yaml", "sla-watcher.yaml has /b.yaml", "say the same"}) {
    EXPECT_NE(told.find(part), std::string::npos) << told;
  }
  EXPECT_EQ(fault("rules: {clocks: /a.yaml}\n", "rules: {clocks: /a.yaml}\n"), "");
  EXPECT_NE(fault("rules: {clocks: /a.yaml}\n", "street: {code: \"110102007\"}\n"), "")
      << "the default is another file";
}

TEST(Agreement, ARouterThatNeedsNoCalendarNamesNone) {
  const std::string watcher = "rules: {calendar: /c/office.yaml}\n";
  EXPECT_EQ(fault("sign: {automatic: true}\n", watcher), "");
  EXPECT_EQ(fault(watcher, watcher), "");
  EXPECT_NE(fault("rules: {calendar: /c/night.yaml}\n", watcher), "");
}

TEST(Agreement, AllAreOfOneStreet) {
  EXPECT_NE(fault("street: {code: \"110102010\"}\n", "street: {code: \"110102007\"}\n"), "");
}

TEST(Agreement, WhatCannotBeReadIsToldByItsOwnDaemon) {
  EXPECT_EQ(fault("rules: {clocks: [\n", "rules: {clocks: /b.yaml}\n"), "");
  EXPECT_TRUE(check_agreement("/nowhere").ok());
}

}  // namespace
}  // namespace jieban
