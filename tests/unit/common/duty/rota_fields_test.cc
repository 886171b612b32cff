// Goal: each word of a rota file is read in one way, and what is wrong is told with its place.
#include "common/duty/rota_fields.h"

#include "tests/unit/common/duty/duty_fixture.h"

namespace jieban {
namespace {

using namespace duty_test;

struct Text {
  explicit Text(const std::string& yaml) : document(Document::parse(yaml, "r.yaml")) {
    CHECK(document.ok());
  }
  Node root() const { return document->root(); }
  Result<Document> document;
};

std::string message(const Error& error) { return error.message; }

TEST(RotaFields, AnIdIsShortAndPlain) {
  EXPECT_EQ(*read_id(Text("id: seat_1-a").root(), "id"), "seat_1-a");
  for (const char* wrong : {"id: \"\"", "id: Seat", "id: 坐席", "id: a b",
                            "id: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
    const Text text(wrong);
    const auto id = read_id(text.root(), "id");
    ASSERT_FALSE(id.ok()) << wrong;
    EXPECT_TRUE(message(id.error()).starts_with("r.yaml:1:5: ")) << message(id.error());
  }
}

TEST(RotaFields, NoIdComesTwice) {
  IdSet ids;
  const Text text("id: a");
  EXPECT_TRUE(read_new_id(text.root(), ids).ok());
  EXPECT_FALSE(read_new_id(text.root(), ids).ok());
}

TEST(RotaFields, InstantsAreThoseOfTheWallClock) {
  const Text text(
      "[\"2026-02-16 08:30\", \"2026-02-16 08:30:30\", \"2026-02-16\", \"2026-02-30 08:30\"]");
  const auto items = text.root().items();
  EXPECT_EQ(*read_instant((*items)[0], shanghai()), local("2026-02-16 08:30"));
  EXPECT_EQ(*read_instant((*items)[1], shanghai()),
            local("2026-02-16 08:30") + std::chrono::seconds(30));
  EXPECT_EQ(*read_instant((*items)[0], zone_named("UTC")), local("2026-02-16 16:30"));
  EXPECT_FALSE(read_instant((*items)[2], shanghai()).ok());
  EXPECT_FALSE(read_instant((*items)[3], shanghai()).ok());
}

TEST(RotaFields, ASpanEndsAfterItBegins) {
  Timestamp from{};
  Timestamp until{};
  const Text good("{from: \"2026-02-16 08:30\", until: \"2026-02-16 08:31\"}");
  ASSERT_TRUE(read_span(good.root(), shanghai(), from, until).ok());
  EXPECT_EQ(until - from, std::chrono::minutes(1));
  const Text empty("{from: \"2026-02-16 08:30\", until: \"2026-02-16 08:30\"}");
  EXPECT_FALSE(read_span(empty.root(), shanghai(), from, until).ok());
  EXPECT_FALSE(
      read_span(Text("{from: \"2026-02-16 08:30\"}").root(), shanghai(), from, until).ok());
}

TEST(RotaFields, WeekdaysAreAWordOrAList) {
  EXPECT_EQ(*read_weekdays(Text("mon-fri").root()), 0b001'1111U);
  EXPECT_EQ(*read_weekdays(Text("weekend").root()), 0b110'0000U);
  EXPECT_EQ(*read_weekdays(Text("every-day").root()), kEveryDay);
  EXPECT_EQ(*read_weekdays(Text("[mon, sun]").root()), 0b100'0001U);
  EXPECT_FALSE(read_weekdays(Text("[]").root()).ok());
  EXPECT_FALSE(read_weekdays(Text("[monday]").root()).ok());
  EXPECT_FALSE(read_weekdays(Text("always").root()).ok());
}

TEST(RotaFields, AWindowIsEachDayWholeByDefault) {
  const auto whole = read_weekly_window(Text("{a: b}").root());
  EXPECT_EQ(whole->weekdays, kEveryDay);
  EXPECT_EQ(whole->end - whole->begin, kDaySeconds);
  const auto night = read_weekly_window(Text("{days: [tue], window: \"20:30-08:30\"}").root());
  EXPECT_EQ(night->weekdays, 2U);
  EXPECT_EQ(night->end, hour(32) + 1800);
  EXPECT_FALSE(read_weekly_window(Text("{window: \"20:30\"}").root()).ok());
}

TEST(RotaFields, ATimeZoneIsOneOfTzdata) {
  EXPECT_EQ(read_zone(Text("{a: b}").root())->name(), "Asia/Shanghai");
  EXPECT_EQ(read_zone(Text("timezone: UTC").root())->name(), "UTC");
  EXPECT_FALSE(read_zone(Text("timezone: Mars/Olympus").root()).ok());
}

TEST(RotaFields, CountsFlagsAndListsHaveLimits) {
  const Text text("{n: 3, yes: true, list: [1, 2]}");
  EXPECT_EQ(*read_count(text.root(), "n", 9, 3), 3U);
  EXPECT_EQ(*read_count(text.root(), "m", 9, 3), 9U);
  EXPECT_FALSE(read_count(text.root(), "n", 9, 2).ok());
  EXPECT_TRUE(*read_flag(text.root(), "yes"));
  EXPECT_FALSE(*read_flag(text.root(), "no"));
  EXPECT_FALSE(read_flag(text.root(), "n").ok());
  EXPECT_EQ(read_list(text.root(), "list", 2)->size(), 2U);
  EXPECT_EQ(read_list(text.root(), "none", 2)->size(), 0U);
  EXPECT_FALSE(read_list(text.root(), "list", 1).ok());
}

TEST(RotaFields, PersonsAreThoseOfTheFile) {
  const std::vector<Person> all = {{"a", "坐席甲", {}}};
  const KnownPersons persons(all);
  const Text text("{person: a, other: x, both: [a, a], none: [], wrong: [a, x]}");
  EXPECT_EQ(*persons.one(text.root(), "person"), "a");
  EXPECT_FALSE(persons.one(text.root(), "missing").ok());
  const auto unknown = persons.one(text.root(), "other");
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(message(unknown.error()), "r.yaml:1:20: \"x\" is none of the persons; add it to them");
  EXPECT_EQ(*persons.maybe(text.root(), "person"), "a");
  EXPECT_FALSE(persons.maybe(text.root(), "missing")->has_value());
  EXPECT_FALSE(persons.maybe(text.root(), "other").ok());
  EXPECT_EQ(persons.list(text.root(), "both")->size(), 2U);
  EXPECT_FALSE(persons.list(text.root(), "none").ok());
  EXPECT_FALSE(persons.list(text.root(), "wrong").ok());
}

}  // namespace
}  // namespace jieban
