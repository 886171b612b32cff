// The ledger's notes out of the archive's records: the latest word on a miss, a rectification by
// its id.
#include "tools/jieban/archive_notes.h"

#include "tests/support/calendars.h"

namespace jieban {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

Value record(const std::string& order_no, const std::string& topic, const std::string& at,
             const Fields& given) {
  Value fields = Value::Object{};
  for (const auto& [name, text] : given) fields.set(name, text);
  Value made;
  made.set("order_no", order_no).set("topic", topic).set("at", at);
  return made.set("fields", std::move(fields));
}

Value miss(const std::string& order_no, const std::string& cause, const Fields& more = {},
           const std::string& at = "2026-07-20 09:00:00") {
  Fields fields = {{"figure", "on_time"}, {"cause", cause}, {"evidence", "log-7"}};
  fields.insert(fields.end(), more.begin(), more.end());
  return record(order_no, "order.miss_noted", at, fields);
}

Value step(const std::string& word, const std::string& at, const Fields& more = {},
           const std::string& order_no = "1") {
  Fields fields = {{"rectification", "R1"}, {"evidence", "letter-1"}};
  fields.insert(fields.end(), more.begin(), more.end());
  return record(order_no, "order.rectification_" + word, at, fields);
}

ArchiveNotes notes_of(const Value::Array& misses, const Value::Array& steps) {
  return notes_of_records(misses, steps, day("2026-07-31"));
}

MissNote only_miss(const Value::Array& misses) {
  return notes_of(misses, {}).notes.misses.at({"1", "on_time"});
}

TEST(ArchiveNotes, TheLatestWordOnAMissCounts) {
  const MissNote note = only_miss({miss("1", "staff", {{"rectification", "R1"}}), miss("2", "unit"),
                                   miss("1", "upstream", {{"agreed", "yes"}})});
  EXPECT_EQ(note.cause, "upstream");
  EXPECT_EQ(note.evidence, "log-7");
  EXPECT_EQ(note.rectification, "R1");
  EXPECT_TRUE(note.excused());
}

TEST(ArchiveNotes, AnOpinionStaysWithItsCause) {
  EXPECT_TRUE(
      only_miss({miss("1", "upstream", {{"agreed", "yes"}}), miss("1", "upstream")}).excused());
  const MissNote another =
      only_miss({miss("1", "staff", {{"agreed", "yes"}}), miss("1", "upstream")});
  EXPECT_FALSE(another.agreed);
  EXPECT_FALSE(another.excused());
}

TEST(ArchiveNotes, ARectificationHasItsDaysFromTheRecordElseFromItsTime) {
  const ArchiveNotes all =
      notes_of({}, {step("demanded", "2026-07-10 09:00:00",
                         {{"happened_at", "2026-07-08 10:00"}, {"rectify_by", "2026-07-20 18:00"}}),
                    step("done", "2026-07-15 23:59:59")});
  ASSERT_EQ(all.notes.rectifications.size(), 1U);
  const Rectification& one = all.notes.rectifications[0];
  EXPECT_EQ(one.id, "R1");
  EXPECT_EQ(one.demanded, day("2026-07-08"));
  EXPECT_EQ(one.due, day("2026-07-20"));
  EXPECT_EQ(one.done, day("2026-07-15"));
  EXPECT_FALSE(one.refused);
  EXPECT_NE(one.text.find("letter-1"), std::string::npos) << one.text;
}

TEST(ArchiveNotes, OneIdAtSeveralOrdersIsOneRectification) {
  const Value other = step("demanded", "2026-07-10 10:00:00", {}, "2");
  EXPECT_EQ(notes_of({}, {step("demanded", "2026-07-10 09:00:00"), other}).contradictions.size(),
            0U);
  const Value later = step("demanded", "2026-07-11 10:00:00", {}, "2");
  const ArchiveNotes all = notes_of({}, {step("demanded", "2026-07-10 09:00:00"), later});
  EXPECT_EQ(all.notes.rectifications.size(), 1U);
  EXPECT_EQ(all.contradictions,
            std::vector<std::string>{
                "整改 R1：要求日期，先登记的是“2026-07-10”，工单 2 登记的是“2026-07-11”"});
}

TEST(ArchiveNotes, ARefusalIsKeptEvenWhenItIsDoneLater) {
  const ArchiveNotes all =
      notes_of({}, {step("demanded", "2026-07-10 09:00:00"), step("refused", "2026-07-11 09:00:00"),
                    step("done", "2026-07-12 09:00:00"), step("done", "2026-07-13 09:00:00")});
  EXPECT_TRUE(all.notes.rectifications.at(0).refused);
  EXPECT_EQ(all.notes.rectifications.at(0).done, day("2026-07-12"));
}

TEST(ArchiveNotes, WhatCameAfterTheDayHasNotHappened) {
  const ArchiveNotes all =
      notes_of({}, {step("demanded", "2026-07-31 23:59:59"), step("done", "2026-08-01 00:00:00")});
  ASSERT_EQ(all.notes.rectifications.size(), 1U);
  EXPECT_FALSE(all.notes.rectifications[0].done);
  const Value later = miss("1", "unit", {}, "2026-08-03 09:00:00");
  EXPECT_EQ(notes_of({later}, {}).notes.misses.size(), 1U) << "a cause is noted afterwards";
}

}  // namespace
}  // namespace jieban
