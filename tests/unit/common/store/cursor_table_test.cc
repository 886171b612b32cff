// A cursor moves with the transaction that applied the events.
#include "common/store/cursor_table.h"

#include "tests/unit/common/store/store_fixture.h"

namespace jieban {
namespace {

using CursorTableTest = StoreFixture;

TEST_F(CursorTableTest, AStreamNeverAppliedHasAZeroCursor) {
  open();
  auto cursors = CursorTable::open(*environment_, "cursors");
  auto txn = environment_->read();
  EXPECT_EQ(*cursors->get(*txn, "router.demo"), StreamCursor{});
}

TEST_F(CursorTableTest, CursorsAreKeptByStream) {
  open();
  auto cursors = CursorTable::open(*environment_, "cursors");
  {
    auto txn = environment_->write();
    ASSERT_TRUE(cursors->put(*txn, "a", {3, 41}).ok());
    ASSERT_TRUE(cursors->put(*txn, "b", {UINT64_MAX, UINT64_MAX - 1}).ok());
    ASSERT_TRUE(cursors->put(*txn, "a", {3, 42}).ok());
    ASSERT_TRUE(txn->commit().ok());
  }
  auto txn = environment_->read();
  EXPECT_EQ(*cursors->get(*txn, "a"), (StreamCursor{3, 42}));
  EXPECT_EQ(*cursors->get(*txn, "b"), (StreamCursor{UINT64_MAX, UINT64_MAX - 1}));
}

TEST_F(CursorTableTest, ACursorOfAnUndoneTransactionDoesNotMove) {
  open();
  auto cursors = CursorTable::open(*environment_, "cursors");
  {
    auto txn = environment_->write();
    ASSERT_TRUE(cursors->put(*txn, "a", {3, 42}).ok());
  }
  auto txn = environment_->read();
  EXPECT_EQ(*cursors->get(*txn, "a"), StreamCursor{});
}

TEST_F(CursorTableTest, ARecordOfTheWrongSizeIsDamage) {
  open();
  auto cursors = CursorTable::open(*environment_, "cursors");
  TableId table = *environment_->table("cursors");
  auto txn = environment_->write();
  ASSERT_TRUE(txn->put(table, "a", "short").ok());
  EXPECT_EQ(cursors->get(*txn, "a").error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace jieban
