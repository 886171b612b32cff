// The archive's word and the file's: the archive wins, and what is said differently is told.
#include "common/assessment/notes_merge.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

using Texts = std::vector<std::string>;

Date day(const char* text) { return *parse_date(text); }

LedgerNotes with_miss(const MissNote& note, const std::string& order_no = "1") {
  LedgerNotes notes;
  notes.misses[{order_no, "sign"}] = note;
  return notes;
}

LedgerNotes with_rectification(const Rectification& each) {
  LedgerNotes notes;
  notes.rectifications.push_back(each);
  return notes;
}

Rectification demanded(const char* on) {
  Rectification made;
  made.id = "R1";
  made.demanded = day(on);
  return made;
}

const MissNote& kept(const MergedNotes& merged) { return merged.notes.misses.at({"1", "sign"}); }

TEST(NotesMerge, WhatOnlyOneOfThemSaysCounts) {
  LedgerNotes file = with_miss({"system", "截图", {}, ""}, "2");
  file.done["payment_1"] = {day("2026-02-20"), "回单"};
  file.filled["坐席人员岗"] = 4;
  file.rectifications.push_back(demanded("2026-05-01"));
  file.rectifications.back().id = "R2";
  LedgerNotes archive = with_miss({"staff", "log-1", {}, ""});
  archive.rectifications.push_back(demanded("2026-04-01"));
  const MergedNotes merged = merge_notes(archive, file);
  EXPECT_EQ(merged.notes.misses.size(), 2U);
  EXPECT_EQ(merged.notes.rectifications.size(), 2U);
  EXPECT_EQ(merged.notes.filled.at("坐席人员岗"), 4U);
  EXPECT_EQ(merged.notes.done.size(), 1U);
  EXPECT_EQ(merged.contradictions, Texts());
}

TEST(NotesMerge, AnotherCauseInTheFileIsToldAndExcusesNobody) {
  const MergedNotes merged = merge_notes(with_miss({"upstream", "log-1", {}, ""}),
                                         with_miss({"staff", "截图", true, "R9"}));
  EXPECT_EQ(merged.contradictions, Texts{"工单 1 签收率：原因，档案为“上级平台”，文件为“人员”"});
  EXPECT_EQ(kept(merged).cause, "upstream");
  EXPECT_EQ(kept(merged).evidence, "log-1");
  EXPECT_EQ(kept(merged).rectification, "");
  EXPECT_FALSE(kept(merged).excused()) << "party A agreed to another cause";
}

TEST(NotesMerge, OfTheSameCauseTheFileMayAddWhatPartyAThinks) {
  const MergedNotes merged = merge_notes(with_miss({"upstream", "log-1", {}, ""}),
                                         with_miss({"upstream", "停机公告", true, ""}));
  EXPECT_EQ(merged.contradictions, Texts());
  EXPECT_TRUE(kept(merged).excused());
  const MergedNotes denied = merge_notes(with_miss({"upstream", "log-1", false, ""}),
                                         with_miss({"upstream", "停机公告", true, ""}));
  EXPECT_EQ(denied.contradictions, Texts{"工单 1 签收率：甲方意见，档案为“不认可”，文件为“认可”"});
  EXPECT_FALSE(kept(denied).excused());
}

TEST(NotesMerge, ARectificationEndsByTheArchive) {
  Rectification file = demanded("2026-04-02");
  file.due = day("2026-04-20");
  file.done = day("2026-04-10");
  file.text = "超时办结";
  const MergedNotes merged =
      merge_notes(with_rectification(demanded("2026-04-01")), with_rectification(file));
  EXPECT_EQ(merged.contradictions,
            (Texts{"整改 R1：要求日期，档案为“2026-04-01”，文件为“2026-04-02”",
                   "整改 R1：完成日期，档案为“无”，文件为“2026-04-10”"}));
  ASSERT_EQ(merged.notes.rectifications.size(), 1U);
  const Rectification& one = merged.notes.rectifications[0];
  EXPECT_EQ(one.demanded, day("2026-04-01"));
  EXPECT_FALSE(one.done);
  EXPECT_EQ(one.due, day("2026-04-20"));
  EXPECT_EQ(one.text, "超时办结");
}

TEST(NotesMerge, ARefusalIsSaidByBothOrTold) {
  Rectification refused = demanded("2026-04-01");
  refused.refused = true;
  const MergedNotes merged =
      merge_notes(with_rectification(refused), with_rectification(demanded("2026-04-01")));
  EXPECT_EQ(merged.contradictions, Texts{"整改 R1：拒不整改，档案为“是”，文件为“否”"});
  EXPECT_TRUE(merged.notes.rectifications[0].refused);
}

TEST(NotesMerge, ARectificationThatNobodyDemandedIsTold) {
  const LedgerNotes archive = with_miss({"staff", "log-1", {}, "R1"});
  EXPECT_EQ(merge_notes(archive, {}).contradictions,
            Texts{"工单 1 签收率：所记的整改 R1 没有登记"});
  EXPECT_EQ(merge_notes(archive, with_rectification(demanded("2026-04-01"))).contradictions,
            Texts());
}

}  // namespace
}  // namespace jieban
