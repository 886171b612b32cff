// A site that is set up can be read again, and its keys are never overwritten.
#include "tools/site/site.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "common/base/file.h"
#include "common/config/document.h"
#include "common/crypto/random.h"
#include "common/routing/rules_file.h"
#include "tests/support/temp_dir.h"
#include "tools/site/client.h"
#include "tools/site/setup.h"

namespace jieban {
namespace {

SitePlan plan_in(const std::string& root) {
  SitePlan plan;
  plan.root = root;
  plan.port_base = 19100;
  return plan;
}

TEST(Site, WhatIsSetUpIsReadAgain) {
  ASSERT_TRUE(initialise_crypto().ok());
  const TempDir folder;
  const SitePlan plan = plan_in(folder.path("s"));
  ASSERT_TRUE(write_keys(plan.root + "/keys").ok());
  auto written = write_configuration(plan, JIEBAN_SOURCE_DIR "/config");
  ASSERT_TRUE(written.ok()) << written.error().message;
  auto site = Site::load(plan.root, "");
  ASSERT_TRUE(site.ok()) << site.error().message;
  EXPECT_EQ(site->street, "110102007");
  EXPECT_EQ(site->daemon("router").ops_address, "127.0.0.1:19102");
  EXPECT_EQ(site->daemon("receiver").api_address, "127.0.0.1:19111");
  EXPECT_EQ(site->daemon("archiver").api_address, "127.0.0.1:19115");
  EXPECT_EQ(site->daemon("notifier").api_address, "127.0.0.1:19114");
  EXPECT_EQ(site->daemon("router").api_address, "");
  EXPECT_EQ(site->import_directory, plan.root + "/import");
  EXPECT_EQ(site->admin_token.size(), 43u);
  EXPECT_EQ(site->client_token("desk").size(), 43u);
  EXPECT_NE(site->client_token("desk"), site->client_token("city"));
  EXPECT_EQ(site->client_token("alertmanager").size(), 43u);
  EXPECT_EQ(site->client_token("nobody"), "");
}

TEST(Site, ContactsAreForTheNotifierAlone) {
  const TempDir folder;
  const SitePlan plan = plan_in(folder.path("s"));
  ASSERT_TRUE(write_configuration(plan, JIEBAN_SOURCE_DIR "/config").ok());
  struct stat about {};
  const std::string contacts = plan.etc_directory() + "/contacts.yaml";
  ASSERT_EQ(stat(contacts.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0137u, 0u) << "0640 at most";
  for (const DaemonSeat& seat : kSeats) {
    const auto file =
        read_file(plan.etc_directory() + "/" + std::string(seat.name) + ".yaml", 1000);
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(file->find(contacts) != std::string::npos, seat.name == "notifier") << seat.name;
  }
}

TEST(Site, HasTheCalendarsThatItsClocksCountBy) {
  const TempDir folder;
  const SitePlan plan = plan_in(folder.path("s"));
  ASSERT_TRUE(write_configuration(plan, JIEBAN_SOURCE_DIR "/config").ok());
  const std::string etc = plan.etc_directory();
  for (const char* file : {"2020.yaml", "2027.yaml", "office.yaml"}) {
    EXPECT_TRUE(read_file(etc + "/calendar/" + file, 100'000).ok()) << file;
  }
  for (const char* daemon : {"sla-watcher", "router"}) {
    const auto file = read_file(etc + "/" + daemon + ".yaml", 100'000);
    ASSERT_TRUE(file.ok());
    EXPECT_NE(file->find("calendar: \"" + etc + "/calendar/office.yaml\""), std::string::npos);
  }
}

TEST(Site, RoutesByTheDirectoryOfItsStreetWhereOneIsShipped) {
  for (const char* street : {"110102007", "110102010", "110102001"}) {
    const TempDir folder;
    SitePlan plan = plan_in(folder.path("s"));
    plan.street = street;
    ASSERT_TRUE(write_configuration(plan, JIEBAN_SOURCE_DIR "/config").ok());
    const std::string etc = plan.etc_directory();
    const bool shipped = street != std::string("110102001");
    const std::string directory = etc + "/directory.yaml";
    EXPECT_EQ(read_file(directory, 100'000).ok(), shipped) << street;
    const auto router = read_file(etc + "/router.yaml", 100'000);
    ASSERT_TRUE(router.ok());
    EXPECT_EQ(router->find("directory: \"" + directory) != std::string::npos, shipped) << *router;
    auto rules = load_rule_files({etc + "/routing.yaml", etc + "/clocks.yaml",
                                  shipped ? directory : "", etc + "/categories.yaml"});
    ASSERT_TRUE(rules.ok()) << rules.error().message;
    EXPECT_EQ(rules->directory ? rules->directory->code : "none", shipped ? street : "none");
  }
}

TEST(Site, KeysAreForTheirOwnerAndAreNotOverwritten) {
  ASSERT_TRUE(initialise_crypto().ok());
  const TempDir folder;
  const std::string keys = folder.path("keys");
  ASSERT_TRUE(write_keys(keys).ok());
  struct stat about {};
  ASSERT_EQ(stat((keys + "/master.key").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777u, 0600u);
  const std::string before = *read_file(keys + "/master.key", 1000);
  EXPECT_EQ(before.size(), 65u);
  auto again = write_keys(keys);
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  EXPECT_EQ(*read_file(keys + "/master.key", 1000), before);
}

TEST(Site, WhoCannotReadTheKeysMissesOnlyTheTokens) {
  const TempDir folder;
  const SitePlan plan = plan_in(folder.path("s"));
  ASSERT_TRUE(write_configuration(plan, JIEBAN_SOURCE_DIR "/config").ok());
  auto site = Site::load(plan.root, "");
  ASSERT_TRUE(site.ok());
  EXPECT_EQ(site->import_directory, plan.root + "/import");
  auto asked = DaemonClient::ops(*site, "router");
  ASSERT_FALSE(asked.ok());
  EXPECT_EQ(asked.error().code, ErrorCode::unauthenticated);
  EXPECT_NE(asked.error().message.find("admin.token"), std::string::npos);
}

TEST(Site, AFolderThatIsNoSiteIsNotFound) {
  const TempDir folder;
  auto site = Site::load(folder.root(), "");
  ASSERT_FALSE(site.ok());
  EXPECT_EQ(site.error().code, ErrorCode::not_found);
}

TEST(SitePlan, ImpossiblePlansAreRefused) {
  EXPECT_TRUE(check_plan(plan_in("/srv/j")).ok());
  const auto refused = [](auto change) {
    SitePlan plan = plan_in("/srv/j");
    change(plan);
    return !check_plan(plan).ok();
  };
  EXPECT_TRUE(refused([](SitePlan& plan) { plan.root = "relative"; }));
  EXPECT_TRUE(refused([](SitePlan& plan) { plan.root = "/" + std::string(80, 'x'); }));
  EXPECT_TRUE(refused([](SitePlan& plan) { plan.street = "11010200x"; }));
  EXPECT_TRUE(refused([](SitePlan& plan) { plan.port_base = 80; }));
  EXPECT_TRUE(refused([](SitePlan& plan) { plan.port_base = 65530; }));
  EXPECT_TRUE(refused([](SitePlan& plan) { plan.clock_speed = 10; }));
  EXPECT_TRUE(refused([](SitePlan& plan) { plan.clock_origin = "2026-02-30 00:00:00"; }));
}

TEST(SitePlan, OnlyADemonstrationSetsTheClock) {
  SitePlan plan = plan_in("/srv/j");
  EXPECT_EQ(daemon_configuration(plan, "router").find("clock:"), std::string::npos);
  plan.clock_origin = "2026-03-10 08:00:00";
  plan.clock_speed = 60;
  for (const DaemonSeat& seat : kSeats) {
    const std::string text = daemon_configuration(plan, seat.name);
    EXPECT_NE(text.find("  speed: 60\n"), std::string::npos) << seat.name;
    EXPECT_TRUE(Document::parse(text, "x.yaml").ok()) << seat.name;
  }
}

}  // namespace
}  // namespace jieban
