// A dropped file appears whole, and its own traces are found among those of others.
#include "tools/site/import_drop.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "common/base/file.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

class ImportDropTest : public testing::Test {
 protected:
  void SetUp() override {
    import_ = folder_.path("import");
    ASSERT_TRUE(make_directories(import_).ok());
    file_ = folder_.path("day.csv");
    ASSERT_TRUE(write_file(file_, "content").ok());
  }
  void leave_trace(const std::string& name, const std::string& file, const std::string& text) {
    ASSERT_TRUE(make_directories(import_ + "/" + name).ok());
    ASSERT_TRUE(write_file(import_ + "/" + name + "/" + file, text).ok());
  }

  TempDir folder_;
  std::string import_;
  std::string file_;
};

TEST_F(ImportDropTest, TheFileAppearsUnderItsName) {
  auto drop = ImportDrop::put(import_, file_);
  ASSERT_TRUE(drop.ok()) << drop.error().message;
  EXPECT_EQ(*read_file(import_ + "/day.csv", 100), "content");
  EXPECT_FALSE(std::filesystem::exists(import_ + "/day.csv.part"));
  EXPECT_FALSE((*drop->look()).has_value());
}

TEST_F(ImportDropTest, AFileThatStillWaitsIsNotReplaced) {
  ASSERT_TRUE(ImportDrop::put(import_, file_).ok());
  ASSERT_TRUE(write_file(file_, "other").ok());
  auto second = ImportDrop::put(import_, file_);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
  EXPECT_EQ(*read_file(import_ + "/day.csv", 100), "content");
}

TEST_F(ImportDropTest, OnlyItsOwnResultCounts) {
  leave_trace("done/20260310-120000-day.csv", "result.json", R"({"new":9})");
  auto drop = ImportDrop::put(import_, file_);
  ASSERT_TRUE(drop.ok());
  leave_trace("done/20260310-120001-my-day.csv", "result.json", R"({"new":8})");
  EXPECT_FALSE((*drop->look()).has_value());
  leave_trace("done/20260310-120000-day.csv-2", "result.json",
              R"({"new":1,"updated":2,"unchanged":3,"orders":[{"order_no":"a","outcome":"new"}],
                  "rejects":[{"row_no":7,"order_no":"","column":"content","reason":"缺少内容"}]})");
  auto report = drop->look();
  ASSERT_TRUE(report.ok() && report->has_value());
  EXPECT_EQ((*report)->added, 1);
  EXPECT_EQ((*report)->updated, 2);
  EXPECT_EQ((*report)->unchanged, 3);
  ASSERT_EQ((*report)->rejects.size(), 1u);
  EXPECT_EQ((*report)->rejects[0].row_no, 7);
  EXPECT_EQ((*report)->orders.at(0).order_no, "a");
}

TEST_F(ImportDropTest, AFailedFileSaysWhy) {
  auto drop = ImportDrop::put(import_, file_);
  ASSERT_TRUE(drop.ok());
  leave_trace("failed/20260310-120000-day.csv", "error.txt", "没有表头\n");
  auto report = drop->look();
  ASSERT_TRUE(report.ok() && report->has_value());
  EXPECT_EQ((*report)->failure, "没有表头");
}

}  // namespace
}  // namespace jieban
