// The register of appeals out of the archive's records: what was asked, what became of it.
#include "tools/jieban/archive_appeals.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

Value record(const std::string& order_no, const std::string& topic, const std::string& at,
             const std::string& name, const std::string& text) {
  Value fields;
  fields.set("route", "assessment").set("target", "solved").set(name, text);
  Value made;
  made.set("order_no", order_no).set("topic", topic).set("at", at).set("actor", "leader-1");
  return made.set("fields", std::move(fields));
}

Value submitted(const std::string& order_no, const std::string& at) {
  return record(order_no, "order.appeal_submitted", at, "point_code", "SC3");
}

Value decided(const std::string& order_no, const std::string& at, const std::string& result) {
  return record(order_no, "order.appeal_decided", at, "result", result);
}

TEST(ArchiveAppeals, EachSubmissionIsOneAppealWithWhatBecameOfIt) {
  const auto appeals = appeals_of_records(
      {submitted("1", "2026-07-01 09:00:00"), submitted("2", "2026-07-02 09:00:00"),
       decided("1", "2026-07-05 09:00:00", "DISTRICT_DENY"), submitted("1", "2026-07-20 09:00:00"),
       decided("1", "2026-07-25 09:00:00", "CITY_PASS")},
      {});
  ASSERT_EQ(appeals.size(), 3U);
  EXPECT_EQ(appeals[0].appeal_id, "1-1");
  EXPECT_EQ(appeals[0].cycle, "2026-07");
  EXPECT_EQ(appeals[0].state, AppealState::district_deny);
  EXPECT_TRUE(appeals[0].decided());
  EXPECT_FALSE(appeals[0].excludes());
  EXPECT_EQ(appeals[1].state, AppealState::submitted);
  EXPECT_EQ(appeals[1].point_code, "SC3");
  EXPECT_EQ(appeals[1].approved_by, "leader-1");
  EXPECT_FALSE(appeals[1].decided());
  EXPECT_EQ(appeals[2].appeal_id, "1-2");
  EXPECT_EQ(appeals[2].cycle, "2026-08") << "that of the day on which it was submitted";
  EXPECT_TRUE(appeals[2].excludes());
  EXPECT_EQ(format_local(*appeals[2].city_at), "2026-07-25 09:00:00");
}

TEST(ArchiveAppeals, WhatWasWithdrawnOrNeverSubmittedExcludesNothing) {
  const auto appeals = appeals_of_records(
      {decided("9", "2026-07-01 09:00:00", "CITY_PASS"), submitted("1", "2026-07-01 09:00:00"),
       decided("1", "2026-07-02 09:00:00", "WITHDRAWN")},
      {});
  ASSERT_EQ(appeals.size(), 1U);
  EXPECT_EQ(appeals[0].state, AppealState::withdrawn);
  EXPECT_FALSE(appeals[0].excludes());
}

}  // namespace
}  // namespace jieban
