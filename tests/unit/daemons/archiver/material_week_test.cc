// Goal: a week's material, unit by unit: what belongs to it, exact parts of both axes, first
// passes, late hand-ins, the items that failed.
#include "daemons/archiver/material_week.h"

#include "tests/unit/daemons/archiver/day.h"

namespace jieban {
namespace {

using namespace archiver_test;

constexpr const char* kNow = "2026-08-01 00:00:00";

AuditNote note(const std::string& unit, uint64_t met, uint64_t timely,
               const std::vector<std::string>& failed = {}, uint64_t attempt = 1) {
  AuditNote made;
  made.unit = unit;
  made.met = met;
  made.of = 5;
  made.timely_met = timely;
  made.timely_of = 3;
  made.attempt = attempt;
  made.handed_in_at = local("2026-07-15 10:00:00");
  for (const std::string& each : failed) {
    made.items.push_back({each, "fail", "user"});
    made.items.back().title = "项目" + each;
  }
  made.items.push_back({"good", "pass", "auto"});
  return made;
}

class MaterialWeekTest : public testing::Test {
 protected:
  void say(const std::string& topic, const std::string& at, const std::optional<AuditNote>& audit,
           const OrderWish& wish = OrderWish()) {
    OrderMove move;
    move.order_no = wish.order_no;
    move.from = OrderState::handling;
    move.to = OrderState::auditing;
    move.command = "hand_in";
    move.audit = audit;
    streams.say("router", topic, wish.id, local(at), move);
  }
  MaterialWeek week(const std::string& day = "2026-07-15") {
    streams.deliver(place);
    auto all = make_material_week(place.archive(), *week_of(day, local(kNow)));
    EXPECT_TRUE(all.ok());
    return all.ok() ? *all : MaterialWeek();
  }
  Place place;
  Streams streams;
};

TEST(Week, RunsFromMondayToMondayAndIsNumberedAsTheStandardSays) {
  const Timestamp now = local("2027-06-01 00:00:00");
  for (const char* day : {"2026-07-13", "2026-07-16", "2026-07-19"}) {
    auto week = week_of(day, now);
    ASSERT_TRUE(week.ok());
    EXPECT_EQ(week->from, local("2026-07-13 00:00:00")) << day;
    EXPECT_EQ(week->to, local("2026-07-20 00:00:00"));
    EXPECT_EQ(week->label, "2026年第29周");
  }
  EXPECT_EQ(week_of("2026-12-31", now)->label, "2026年第53周");
  EXPECT_EQ(week_of("2027-01-03", now)->label, "2026年第53周");
  EXPECT_EQ(week_of("2027-01-04", now)->label, "2027年第1周");
  EXPECT_EQ(week_of("2026-07-13", local("2026-07-12 23:59:59")).error().code, ErrorCode::invalid);
  EXPECT_FALSE(week_of("2026-02-30", now).ok());
}

TEST_F(MaterialWeekTest, AWeekTakesWhatHappenedInIt) {
  say_order(streams, {});
  for (const char* at : {"2026-07-12 23:59:59", "2026-07-13 00:00:00", "2026-07-19 23:59:59",
                         "2026-07-20 00:00:00"}) {
    say("order.handed_in", at, note("甲", 5, 3));
    say("order.audit_passed", at, note("甲", 5, 3));
  }
  const MaterialWeek all = week();
  EXPECT_EQ(all.total.handed_in, 2U);
  EXPECT_EQ(all.total.audited, 2U);
}

TEST_F(MaterialWeekTest, BothAxesAreExactPartsOfTheAuditsOfEachUnit) {
  say_order(streams, {});
  say("order.audit_passed", "2026-07-15 10:30:00", note("甲", 5, 3));
  say("order.audit_failed", "2026-07-15 12:00:59", note("甲", 2, 1, {"x", "y"}));
  say("order.audit_passed", "2026-07-15 12:00:00", note("甲", 4, 2, {"x"}, 2));
  say("order.audit_failed", "2026-07-16 10:00:00", note("乙", 0, 0, {"y"}));
  const MaterialWeek all = week();
  ASSERT_EQ(all.units.size(), 2U);
  const UnitMaterial& first = all.units.at(1);
  EXPECT_EQ(all.units.at(0).unit, "乙");
  EXPECT_EQ(first.unit, "甲");
  EXPECT_EQ(first.completeness, (Rate{11, 15}));
  EXPECT_EQ(first.timeliness, (Rate{6, 9}));
  EXPECT_EQ(first.first_pass, (Rate{1, 2})) << "the second attempt is no first pass";
  EXPECT_EQ(first.audited, 3U);
  EXPECT_EQ(first.failed, 1U);
  EXPECT_EQ(first.audit_seconds, 1800U + 7259U + 7200U);
  EXPECT_EQ(first.failed_items, (std::vector<NamedCount>{{"项目x", 2}, {"项目y", 1}}));
  EXPECT_EQ(all.total.completeness, (Rate{11, 20}));
  EXPECT_EQ(all.total.first_pass, (Rate{1, 3}));
  const std::string text = material_week_markdown(all, "月坛街道");
  for (const char* part :
       {"# 月坛街道工单材料周报（2026年第29周）",
        "| 甲 | 0 | 0 | 3 | 1 | 50.0%（1/2） | 73.3%（11/15） | 66.6%（6/9） | 90 |",
        "- 甲：项目x 2 次，项目y 1 次", "非官方"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  const Value value = material_week_value(all);
  const Value& unit = value.find("units")->array()->at(1);
  EXPECT_EQ(*unit.find("completeness")->find("rate"), Value("73.3%"));
  EXPECT_EQ(*unit.find("mean_audit_minutes"), Value(uint64_t(90)));
  EXPECT_EQ(*value.find("week"), Value("2026年第29周"));
}

TEST_F(MaterialWeekTest, AHandInAfterTheDueTimeIsLate) {
  OrderWish wish;
  wish.received_at = local("2026-07-10 09:00:00");
  wish.due_at = local("2026-07-15 10:00:00");
  say_order(streams, wish);
  say("order.handed_in", "2026-07-15 10:00:00", note("甲", 5, 3), wish);
  say("order.handed_in", "2026-07-15 10:00:01", note("甲", 5, 3), wish);
  const MaterialWeek all = week();
  EXPECT_EQ(all.units.at(0).handed_in, 2U);
  EXPECT_EQ(all.units.at(0).late, 1U);
}

TEST_F(MaterialWeekTest, WithoutAListTheUnitIsTheOneThatLedAndThereAreNoRates) {
  OrderWish wish;
  say_order(streams, wish);
  say_move(streams, wish, OrderState::new_order, "sign", local("2026-07-18 09:05:00"));
  say_move(streams, wish, OrderState::signed_in, "dispatch", local("2026-07-18 09:06:00"));
  say("order.handed_in", "2026-07-18 10:00:00", std::nullopt, wish);
  say("order.audit_passed", "2026-07-18 11:00:00", std::nullopt, wish);
  const MaterialWeek all = week();
  ASSERT_EQ(all.units.size(), 1U);
  EXPECT_EQ(all.units[0].unit, "unit-7");
  EXPECT_EQ(all.units[0].audited, 1U);
  EXPECT_TRUE(all.units[0].completeness.none());
  const std::string text = material_week_markdown(all, "");
  EXPECT_NE(text.find("| unit-7 | 1 | 0 | 1 | 0 | — | — | — | — |"), std::string::npos) << text;
  EXPECT_EQ(text.find("非官方"), std::string::npos);
}

TEST_F(MaterialWeekTest, NeverShowsAllForLessThanAll) {
  say_order(streams, {});
  AuditNote nearly = note("甲|乙", 9999, 3);
  nearly.of = 10'000;
  say("order.audit_passed", "2026-07-15 10:30:00", nearly);
  const std::string text = material_week_markdown(week(), "");
  EXPECT_NE(text.find("99.9%（9999/10000）"), std::string::npos) << text;
  EXPECT_NE(text.find("甲\\|乙"), std::string::npos) << text;
}

}  // namespace
}  // namespace jieban
