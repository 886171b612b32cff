// A transaction is all or nothing, shows damage, and cannot commit after a failure.
#include "common/store/transaction.h"

#include <utility>

#include "common/base/file.h"
#include "tests/unit/common/store/store_fixture.h"

namespace jieban {
namespace {

class TransactionTest : public StoreFixture {
 protected:
  void SetUp() override { open(); }

  // Flips one bit `offset` bytes after each place where `text` is stored, old pages included.
  void damage(const std::string& text, size_t offset) {
    close();
    std::string path = dir_.path("store/data.mdb");
    std::string bytes = *read_file(path, size_t{1} << 24U);
    ASSERT_NE(bytes.find(text), std::string::npos);
    for (size_t at = 0; (at = bytes.find(text, at)) != std::string::npos; at += text.size()) {
      bytes[at + offset] = char(bytes[at + offset] ^ 1);
    }
    ASSERT_TRUE(write_file(path, bytes).ok());
    open();
  }
};

TEST_F(TransactionTest, WhatIsNotCommittedIsUndone) {
  put_committed("a", "1");
  {
    auto txn = environment_->write();
    ASSERT_TRUE(txn->put(table_, "a", "2").ok());
    ASSERT_TRUE(txn->put(table_, "b", "2").ok());
    ASSERT_TRUE(*txn->erase(table_, "a"));
  }
  EXPECT_EQ(get("a"), "1");
  EXPECT_EQ(get("b"), "-");
}

TEST_F(TransactionTest, CountsEntriesAndChanges) {
  auto txn = environment_->write();
  ASSERT_TRUE(txn->put(table_, "a", "").ok());
  ASSERT_TRUE(txn->put(table_, "b", "2").ok());
  EXPECT_TRUE(*txn->erase(table_, "a"));
  EXPECT_FALSE(*txn->erase(table_, "a"));
  EXPECT_EQ(txn->changes(), 3U);
  EXPECT_EQ(*txn->count(table_), 1U);
}

TEST_F(TransactionTest, AFlippedBitInAValueIsDamageNotAnAnswer) {
  put_committed("key", "unmistakable value");
  put_committed("other", "fine");
  damage("unmistakable value", 5);
  EXPECT_EQ(get("key"), "!corrupt");
  EXPECT_EQ(get("other"), "fine");
}

TEST_F(TransactionTest, AFlippedBitInTheHeaderOfAValueIsDamage) {
  put_committed("key", "unmistakable value");
  damage("unmistakable value", size_t(-1));  // the version byte
  EXPECT_EQ(get("key"), "!corrupt");
}

TEST_F(TransactionTest, AFlippedBitInALargeValueIsDamage) {
  std::string large = "start of it" + std::string(20'000, 'x');
  put_committed("key", large);
  damage("start of it", 15'000);
  EXPECT_EQ(get("key"), "!corrupt");
}

TEST_F(TransactionTest, AFlippedBitInAKeyIsDamageWhenItIsMet) {
  put_committed("unmistakable key", "value");
  damage("unmistakable key", 3);
  auto txn = environment_->read();
  Range range(*txn, table_);
  EXPECT_EQ(range.seek({}).error().code, ErrorCode::corrupt);
}

TEST_F(TransactionTest, DamageSticksAndForbidsTheCommit) {
  put_committed("key", "unmistakable value");
  damage("unmistakable value", 5);
  auto txn = environment_->write();
  EXPECT_FALSE(txn->failure());
  ASSERT_TRUE(txn->put(table_, "b", "1").ok());
  EXPECT_FALSE(txn->get(table_, "key").ok());
  ASSERT_TRUE(txn->failure());
  EXPECT_EQ(txn->failure()->code, ErrorCode::corrupt);
  ASSERT_TRUE(txn->put(table_, "c", "1").ok());
  EXPECT_EQ(txn->commit().error().code, ErrorCode::corrupt);
}

TEST_F(TransactionTest, ARefusedCommitLeavesTheStoreAsItWasAndUsable) {
  {
    auto txn = environment_->write();
    ASSERT_TRUE(txn->put(table_, "b", "1").ok());
    EXPECT_EQ(txn->put(table_, std::string(600, 'k'), "1").error().code, ErrorCode::invalid);
    EXPECT_FALSE(txn->commit().ok());
  }
  EXPECT_EQ(get("b"), "-");
  EXPECT_FALSE(environment_->latched());
  put_committed("b", "2");
}

TEST_F(TransactionTest, AChildIsUndoneAlone) {
  auto txn = environment_->write();
  ASSERT_TRUE(txn->put(table_, "outer", "1").ok());
  {
    auto child = txn->child();
    ASSERT_TRUE(child->put(table_, "undone", "1").ok());
    ASSERT_TRUE(child->put(table_, "outer", "2").ok());
  }
  {
    auto child = txn->child();
    EXPECT_EQ(**child->get(table_, "outer"), "1");
    ASSERT_TRUE(child->put(table_, "kept", "1").ok());
    ASSERT_TRUE(child->commit().ok());
  }
  EXPECT_EQ(txn->changes(), 2U);
  ASSERT_TRUE(txn->commit().ok());
  EXPECT_EQ(get("outer"), "1");
  EXPECT_EQ(get("undone"), "-");
  EXPECT_EQ(get("kept"), "1");
}

TEST_F(TransactionTest, AChildOfAnUndoneTransactionIsUndoneToo) {
  {
    auto txn = environment_->write();
    auto child = txn->child();
    ASSERT_TRUE(child->put(table_, "a", "1").ok());
    ASSERT_TRUE(child->commit().ok());
  }
  EXPECT_EQ(get("a"), "-");
}

TEST_F(TransactionTest, DamageMetByAChildForbidsTheOuterCommit) {
  put_committed("key", "unmistakable value");
  damage("unmistakable value", 5);
  auto txn = environment_->write();
  {
    auto child = txn->child();
    EXPECT_FALSE(child->get(table_, "key").ok());
  }
  EXPECT_EQ(txn->commit().error().code, ErrorCode::corrupt);
}

TEST_F(TransactionTest, AnInvalidKeyOfAChildUndoesTheChildOnly) {
  auto txn = environment_->write();
  ASSERT_TRUE(txn->put(table_, "outer", "1").ok());
  {
    auto child = txn->child();
    ASSERT_TRUE(child->put(table_, "inner", "1").ok());
    EXPECT_EQ(child->put(table_, "", "1").error().code, ErrorCode::invalid);
    EXPECT_FALSE(child->commit().ok());
  }
  ASSERT_TRUE(txn->commit().ok());
  EXPECT_EQ(get("outer"), "1");
  EXPECT_EQ(get("inner"), "-");
}

TEST_F(TransactionTest, InsertTellsWhetherTheKeyWasNewAndLeavesWhatIsThere) {
  auto txn = environment_->write();
  EXPECT_TRUE(*txn->insert(table_, "b", "1"));
  EXPECT_EQ(txn->changes(), 1U);
  EXPECT_FALSE(*txn->insert(table_, "b", "2"));
  EXPECT_EQ(txn->changes(), 1U);
  EXPECT_EQ(**txn->get(table_, "b"), "1");
  EXPECT_TRUE(*txn->insert(table_, "a", "3"));
  EXPECT_FALSE(txn->failure());
}

TEST_F(TransactionTest, AppendTakesRisingKeysOnly) {
  auto txn = environment_->write();
  ASSERT_TRUE(txn->append(table_, "b", "1").ok());
  ASSERT_TRUE(txn->append(table_, "c", "1").ok());
  EXPECT_DEATH((void)txn->append(table_, "a", "1"), "key_rises");
  EXPECT_DEATH((void)txn->append(table_, "c", "1"), "key_rises");
}

TEST_F(TransactionTest, ViewsOfThisTransactionMayBeWrittenBack) {
  auto txn = environment_->write();
  for (int i = 0; i < 40; ++i) {
    ASSERT_TRUE(txn->put(table_, "key" + std::to_string(i), std::string(60, 'a')).ok());
  }
  ASSERT_TRUE(txn->put(table_, "key20", "moved by what follows").ok());
  auto view = txn->get(table_, "key20");
  ASSERT_TRUE(txn->put(table_, "key10", **view).ok());
  std::string longer(300, 'b');
  {
    std::string_view key;
    {
      Range range(*txn, table_);
      ASSERT_TRUE(*range.seek("key30"));
      key = range.key();
    }
    ASSERT_TRUE(txn->put(table_, key, longer).ok());
  }
  ASSERT_TRUE(txn->commit().ok());
  EXPECT_EQ(get("key10"), "moved by what follows");
  EXPECT_EQ(get("key30"), longer);
  auto reader = environment_->read();
  EXPECT_EQ(*reader->count(table_), 40U);
}

TEST_F(TransactionTest, ARangeWalksBothWaysAndEnds) {
  for (const char* key : {"b", "d", "f"}) put_committed(key, key);
  auto txn = environment_->read();
  Range range(*txn, table_);
  ASSERT_TRUE(*range.seek("c"));
  EXPECT_EQ(range.key(), "d");
  ASSERT_TRUE(*range.next());
  EXPECT_EQ(range.value(), "f");
  EXPECT_FALSE(*range.next());
  ASSERT_TRUE(*range.last());
  ASSERT_TRUE(*range.previous());
  EXPECT_EQ(range.key(), "d");
  EXPECT_FALSE(*range.seek("g"));
  ASSERT_TRUE(*range.seek({}));
  EXPECT_EQ(range.key(), "b");
  EXPECT_FALSE(*range.previous());
}

TEST_F(TransactionTest, CommittingUnderALiveRangeOrChildIsOurMistake) {
  auto txn = environment_->write();
  ASSERT_TRUE(txn->put(table_, "a", "1").ok());
  {
    Range range(*txn, table_);
    EXPECT_DEATH((void)txn->commit(), "dependents_");
  }
  auto child = txn->child();
  EXPECT_DEATH((void)txn->commit(), "dependents_");
  ASSERT_TRUE(child->commit().ok());
  EXPECT_TRUE(txn->commit().ok());
}

TEST_F(TransactionTest, AReaderDoesNotWrite) {
  auto txn = environment_->read();
  EXPECT_DEATH((void)txn->put(table_, "a", "1"), "Access");
  EXPECT_DEATH((void)txn->commit(), "Access");
}

}  // namespace
}  // namespace jieban
