// Seen: a daemon that had emitted nothing kept its journal for ever, since trimming stopped where
// there was no event to erase.
#include "tests/unit/common/daemon/fold_fixture.h"

namespace jieban {
namespace {

using std::chrono::minutes;

class SilentDaemon : public FoldFixture {
 protected:
  // Changes a table and tells nobody.
  void work(int count) {
    for (int i = 0; i < count; ++i) {
      ASSERT_EQ(ask(input("blob", uint64_t(i) + 1, "b")), "");
      clock_.advance(minutes(1));
    }
    ASSERT_EQ(fold_->head(), 0U);
  }
};

TEST_F(SilentDaemon, ItsJournalIsShortenedByAge) {
  work(6);
  EXPECT_EQ(*fold_->trim(0, clock_.now() - minutes(2)), 0U) << "there is no event to erase";
  EXPECT_EQ(journal_of(*fold_).size(), 2U);
  open();
  EXPECT_EQ(ask(input("blob", 9, "b")), "") << "and it goes on from what is left";
  EXPECT_EQ(journal_of(*fold_).size(), 3U);
}

TEST_F(SilentDaemon, TheLastEntryStaysSinceTimeGoesOnFromIt) {
  work(3);
  ASSERT_TRUE(fold_->trim(0, kTimestampMax).ok());
  EXPECT_EQ(journal_of(*fold_).size(), 1U);
  open();
}

TEST_F(SilentDaemon, WhatIsYoungStays) {
  work(3);
  ASSERT_TRUE(fold_->trim(0, clock_.now() - minutes(10)).ok());
  EXPECT_EQ(journal_of(*fold_).size(), 3U);
}

}  // namespace
}  // namespace jieban
