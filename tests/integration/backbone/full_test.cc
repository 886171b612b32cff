// Goal: a store or a disk that runs full costs nothing that was acknowledged: the door says 503 and
// when to come back, what is inside drains as far as there is room, and all go on by themselves
// once there is more. Method: small maps, and a disk of its own (a tmpfs in a private mount
// namespace) with a ballast that is taken away again.
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>

#include <filesystem>
#include <iostream>

#include "common/base/file.h"
#include "tests/integration/backbone/site_checks.h"
#include "tests/integration/backbone/street.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

using std::chrono::seconds;

constexpr uint64_t kBatch = 20;
constexpr size_t kTextBytes = 2000;
constexpr size_t kMiB = size_t{1} << 20U;

// Pushes until the door stays shut, at most `batches`; returns how many orders were acknowledged.
// The batch that was refused is the next one to be sent.
uint64_t push_until_full(const TestSite& site, uint64_t acknowledged, int batches) {
  for (int i = 0; i < batches; ++i) {
    const Duration end = monotonic_now() + seconds(5);
    Desk desk(site, [end] { return monotonic_now() < end; });
    uint64_t first = acknowledged + 1;
    if (!desk.push("batch-" + std::to_string(first), first, kBatch, kTextBytes)) {
      EXPECT_TRUE(desk.complaints().empty()) << desk.complaints().front();
      return acknowledged;
    }
    acknowledged += kBatch;
  }
  return acknowledged;
}

uint64_t push_all(const TestSite& site, uint64_t acknowledged, int batches) {
  uint64_t wanted = acknowledged + uint64_t(batches) * kBatch;
  uint64_t pushed = push_until_full(site, acknowledged, batches);
  EXPECT_EQ(pushed, wanted);
  return pushed;
}

// The raw answer of the door to one more push.
HttpReply knock(const TestSite& site, uint64_t first) {
  auto connection = HttpConnection::open("http://" + site.site().daemon("receiver").api_address);
  CHECK(connection.ok());
  HttpCall call;
  call.url = "/api/v1/orders";
  call.method = "POST";
  call.headers = {{"Authorization", "Bearer " + site.site().client_token("city")},
                  {"Content-Type", "application/json"}};
  call.body = street_push("batch-" + std::to_string(first), first, kBatch, kTextBytes);
  auto reply = connection->call(call);
  return reply.ok() ? *reply : HttpReply{};
}

void expect_shut_door(const TestSite& site, uint64_t acknowledged) {
  HttpReply reply = knock(site, acknowledged + 1);
  EXPECT_EQ(reply.status, 503) << reply.body;
  EXPECT_TRUE(reply.headers.contains("retry-after"));
}

int ready_status(const TestSite& site, const std::string& daemon) {
  auto answer = site.ops(daemon).get("/readyz");
  return answer.ok() ? answer->status : 0;
}

void expect_ready(const TestSite& site, const std::string& daemon, int status) {
  bool reached = wait_until([&] { return ready_status(site, daemon) == status; }, seconds(20));
  EXPECT_TRUE(reached) << daemon << " is not at " << status << "\n" << site.logs();
}

void expect_all_is_well(TestSite& site, uint64_t acknowledged) {
  ASSERT_TRUE(site.wait_ready(seconds(60))) << site.logs();
  ASSERT_TRUE(site.wait_drained(seconds(60))) << site.logs();
  expect_whole_streams(site);
  expect_all_events(site);
  expect_all_orders(site, acknowledged);
}

TestSiteOptions small_store(const std::string& daemon, const std::string& map_size) {
  TestSiteOptions options;
  options.sign_automatically = true;
  options.more[daemon] = "store:\n  map_size: " + map_size + "\n";
  return options;
}

// As an operator does: a larger number in the file, and a restart.
void enlarge(TestSite& site, const std::string& daemon, const std::string& from,
             const std::string& to) {
  std::string path = site.configuration(daemon);
  auto text = read_file(path, kMiB);
  ASSERT_TRUE(text.ok());
  size_t at = text->find("map_size: " + from);
  ASSERT_NE(at, std::string::npos);
  text->replace(at, 10 + from.size(), "map_size: " + to);
  ASSERT_TRUE(write_file(path, *text).ok());
  EXPECT_EQ(site.stop(daemon), 0);
  site.start(daemon);
}

TEST(Full, AReceiverWithoutRoomShutsTheDoorAndOpensItAgain) {
  TestSite site(small_store("receiver", "4MiB"));
  mute_dispatches(site);
  site.start_all();
  ASSERT_TRUE(site.wait_ready(seconds(60))) << site.logs();
  uint64_t acknowledged = push_until_full(site, 0, 200);
  EXPECT_GT(acknowledged, 0U);
  EXPECT_LT(acknowledged, 200 * kBatch) << "the map never ran full";
  expect_shut_door(site, acknowledged);
  EXPECT_FALSE(site.ended("receiver").has_value());

  enlarge(site, "receiver", "4MiB", "64MiB");
  expect_ready(site, "receiver", 200);
  acknowledged = push_all(site, acknowledged, 10);
  std::cout << "orders=" << acknowledged << "\n";
  expect_all_is_well(site, acknowledged);
}

