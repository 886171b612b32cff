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

TEST_F(TableTest, AnEditedRowIsSeenInEveryWayAndWrittenWithTheCommit) {
  auto txn = environment_->write();
  ASSERT_TRUE(table_.put(*txn, "a", Count{5}).ok());
  EXPECT_EQ(*table_.edit(*txn, "b"), nullptr);
  (*table_.edit(*txn, "a"))->value = 6;
  EXPECT_EQ((*table_.get(*txn, "a"))->value, 6U);
  table_.add(*txn, "b", Count{1});
  (*table_.edit(*txn, "b"))->value = 2;
  EXPECT_EQ(*table_.count(*txn), 2U);
  EXPECT_EQ(scanned(*txn, "", 9), (std::vector<uint64_t>{6, 2}));
  (*table_.edit(*txn, "a"))->value = 7;
  ASSERT_TRUE(table_.put(*txn, "b", Count{9}).ok()) << "over a row that is held";
  (*table_.edit(*txn, "b"))->value += 1;
  ASSERT_TRUE(txn->commit().ok());
  EXPECT_EQ(scanned(*environment_->read(), "", 9), (std::vector<uint64_t>{7, 10}));
}

TEST_F(TableTest, AnEditedRowCanBeErased) {
  auto txn = environment_->write();
  ASSERT_TRUE(table_.put(*txn, "a", Count{5}).ok());
  (*table_.edit(*txn, "a"))->value = 6;
  table_.add(*txn, "b", Count{1});
  EXPECT_TRUE(*table_.erase(*txn, "a"));
  EXPECT_FALSE(*table_.erase(*txn, "a"));
  EXPECT_TRUE(*table_.erase(*txn, "b"));
  EXPECT_EQ(*table_.edit(*txn, "a"), nullptr);
  EXPECT_FALSE(table_.get(*txn, "b")->has_value());
  ASSERT_TRUE(txn->commit().ok());
  EXPECT_EQ(*table_.count(*environment_->read()), 0U);
}

TEST_F(TableTest, ANewRowIsSeenInEveryWayAndMayGoAgainUnwritten) {
  auto txn = environment_->write();
  table_.add_new(*txn, "a", Count{1});
  table_.add_new(*txn, "b", Count{2});
  EXPECT_EQ(txn->changes(), 2U);
  EXPECT_TRUE(*table_.erase(*txn, "a"));
  EXPECT_FALSE(*table_.erase(*txn, "a")) << "it has gone";
  EXPECT_EQ((*table_.get(*txn, "b"))->value, 2U);
  EXPECT_FALSE(table_.get(*txn, "a")->has_value());
  EXPECT_EQ(*table_.count(*txn), 1U) << "and all rows are written for who looks otherwise";
  EXPECT_TRUE(*table_.erase(*txn, "b")) << "a row that was written meanwhile goes too";
  table_.add_new(*txn, "b", Count{3});
  ASSERT_TRUE(txn->commit().ok());
  EXPECT_EQ(scanned(*environment_->read(), "", 9), std::vector<uint64_t>{3});
  auto later = environment_->write();
  EXPECT_TRUE(*table_.erase(*later, "b"));
  table_.add_new(*later, "b", Count{4});
  EXPECT_TRUE(*table_.erase(*later, "b"));
  ASSERT_TRUE(later->commit().ok());
  EXPECT_TRUE(scanned(*environment_->read(), "", 9).empty());
}

TEST_F(TableTest, EditsOfAChildAreUndoneWithIt) {
  auto txn = environment_->write();
  table_.add(*txn, "a", Count{5});
  {
    auto child = txn->child();
    EXPECT_EQ((*table_.edit(*child, "a"))->value, 5U) << "a child sees what is held around it";
    (*table_.edit(*child, "a"))->value = 6;
  }
  EXPECT_EQ((*table_.edit(*txn, "a"))->value, 5U);
  auto child = txn->child();
  (*table_.edit(*child, "a"))->value = 7;
  ASSERT_TRUE(child->commit().ok());
  EXPECT_EQ((*table_.edit(*txn, "a"))->value, 7U);
  ASSERT_TRUE(txn->commit().ok());
  EXPECT_EQ(scanned(*environment_->read(), "", 9), std::vector<uint64_t>{7});
}

TEST_F(TableTest, AnEditCountsAsAChangeAndWritingItDoesNotCountAgain) {
  auto txn = environment_->write();
  table_.add(*txn, "a", Count{5});
  EXPECT_EQ(txn->changes(), 1U);
  EXPECT_EQ(*table_.count(*txn), 1U);
  EXPECT_EQ(txn->changes(), 1U);
}

TEST_F(TableTest, ARowThatCannotBeWrittenForbidsTheCommit) {
  auto txn = environment_->write();
  table_.add(*txn, std::string(600, 'k'), Count{5});
  EXPECT_FALSE(txn->commit().ok());
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
  EXPECT_EQ(table_.edit(*txn, "a").error().code, ErrorCode::corrupt);
  auto walked = table_.scan(*txn, "", [](std::string_view, const Count&) { return true; });
  EXPECT_FALSE(walked.ok());
}

}  // namespace
}  // namespace jieban
