// Goal: the derived tables say exactly what the notices say, whatever happened to them.
#include "daemons/notifier/notice_tables.h"

#include <gtest/gtest.h>

#include "tests/unit/daemons/notifier/notifier_fixture.h"

namespace jieban {
namespace {

size_t rows_of(NotifierFixture& fixture, const std::string& table) {
  auto txn = fixture.fold().environment().read();
  return size_t(*txn->count(fixture.fold().tables().at(table)));
}

TEST(NoticeTables, AnOpenNoticeIsDueOnceAndAnAttemptIsMarkedOnce) {
  NotifierFixture fixture;
  fixture.load(test_rules());
  fixture.warn();
  std::string id = kAlertStream + ":1:desk";
  for (uint64_t attempt = 1; attempt <= 3; ++attempt) {
    EXPECT_EQ(rows_of(fixture, "due"), 1U);
    EXPECT_EQ(rows_of(fixture, "attempting"), 0U);
    fixture.now = fixture.row(id).due_at;
    ASSERT_EQ(fixture.begin(id, attempt), "go");
    EXPECT_EQ(rows_of(fixture, "due"), 0U);
    EXPECT_EQ(rows_of(fixture, "attempting"), 1U);
    fixture.end(id, attempt, DeliveryOutcome::failed);
  }
  EXPECT_EQ(fixture.row(id).state, NoticeState::abandoned);
  EXPECT_EQ(rows_of(fixture, "due"), 0U);
  EXPECT_EQ(rows_of(fixture, "attempting"), 0U);
  EXPECT_EQ(rows_of(fixture, "notices"), 1U);
}

TEST(NoticeTables, TheMembersOfADigestStandInTheirOrderUntilOneLeaves) {
  NotifierFixture fixture;
  fixture.load(test_rules());
  auto txn = fixture.fold().environment().write();
  ASSERT_TRUE(txn.ok());
  const NoticeTables& tables = fixture.core().tables();
  for (uint64_t place : {3U, 1U, 2U}) {
    DigestMember member;
    member.notice_id = "n" + std::to_string(place);
    member.alert = "a";
    member.place = place;
    ASSERT_TRUE(tables.put_member(*txn, "n1+", member).ok());
  }
  ASSERT_TRUE(tables.erase_member(*txn, "n1+", 2).ok());
  const auto members = *tables.members(*txn, "n1+");
  ASSERT_EQ(members.size(), 2U);
  EXPECT_EQ(members[0].notice_id, "n1");
  EXPECT_EQ(members[1].place, 3U);
  EXPECT_EQ(members[1].alert, "a");
  EXPECT_TRUE(tables.members(*txn, "n1").value().empty());
}

TEST(NoticeTables, AListThatWaitsIsKnownToItsDestinationUntilItGoes) {
  NotifierFixture fixture;
  fixture.load(test_rules());
  auto txn = fixture.fold().environment().write();
  ASSERT_TRUE(txn.ok());
  const NoticeTables& tables = fixture.core().tables();
  NoticeRow list;
  list.notice_id = digest_id("n1");
  list.channel = "phone";
  list.person = "li";
  list.urgent = true;
  const std::string destination = destination_of(list);
  ASSERT_TRUE(tables.write(*txn, nullptr, list).ok());
  const auto waiting = *tables.pending_lists(*txn, destination);
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(waiting[0].notice_id, list.notice_id);
  EXPECT_TRUE(waiting[0].urgent && waiting[0].fresh);
  EXPECT_TRUE(tables.pending_urgent(*txn, destination, 9)->empty()) << "it is no single call";
  EXPECT_TRUE(tables.pending_lists(*txn, "phone:wang")->empty());
  NoticeRow tried = list;
  tried.attempts = 1;
  ASSERT_TRUE(tables.write(*txn, &list, tried).ok());
  EXPECT_FALSE(tables.pending_lists(*txn, destination)->at(0).fresh) << "it says what it says";
  NoticeRow going = tried;
  going.state = NoticeState::attempting;
  ASSERT_TRUE(tables.write(*txn, &tried, going).ok());
  EXPECT_TRUE(tables.pending_lists(*txn, destination)->empty());
}

}  // namespace
}  // namespace jieban
