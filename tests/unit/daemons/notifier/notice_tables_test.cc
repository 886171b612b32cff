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

}  // namespace
}  // namespace jieban
