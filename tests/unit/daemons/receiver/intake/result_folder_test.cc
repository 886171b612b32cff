// An original is in one place only, whatever happens; half-made results are finished or undone.
#include "daemons/receiver/intake/result_folder.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "common/base/file.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

namespace fs = std::filesystem;

TEST(ResultFolder, TheOriginalMovesBesideItsReports) {
  TempDir dir;
  ASSERT_TRUE(write_file(dir.path("a.csv"), "x").ok());
  ResultFolder done(dir.path("done"));
  ASSERT_TRUE(done.recover().ok());
  auto placed = done.place(dir.path("a.csv"), "a.csv", "20260203-040506", {{"result.json", "{}"}});
  ASSERT_TRUE(placed.ok()) << placed.error().message;
  EXPECT_EQ(*placed, dir.path("done/20260203-040506-a.csv"));
  EXPECT_EQ(*read_file(*placed + "/a.csv", 9), "x");
  EXPECT_EQ(*read_file(*placed + "/result.json", 9), "{}");
  EXPECT_FALSE(fs::exists(dir.path("a.csv")));
}

TEST(ResultFolder, ASecondOfTheSameNameAndSecondHasItsOwn) {
  TempDir dir;
  ResultFolder done(dir.path("done"));
  for (std::string wanted : {"/done/s-a.csv", "/done/s-a.csv-2"}) {
    ASSERT_TRUE(write_file(dir.path("a.csv"), "x").ok());
    EXPECT_EQ(*done.place(dir.path("a.csv"), "a.csv", "s", {}), dir.root() + wanted);
  }
}

TEST(ResultFolder, AnOriginalCalledLikeAReportReplacesNone) {
  TempDir dir;
  ResultFolder done(dir.path("done"));
  ASSERT_TRUE(write_file(dir.path("rejects.csv"), "original").ok());
  auto placed = done.place(dir.path("rejects.csv"), "rejects.csv", "s", {{"rejects.csv", "r"}});
  ASSERT_TRUE(placed.ok());
  EXPECT_EQ(*read_file(*placed + "/rejects.csv", 9), "r");
  EXPECT_EQ(*read_file(*placed + "/original-rejects.csv", 9), "original");
}

TEST(ResultFolder, RecoveryFinishesAfterTheMoveAndUndoesBeforeIt) {
  TempDir dir;
  ASSERT_TRUE(make_directories(dir.path("done/.s-a.csv.part")).ok());
  ASSERT_TRUE(write_file(dir.path("done/.s-a.csv.part/result.json"), "{}").ok());
  ASSERT_TRUE(make_directories(dir.path("done/.s-b.csv.part")).ok());
  ASSERT_TRUE(write_file(dir.path("done/.s-b.csv.part/result.json"), "{}").ok());
  ASSERT_TRUE(write_file(dir.path("done/.s-b.csv.part/b.csv"), "x").ok());
  ASSERT_TRUE(make_directories(dir.path("done/.s-rejects.csv.part")).ok());
  ASSERT_TRUE(write_file(dir.path("done/.s-rejects.csv.part/original-rejects.csv"), "x").ok());
  ASSERT_TRUE(ResultFolder(dir.path("done")).recover().ok());
  EXPECT_FALSE(fs::exists(dir.path("done/.s-a.csv.part")));
  EXPECT_FALSE(fs::exists(dir.path("done/s-a.csv")));
  EXPECT_EQ(*read_file(dir.path("done/s-b.csv/b.csv"), 9), "x");
  EXPECT_TRUE(fs::exists(dir.path("done/s-rejects.csv/original-rejects.csv")));
}

}  // namespace
}  // namespace jieban
