// Goal: notices are found by their age, each once, also those of a store that did not know it.
#include <gtest/gtest.h>

#include "tests/unit/daemons/notifier/notifier_fixture.h"

namespace jieban {
namespace {

class NoticeAges : public testing::Test {
 protected:
  NoticeAges() : txn_(std::move(*fixture_.fold().environment().write())) {}
  const NoticeTables& tables() { return fixture_.core().tables(); }
  NoticeRow put(const std::string& id, int made, const NoticeRow* before = nullptr) {
    NoticeRow row;
    row.notice_id = id;
    row.channel = "desk";
    row.created_at = noon() + std::chrono::seconds(made);
    EXPECT_TRUE(tables().write(txn_, before, row).ok());
    return row;
  }
  std::string from(const std::string& below) {
    std::string found;
    EXPECT_TRUE(tables()
                    .newest(txn_, below,
                            [&](const NoticeRow& row) {
                              found += row.notice_id;
                              return true;
                            })
                    .ok());
    return found;
  }
  std::string before(int second, size_t most = 9) {
    std::string found;
    const Timestamp at = noon() + std::chrono::seconds(second);
    const auto ids = tables().made_before(txn_, at, most);
    for (const std::string& id : *ids) found += id;
    return found;
  }

  NotifierFixture fixture_;
  Transaction txn_;
};

TEST_F(NoticeAges, TheLatestFirstFromBelowAnyPlace) {
  EXPECT_EQ(from(""), "");
  const NoticeRow b = put("b", 2);
  const NoticeRow c = put("c", 2);
  put("a", 3);
  put("d", 1);
  EXPECT_EQ(from(""), "acbd");
  EXPECT_EQ(from(notice_place(c)), "bd");
  EXPECT_EQ(from(notice_place(b)), "d");
  EXPECT_EQ(from(make_key(noon() + std::chrono::hours(1))), "acbd") << "beyond all";
  EXPECT_EQ(from(make_key(noon())), "");
}

TEST_F(NoticeAges, TheOldestAndWhatWasMadeBefore) {
  EXPECT_FALSE(tables().oldest(txn_)->has_value());
  put("b", 2);
  put("a", 3);
  put("d", 1);
  EXPECT_EQ(*tables().oldest(txn_), noon() + std::chrono::seconds(1));
  EXPECT_EQ(before(3), "db") << "not what was made just then";
  EXPECT_EQ(before(9, 2), "db");
  EXPECT_EQ(before(1), "");
}

TEST_F(NoticeAges, WhatIsTakenUpAgainIsAsYoungAsThatAndStandsOnce) {
  const NoticeRow a = put("a", 1);
  put("b", 2);
  put("a", 3, &a);
  EXPECT_EQ(from(""), "ab");
}

TEST_F(NoticeAges, WhatIsErasedLeavesNothingBehind) {
  NoticeRow row = put("a", 1);
  const NoticeRow queued = row;
  row.state = NoticeState::sent;
  row.gateway_id = "gw-1";
  ASSERT_TRUE(tables().write(txn_, &queued, row).ok());
  const NoticeRow first = row;
  row.possible_repeat = true;
  name_message(row, "gw-2");
  row.receipt_by = noon();
  ASSERT_TRUE(tables().write(txn_, &first, row).ok());
  EXPECT_EQ(*tables().by_gateway(txn_, "desk", "gw-1"), "a");
  EXPECT_EQ(*tables().by_gateway(txn_, "desk", "gw-2"), "a");
  ASSERT_TRUE(tables().put_member(txn_, "a", {}).ok());
  ASSERT_TRUE(tables().erase(txn_, row).ok());
  for (const auto& [name, table] : fixture_.fold().tables()) {
    EXPECT_EQ(*txn_.count(table), 0U) << name;
  }
}

TEST_F(NoticeAges, AGatewaysNameStaysWithTheLaterNoticeThatHasIt) {
  for (const char* id : {"a", "b"}) {
    NoticeRow row = put(id, 1);
    const NoticeRow queued = row;
    row.state = NoticeState::sent;
    row.gateway_id = "gw-1";
    ASSERT_TRUE(tables().write(txn_, &queued, row).ok());
  }
  ASSERT_TRUE(tables().erase(txn_, **tables().find(txn_, "a")).ok());
  EXPECT_EQ(*tables().by_gateway(txn_, "desk", "gw-1"), "b");
}

TEST_F(NoticeAges, AStoreThatDidNotKnowAgesIsPutInOrderPieceByPiece) {
  put("b", 2);
  put("a", 3);
  put("d", 1);
  const TableId made = fixture_.fold().tables().at("notices_made");
  for (int second : {1, 2, 3}) {
    const std::string id = std::string(1, " dba"[second]);
    ASSERT_TRUE(*txn_.erase(made, make_key(noon() + std::chrono::seconds(second), id)));
  }
  EXPECT_EQ(from(""), "");
  const auto next = *tables().order_by_age(txn_, "", 2);
  ASSERT_TRUE(next.has_value());
  EXPECT_EQ(from(""), "ab");
  EXPECT_FALSE(tables().order_by_age(txn_, *next, 2)->has_value());
  EXPECT_EQ(from(""), "abd");
}

}  // namespace
}  // namespace jieban
