// Both directions of the table agree, and nobody follows what does not exist.
#include "common/domain/topology.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace jieban {
namespace {

using Names = std::vector<std::string>;

bool contains(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

TEST(Topology, UpstreamsStandInTheOrderOfTheDeclaration) {
  EXPECT_EQ(upstreams_of("router"), (Names{"receiver", "notifier"}));
  EXPECT_EQ(upstreams_of("notifier"), (Names{"router", "sla-watcher"}));
  EXPECT_EQ(upstreams_of("archiver"), (Names{"receiver", "router", "sla-watcher", "notifier"}));
}

TEST(Topology, ConsumersAreThoseWhoListTheDaemon) {
  for (const DaemonPlace& publisher : topology::kDaemons) {
    for (const DaemonPlace& consumer : topology::kDaemons) {
      EXPECT_EQ(contains(consumers_of(publisher.name), consumer.name),
                contains(upstreams_of(consumer.name), publisher.name))
          << publisher.name << " and " << consumer.name;
    }
  }
  EXPECT_EQ(consumers_of("archiver"), Names{});
}

TEST(Topology, NobodyFollowsItselfTwiceOrTheUnknown) {
  for (const DaemonPlace& place : topology::kDaemons) {
    Names upstreams = upstreams_of(place.name);
    EXPECT_FALSE(contains(upstreams, place.name));
    for (const std::string& upstream : upstreams) {
      EXPECT_EQ(std::ranges::count(upstreams, upstream), 1);
      EXPECT_EQ(std::ranges::count(topology::kDaemons, upstream, &DaemonPlace::name), 1);
    }
  }
}

TEST(Topology, TheArchiverKeepsEveryOtherStream) {
  EXPECT_EQ(upstreams_of("archiver").size(), topology::kDaemons.size() - 1);
}

TEST(Topology, AskingForAnUnknownDaemonAborts) {
  EXPECT_DEATH((void)upstreams_of("desk"), "a known daemon");
  EXPECT_EQ(consumers_of("desk"), Names{});
}

}  // namespace
}  // namespace jieban
