// Goal: a link that was used is known until it has expired, across a restart, in bounded room.
#include "daemons/notifier/used_links.h"

#include "tests/unit/daemons/notifier/notifier_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;

struct LinkDesk : NotifierFixture {
  const UsedLinks& links() { return core().tables().used_links(); }
  Transaction write() { return std::move(*fold().environment().write()); }
  bool has(const std::string& notice, const std::string& person = "li") {
    auto txn = fold().environment().read();
    return *links().has(*txn, notice, person);
  }
};

TEST(UsedLinks, OneIsKnownOfANoticeAndAPersonAfterARestartToo) {
  LinkDesk desk;
  EXPECT_FALSE(desk.has("n1"));
  Transaction txn = desk.write();
  ASSERT_TRUE(desk.links().add(txn, "n1", "li", desk.now + hours(1), desk.now).ok());
  ASSERT_TRUE(txn.commit().ok());
  desk.reopen();
  EXPECT_TRUE(desk.has("n1"));
  EXPECT_FALSE(desk.has("n1", "zhao")) << "another person's is another link";
  EXPECT_FALSE(desk.has("n2"));
}

TEST(UsedLinks, WhatHasExpiredIsForgottenAndWhatMayStillBePressedIsNot) {
  LinkDesk desk;
  Transaction txn = desk.write();
  const auto add = [&](const std::string& notice, Timestamp until, Timestamp now) {
    ASSERT_TRUE(desk.links().add(txn, notice, "li", until, now).ok());
  };
  add("n1", desk.now + hours(1), desk.now);
  add("n2", desk.now + hours(1), desk.now);
  add("n2", desk.now + hours(3), desk.now);  // it went out once more
  add("n2", desk.now + hours(2), desk.now);
  add("n3", desk.now + hours(4), desk.now + hours(2));
  EXPECT_FALSE(*desk.links().has(txn, "n1", "li"));
  EXPECT_TRUE(*desk.links().has(txn, "n2", "li"));
  add("n4", desk.now + hours(5), desk.now + hours(3));
  EXPECT_FALSE(*desk.links().has(txn, "n2", "li"));
  EXPECT_EQ(*desk.links().count(txn), 2U);
}

TEST(UsedLinks, OfTooManyThoseThatExpireFirstAreForgotten) {
  LinkDesk desk;
  Transaction txn = desk.write();
  for (size_t i = 0; i <= UsedLinks::kCountMax; ++i) {
    const Timestamp until = desk.now + hours(1) + Duration(int64_t(i));
    ASSERT_TRUE(desk.links().add(txn, std::to_string(i), "li", until, desk.now).ok());
  }
  EXPECT_EQ(*desk.links().count(txn), UsedLinks::kCountMax);
  EXPECT_FALSE(*desk.links().has(txn, "0", "li"));
  EXPECT_TRUE(*desk.links().has(txn, "1", "li"));
}

}  // namespace
}  // namespace jieban
