// Goal: a notice is one whole file, the same however often it is written.
#include "daemons/notifier/channels/spool_channel.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "common/base/file.h"
#include "common/json/json.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

OutgoingNotice notice_of(const std::string& id) {
  return {"110102007.notifier", id, "deadline.warned", "A1", "预警", from_micros(0), 1, false};
}

std::vector<std::filesystem::path> files_in(const std::string& directory) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    files.push_back(entry.path());
  }
  return files;
}

TEST(SpoolChannel, WritesOneFileANoticeIntoADirectoryThatItMakes) {
  TempDir dir("/dev/shm");
  SpoolChannel channel(dir.path("a/b"));
  EXPECT_EQ(channel.deliver(notice_of("s:1:spool")).outcome, DeliveryOutcome::accepted);
  EXPECT_EQ(channel.deliver(notice_of("s:2:spool")).outcome, DeliveryOutcome::accepted);
  auto files = files_in(dir.path("a/b"));
  ASSERT_EQ(files.size(), 2U);
  for (const auto& file : files) {
    EXPECT_EQ(file.extension(), ".json");
    EXPECT_EQ(file.stem().string().size(), 32U);
    auto value = parse_json(*read_file(file, 10'000));
    ASSERT_TRUE(value.ok());
    EXPECT_EQ(*value->find("data")->find("text")->string(), "预警");
  }
}

TEST(SpoolChannel, TheSameNoticeAgainIsTheSameFile) {
  TempDir dir("/dev/shm");
  SpoolChannel channel(dir.path("out"));
  channel.deliver(notice_of("s:1:spool"));
  OutgoingNotice again = notice_of("s:1:spool");
  again.attempt = 2;
  EXPECT_EQ(channel.deliver(again).outcome, DeliveryOutcome::accepted);
  EXPECT_EQ(files_in(dir.path("out")).size(), 1U);
}

TEST(SpoolChannel, AnUnusableDirectoryIsAFailureThatIsRetried) {
  TempDir dir("/dev/shm");
  ASSERT_TRUE(write_file(dir.path("file"), "x").ok());
  SpoolChannel channel(dir.path("file"));
  auto report = channel.deliver(notice_of("s:1:spool"));
  EXPECT_EQ(report.outcome, DeliveryOutcome::failed);
  EXPECT_TRUE(report.error.has_value());
}

}  // namespace
}  // namespace jieban