class FullDownstream : public testing::TestWithParam<const char*> {};

TEST_P(FullDownstream, IsWaitedForAndCatchesUp) {
  const std::string daemon = GetParam();
  TestSite site(small_store(daemon, "2MiB"));
  mute_dispatches(site);
  site.start_all();
  ASSERT_TRUE(site.wait_ready(seconds(60))) << site.logs();
  // The door stays open: whoever is behind is waited for.
  uint64_t acknowledged = 0;
  for (int i = 0; i < 60 && ready_status(site, daemon) != 503; ++i) {
    acknowledged = push_all(site, acknowledged, 10);
  }
  expect_ready(site, daemon, 503);
  EXPECT_FALSE(site.ended(daemon).has_value()) << site.last_log(daemon);
  acknowledged = push_all(site, acknowledged, 5);

  enlarge(site, daemon, "2MiB", "128MiB");
  acknowledged = push_all(site, acknowledged, 5);
  expect_all_is_well(site, acknowledged);
}

INSTANTIATE_TEST_SUITE_P(Each, FullDownstream,
                         testing::Values("router", "sla-watcher", "archiver"));

// A directory on a disk of its own that only this process and its children see.
class PrivateDisk {
 public:
  explicit PrivateDisk(const std::string& size) {
    bool apart =
        unshare(CLONE_NEWNS) == 0 && mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    mounted_ = apart && mount("tmpfs", root().c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
  }
  PrivateDisk(const PrivateDisk&) = delete;
  PrivateDisk& operator=(const PrivateDisk&) = delete;
  ~PrivateDisk() {
    if (mounted_) umount2(root().c_str(), MNT_DETACH);
  }
  bool mounted() const { return mounted_; }
  const std::string& root() const { return dir_.root(); }

 private:
  TempDir dir_;
  bool mounted_ = false;
};

// Takes all but `left` bytes of the disk.
void fill_disk(const std::string& directory, size_t left) {
  auto free = free_space(directory);
  ASSERT_TRUE(free.ok());
  if (*free > left) {
    FILE* ballast = std::fopen((directory + "/ballast").c_str(), "ab");
    ASSERT_NE(ballast, nullptr);
    const std::string block(4096, 'b');
    for (size_t size = *free - left; size >= block.size(); size -= block.size()) {
      if (std::fwrite(block.data(), 1, block.size(), ballast) != block.size()) break;
    }
    (void)std::fclose(ballast);  // the last bytes may not fit: that is the point
  }
}

// What systemd does: exit 74 is started again, anything else is a finding.
void restart_ended(TestSite& site) {
  for (const std::string& daemon : all_daemons()) {
    if (!site.running(daemon)) continue;
    std::string log = site.last_log(daemon);
    auto code = site.ended(daemon);
    if (!code) continue;
    EXPECT_EQ(*code, 74) << daemon << "\n" << log;
    site.start(daemon);
  }
}

TEST(FullDisk, ShutsTheDoorLosesNothingAndOpensAgain) {
  PrivateDisk disk("96m");
  if (!disk.mounted()) GTEST_SKIP() << "no private mount namespace here: needs CAP_SYS_ADMIN";
  TestSiteOptions options;
  options.parent = disk.root();
  options.sign_automatically = true;
  for (const std::string& daemon : all_daemons()) {
    options.more[daemon] = "store:\n  disk_free_min: 4MiB\n";
  }
  TestSite site(options);
  mute_dispatches(site);
  site.start_all();
  ASSERT_TRUE(site.wait_ready(seconds(60))) << site.logs();
  uint64_t acknowledged = push_all(site, 0, 10);

  // Little room: intake stops, what is inside may still drain.
  fill_disk(disk.root(), 6 * kMiB);
  bool accepted = false;
  ASSERT_TRUE(wait_until(
      [&] {
        int status = knock(site, acknowledged + 1).status;
        accepted = accepted || status == 200;
        return status == 503;
      },
      seconds(20)));
  if (accepted) acknowledged += kBatch;
  expect_shut_door(site, acknowledged);
  ASSERT_TRUE(site.wait_drained(seconds(60))) << site.logs();
  expect_all_orders(site, acknowledged);

  // None at all.
  fill_disk(disk.root(), 0);
  acknowledged = push_until_full(site, acknowledged, 3);
  restart_ended(site);
  std::filesystem::remove(disk.root() + "/ballast");
  restart_ended(site);
  EXPECT_TRUE(wait_until(
      [&] {
        restart_ended(site);
        return knock(site, acknowledged + 1).status == 200;
      },
      seconds(60)))
      << site.logs();
  acknowledged = push_all(site, acknowledged + kBatch, 5);
  expect_all_is_well(site, acknowledged);
}

}  // namespace
}  // namespace jieban
