// Goal: what people read, to the character; what machines read, member by member.
#include "common/duty/rota_text.h"

#include "common/json/json.h"
#include "tests/unit/common/duty/duty_fixture.h"

namespace jieban {
namespace {

using namespace duty_test;

RotaSheet sheet_of(const RotaBook& book, const RotaChanges& changes, std::string_view from,
                   std::string_view until) {
  return make_sheet(book, book.rotas.front(), changes, {local(from), local(until)});
}

RotaChanges eventful() {
  RotaChanges changes;
  changes.leaves = {leave_of("2026-03-02 08:30", "2026-03-02 20:30", "a")};
  changes.overrides = {override_of("2026-03-03 08:30", "2026-03-03 20:30", "c", "b"),
                       override_of("2026-03-03 12:00", "2026-03-03 14:00", "d", {})};
  changes.swaps = {swap_of("2026-03-02 20:30", "2026-03-03 08:30", "d", "c"),
                   swap_of("2026-03-03 20:30", "2026-03-04 08:30", "a", "b")};
  changes.swaps[1].accepted_at.reset();
  changes.temporary = {{"t",
                        "seat",
                        local("2026-03-04 08:30"),
                        local("2026-03-04 20:30"),
                        {{"b", local("2026-03-04 08:30"), local("2026-03-04 20:30"), 0}}}};
  return changes;
}

TEST(RotaText, IsACalendarDayByDay) {
  const RotaBook book = seat_book();
  EXPECT_EQ(sheet_text(sheet_of(book, eventful(), "2026-03-02 08:30", "2026-03-04 20:30")),
            "【坐席值班】seat，Asia/Shanghai\n"
            "2026-03-02 周一\n"
            "  08:30–20:30  无人值班\n"
            "  20:30–次日08:30  夜班 坐席c（换班，原为坐席d）\n"
            "2026-03-03 周二\n"
            "  08:30–20:30  白班 坐席c（代坐席b）\n"
            "  12:00–14:00  坐席d（加派）\n"
            "  20:30–次日08:30  夜班 坐席a（已申请换班，尚未生效）\n"
            "2026-03-04 周三\n"
            "  08:30–20:30  坐席b（临时排班）\n");
}

TEST(RotaText, ALongShiftTellsItsLastDay) {
  RotaBook book = seat_book();
  book.rotas.front().rules = {rule_of({}, 0, hour(24))};
  book.rotas.front().rules.front().rotation =
      Rotation{RotationUnit::weekly, 1, local("2026-03-02 08:30"), {"a", "b"}, {}};
  EXPECT_EQ(sheet_text(sheet_of(book, {}, "2026-03-03 00:00", "2026-03-04 00:00")),
            "【坐席值班】seat，Asia/Shanghai\n2026-03-02 周一\n"
            "  08:30–2026-03-09 08:30  坐席a\n");
}

TEST(RotaText, OfADutyWithoutBeginningAndEndNoneIsMadeUp) {
  RotaBook book = seat_book();
  book.rotas.front().rules = {rule_of({"a"}, 0, hour(24))};
  const RotaSheet sheet = sheet_of(book, {}, "2026-03-03 00:00", "2026-03-04 00:00");
  EXPECT_EQ(now_text(sheet), "坐席值班：坐席a，长期\n");
  EXPECT_EQ(sheet_text(sheet),
            "【坐席值班】seat，Asia/Shanghai\n2026-03-03 周二\n  00:00–次日00:00  坐席a\n");
  const Value told = sheet_value(sheet);
  const Value& shift = told.find("shifts")->array()->front();
  EXPECT_EQ(*shift.find("start")->string(), "2026-03-02T16:00:00Z");
  EXPECT_TRUE(*shift.find("endless")->boolean());
  EXPECT_TRUE(*shift.find("truncated")->boolean());
}

TEST(RotaText, MachinesGetIdsNamesAndUtc) {
  const RotaBook book = seat_book();
  EXPECT_EQ(
      to_json(sheet_value(sheet_of(book, eventful(), "2026-03-02 08:30", "2026-03-03 08:30"))),
      R"({"id":"seat","name":"坐席值班","timezone":"Asia/Shanghai",)"
      R"("from":"2026-03-02T00:30:00Z","until":"2026-03-03T00:30:00Z","shifts":[)"
      R"({"person":"c","name":"坐席c","start":"2026-03-02T12:30:00Z",)"
      R"("end":"2026-03-03T00:30:00Z","origin":"swap","shift":"夜班","in_place_of":"d",)"
      R"("in_place_of_name":"坐席d"}],)"
      R"("gaps":[{"start":"2026-03-02T00:30:00Z","end":"2026-03-02T12:30:00Z"}]})");
  const Value asked =
      sheet_value(sheet_of(book, eventful(), "2026-03-03 21:00", "2026-03-03 22:00"));
  EXPECT_EQ(*asked.find("shifts")->array()->front().find("swap_asked")->boolean(), true);
}

TEST(RotaText, NowIsOneLine) {
  const RotaBook book = seat_book();
  const auto now = [&](const RotaChanges& changes, std::string_view at) {
    return now_text(
        make_sheet(book, book.rotas.front(), changes, {local(at), local(at) + Duration(1)}));
  };
  EXPECT_EQ(now({}, "2026-03-02 20:30"), "坐席值班：夜班 坐席d，至2026-03-03 08:30\n");
  EXPECT_EQ(now(eventful(), "2026-03-02 12:00"), "坐席值班：无人值班\n");
  EXPECT_EQ(
      now(eventful(), "2026-03-03 12:00"),
      "坐席值班：白班 坐席c（代坐席b），至2026-03-03 20:30，坐席d（加派），至2026-03-03 14:00\n");
}

DutyFinding finding(DutyFault fault, const std::string& rota, const PersonId& person,
                    const std::string& change = "") {
  return {fault, rota, person, local("2026-03-02 08:30"), local("2026-03-02 12:00"), change};
}

TEST(RotaText, EachFaultHasItsWords) {
  const RotaBook book = seat_book();
  const std::string times = "2026-03-02 08:30 至 2026-03-02 12:00  ";
  EXPECT_EQ(finding_text(book, finding(DutyFault::gap, "seat", "")), times + "坐席值班无人值班\n");
  EXPECT_EQ(finding_text(book, finding(DutyFault::short_rest, "", "a")),
            times + "坐席a两班之间只休息3小时30分，少于11小时\n");
  EXPECT_EQ(finding_text(book, finding(DutyFault::long_shift, "", "a")),
            times + "坐席a连续在岗3小时30分，超过12小时\n");
  EXPECT_EQ(finding_text(book, finding(DutyFault::nights_in_row, "", "a")),
            times + "坐席a连续夜班超过1个\n");
  EXPECT_EQ(finding_text(book, finding(DutyFault::open_swap, "seat", "a", "s1")),
            times + "坐席值班换班申请s1（坐席a）尚未接受或批准，不生效\n");
  EXPECT_EQ(finding_text(book, finding(DutyFault::unknown_person, "", "x", "o1")),
            times + "变更o1中的人员x不在名册\n");
  EXPECT_EQ(finding_text(book, finding(DutyFault::unknown_rota, "y", "", "o1")),
            times + "变更o1中的排班y不存在\n");
}

TEST(RotaText, AFindingForMachines) {
  EXPECT_EQ(to_json(finding_value(seat_book(), finding(DutyFault::open_swap, "seat", "a", "s1"))),
            R"({"fault":"open_swap","rota":"seat","person":"a","change":"s1",)"
            R"("start":"2026-03-02T00:30:00Z","end":"2026-03-02T04:00:00Z",)"
            R"("text":"坐席值班换班申请s1（坐席a）尚未接受或批准，不生效"})");
}

}  // namespace
}  // namespace jieban
