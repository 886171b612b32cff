// Goal: every daemon starts with an empty file, and what the file says reaches the engine.
#include "common/daemon/common_parameters.h"

#include <gtest/gtest.h>

#include <set>

#include "common/domain/topology.h"
#include "tests/support/fake_clock.h"

namespace jieban {
namespace {

Result<Settings> settings_of(const std::string& daemon, const std::string& text) {
  return parse_settings(text, "test.yaml", common_parameters(daemon));
}

TEST(CommonParameters, AnEmptyFileIsAGoodFileForEveryDaemon) {
  std::set<std::string> addresses;
  for (const DaemonPlace& place : topology::kDaemons) {
    std::string daemon(place.name);
    auto settings = settings_of(daemon, "");
    ASSERT_TRUE(settings.ok()) << settings.error().message;
    EXPECT_EQ(settings->text("state.directory"), "/var/lib/jieban/" + daemon);
    addresses.insert(settings->text("ops.address"));
  }
  EXPECT_EQ(addresses.size(), topology::kDaemons.size()) << "they live on one host";
}

TEST(CommonParameters, UnknownAndImpossibleOnesAreRefused) {
  EXPECT_TRUE(settings_of("router", "store:\n  retention: 2h\n").ok());
  EXPECT_FALSE(settings_of("router", "store:\n  retention: 1m\n").ok());
  EXPECT_FALSE(settings_of("router", "store:\n  retension: 2h\n").ok());
  EXPECT_FALSE(settings_of("router", "log:\n  level: loud\n").ok());
  EXPECT_FALSE(settings_of("router", "clock:\n  speed: 0\n").ok());
}

TEST(CommonParameters, TheEngineGetsWhatTheFileSays) {
  auto settings = settings_of("router",
                              "street:\n  code: \"demo\"\n"
                              "state:\n  directory: /x/router\n"
                              "store:\n  map_size: 2MiB\n  disk_free_min: 3MiB\n  retention: 2h\n");
  ASSERT_TRUE(settings.ok()) << settings.error().message;
  FakeClock clock;
  SeededRandom random(3);
  EngineOptions options = engine_options("router", *settings, clock, random);
  EXPECT_EQ(options.street, "demo");
  EXPECT_EQ(options.daemon, "router");
  EXPECT_EQ(options.upstreams, upstreams_of("router"));
  EXPECT_EQ(options.consumers, consumers_of("router"));
  EXPECT_EQ(options.disk_free_min, 3U << 20U);
  EXPECT_EQ(options.retention, std::chrono::hours(2));
  EXPECT_EQ(options.environment.path, "/x/router");
  EXPECT_EQ(options.environment.stream, "demo.router");
  EXPECT_EQ(options.environment.map_size, 2U << 20U);
  EXPECT_EQ(options.environment.now, clock.now());
}

TEST(CommonParameters, EpochsAreNeverZeroDifferAndFitADouble) {
  auto settings = settings_of("router", "");
  FakeClock clock;
  SeededRandom random(3);
  std::set<uint64_t> epochs;
  for (int i = 0; i < 100; ++i) {
    uint64_t epoch = engine_options("router", *settings, clock, random).environment.new_epoch;
    EXPECT_NE(epoch, 0U);
    EXPECT_EQ(uint64_t(double(epoch)), epoch);
    epochs.insert(epoch);
  }
  EXPECT_EQ(epochs.size(), 100U);
}

TEST(CommonParameters, TheClockIsTheSystemsUnlessAnOriginIsGiven) {
  auto plain = make_clock(*settings_of("router", "clock:\n  speed: 60\n"));
  ASSERT_TRUE(plain.ok());
  EXPECT_EQ((*plain)->real(std::chrono::minutes(1)), std::chrono::minutes(1));
  auto fast = make_clock(
      *settings_of("router", "clock:\n  speed: 60\n  origin: \"2026-03-10 00:00:00\"\n"));
  ASSERT_TRUE(fast.ok()) << fast.error().message;
  EXPECT_EQ((*fast)->real(std::chrono::minutes(1)), std::chrono::seconds(1));
  auto wrong = make_clock(*settings_of("router", "clock:\n  origin: \"tomorrow\"\n"));
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace jieban
