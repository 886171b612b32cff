// Goal: rows come back as they were put, in key order, and a row that cannot be read says so.
#include "common/daemon/table.h"

#include "tests/unit/common/daemon/daemon_fixture.h"

namespace jieban {
namespace {

class TableTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = Environment::open(store_options(dir_.path("store")));
    ASSERT_TRUE(opened.ok());
    environment_ = std::move(*opened);
    TableOpener opener(*environment_);
    ASSERT_TRUE(table_.open(opener, "counts").ok());
    EXPECT_EQ(opener.tables().size(), 1U);
  }
  std::vector<uint64_t> scanned(const Transaction& txn, const std::string& from, size_t most) {
    std::vector<uint64_t> values;
    auto done = table_.scan(txn, from, [&](std::string_view, const Count& row) {
      values.push_back(row.value);
      return values.size() < most;
    });
    EXPECT_TRUE(done.ok());
    return values;
  }

  TempDir dir_{"/dev/shm"};
  std::unique_ptr<Environment> environment_;
  Table<Count> table_;
};

TEST_F(TableTest, GivesBackWhatWasPutAndNothingElse) {
  auto txn = environment_->write();
  ASSERT_TRUE(table_.put(*txn, "a", Count{5}).ok());
  EXPECT_EQ((*table_.get(*txn, "a"))->value, 5U);
  EXPECT_FALSE(table_.get(*txn, "b")->has_value());
  EXPECT_EQ(*table_.count(*txn), 1U);
  EXPECT_TRUE(*table_.erase(*txn, "a"));
  EXPECT_FALSE(*table_.erase(*txn, "a"));
  EXPECT_FALSE(table_.get(*txn, "a")->has_value());
}

TEST_F(TableTest, ScansInKeyOrderFromWhereItIsToldUntilItIsTold) {
  auto txn = environment_->write();
  for (uint64_t i : {300, 2, 70}) ASSERT_TRUE(table_.put(*txn, make_key(i), Count{i}).ok());
  EXPECT_EQ(scanned(*txn, "", 9), (std::vector<uint64_t>{2, 70, 300}));
  EXPECT_EQ(scanned(*txn, make_key(uint64_t{3}), 9), (std::vector<uint64_t>{70, 300}));
  EXPECT_EQ(scanned(*txn, "", 2), (std::vector<uint64_t>{2, 70}));
  EXPECT_TRUE(scanned(*txn, make_key(uint64_t{301}), 9).empty());
}

TEST_F(TableTest, ARowThatCannotBeReadIsCorrupt) {
  auto txn = environment_->write();
  ASSERT_TRUE(txn->put(table_.id(), "a", "no row").ok());
  auto row = table_.get(*txn, "a");
  ASSERT_FALSE(row.ok());
  EXPECT_EQ(row.error().code, ErrorCode::corrupt);
  auto walked = table_.scan(*txn, "", [](std::string_view, const Count&) { return true; });
  EXPECT_FALSE(walked.ok());
}

}  // namespace
}  // namespace jieban
