// Goal: each hole of the next week has a name of its own, which it keeps while it lasts; one of
// today is more severe than one that is days away.
#include "daemons/notifier/callout/rota_gaps.h"

#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Lines = std::vector<std::string>;

// The only seat is off from so many hours after noon for so many.
RotaBook off(const std::vector<std::pair<int, int>>& spans) {
  RotaBook book = two_seats();
  for (const auto& [from, length] : spans) {
    DutyLeave& leave = book.changes.leaves.emplace_back();
    leave.person = "li";
    leave.from = noon() + hours(from);
    leave.until = leave.from + hours(length);
  }
  return book;
}

// "02-05 12:00 warning".
Lines lines_of(const std::vector<AlertDraft>& drafts) {
  Lines lines;
  for (const AlertDraft& draft : drafts) {
    lines.push_back(label_of(draft.labels, "gap").substr(5) + " " +
                    label_of(draft.labels, kSeverityLabel));
  }
  return lines;
}

std::vector<LabelSet> labels_of_all(const std::vector<AlertDraft>& drafts) {
  std::vector<LabelSet> all;
  for (const AlertDraft& draft : drafts) all.push_back(draft.labels);
  return all;
}

TEST(RotaGaps, EachGapOfTheWeekIsOneTheLatestFirst) {
  const auto drafts = gap_drafts(off({{2, 1}, {48, 2}, {144, 1}, {24 * 9, 1}}), {}, noon());
  EXPECT_EQ(lines_of(drafts),
            (Lines{"02-09 12:00 warning", "02-05 12:00 warning", "02-03 14:00 critical"}));
  EXPECT_EQ(drafts.back().what, "rota:seat:2026-02-03 14:00");
  EXPECT_EQ(drafts.back().annotations.at("summary"),
            "坐席 2026-02-03 14:00 至 2026-02-03 15:00 无人值班");
  for (const AlertDraft& draft : drafts) EXPECT_TRUE(is_gap_alert(draft.what));
  EXPECT_FALSE(is_gap_alert("channel:phone"));
  EXPECT_TRUE(gap_drafts(two_seats(), {}, noon()).empty());
}

TEST(RotaGaps, ADayAheadIsNear) {
  const RotaBook book = off({{25, 1}});
  EXPECT_EQ(lines_of(gap_drafts(book, {}, noon())), Lines{"02-04 13:00 warning"});
  EXPECT_EQ(lines_of(gap_drafts(book, {}, noon() + hours(1))), Lines{"02-04 13:00 critical"});
}

TEST(RotaGaps, AGapThatHasBegunKeepsItsNameWhileItLasts) {
  const RotaBook book = off({{-1, 4}});
  const auto first = gap_drafts(book, {}, noon());
  EXPECT_EQ(lines_of(first), Lines{"02-03 12:00 critical"}) << "since when, nobody has said";
  const auto later = gap_drafts(book, labels_of_all(first), noon() + minutes(90));
  EXPECT_EQ(lines_of(later), lines_of(first));
  EXPECT_TRUE(gap_drafts(book, labels_of_all(later), noon() + hours(3)).empty()) << "over";
}

// The one before it is known still when nobody looked at its end.
TEST(RotaGaps, AnotherGapHasItsOwnNameThoughTheOneBeforeItIsStillOpen) {
  const RotaBook book = off({{1, 1}, {3, 2}});
  const auto early = gap_drafts(off({{1, 1}}), {}, noon());
  EXPECT_EQ(lines_of(gap_drafts(book, labels_of_all(early), noon() + hours(4))),
            Lines{"02-03 15:00 critical"});
}

TEST(RotaGaps, WhatIsOpenOfAnotherRotaSaysNothing) {
  LabelSet other = {{"rota", "leader"}, {"gap", "2026-02-01 00:00"}};
  EXPECT_EQ(lines_of(gap_drafts(off({{-1, 4}}), {other}, noon())), Lines{"02-03 12:00 critical"});
  other = {{"rota", "seat"}};  // of an older row, without a name
  EXPECT_EQ(lines_of(gap_drafts(off({{-1, 4}}), {other}, noon())), Lines{"02-03 12:00 critical"});
}

TEST(RotaGaps, OfVeryManyTheFirstAreTold) {
  RotaBook book = two_seats();
  book.rotas[0].cover.clear();
  for (int64_t hour = 0; hour < 24; hour += 2) {
    DutyRule& rule = book.rotas[0].rules.emplace_back(book.rotas[0].rules[0]);
    rule.window = {kEveryDay, hour * 3600, hour * 3600 + 3600};
  }
  book.rotas[0].rules.erase(book.rotas[0].rules.begin());
  const auto drafts = gap_drafts(book, {}, noon());
  ASSERT_EQ(drafts.size(), kGapsToldMax);
  EXPECT_EQ(label_of(drafts.back().labels, "gap"), "2026-02-03 13:00") << "the next one";
}

}  // namespace
}  // namespace jieban
