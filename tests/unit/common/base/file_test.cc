// Files are replaced whole; a lock has one holder; errors name the path.
#include "common/base/file.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

TEST(File, WriteReplacesWholeAndLeavesNoTemporary) {
  TempDir dir;
  std::string path = dir.path("a.txt");
  ASSERT_TRUE(write_file(path, "one").ok());
  ASSERT_TRUE(write_file(path, "two").ok());
  EXPECT_EQ(*read_file(path, 100), "two");
  EXPECT_FALSE(std::filesystem::exists(path + ".tmp"));
}

TEST(File, ReadingHasALimitAndNamesThePath) {
  TempDir dir;
  ASSERT_TRUE(write_file(dir.path("a"), "12345").ok());
  EXPECT_EQ(read_file(dir.path("a"), 4).error().code, ErrorCode::limit);
  auto missing = read_file(dir.path("none"), 4);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  EXPECT_NE(missing.error().message.find(dir.path("none")), std::string::npos);
}

TEST(File, ALockHasOneHolder) {
  TempDir dir;
  auto first = lock_file(dir.path("lock"));
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(lock_file(dir.path("lock")).error().code, ErrorCode::conflict);
  *first = FileDescriptor();
  EXPECT_TRUE(lock_file(dir.path("lock")).ok());
}

TEST(File, DirectoriesAreMadeWithTheirParents) {
  TempDir dir;
  EXPECT_TRUE(make_directories(dir.path("a/b/c")).ok());
  EXPECT_TRUE(make_directories(dir.path("a/b/c")).ok());
  ASSERT_TRUE(write_file(dir.path("f"), "").ok());
  EXPECT_FALSE(make_directories(dir.path("f/x")).ok());
}

}  // namespace
}  // namespace jieban
