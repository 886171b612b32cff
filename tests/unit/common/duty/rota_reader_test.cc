// Goal: each form of a rule is read, and what cannot be right is refused with its place.
#include "common/duty/rota_reader.h"

#include "tests/unit/common/duty/duty_fixture.h"

namespace jieban {
namespace {

using namespace duty_test;

Result<Rota> read(const std::string& members) {
  static const std::vector<Person> all = {{"a", "坐席甲", {}}, {"b", "坐席乙", {}}};
  auto document = Document::parse("id: seat\nname: 坐席值班\n" + members, "r.yaml");
  if (!document.ok()) return document.error();
  IdSet ids;
  return read_rota(document->root(), KnownPersons(all), ids);
}

std::string refusal(const std::string& members) {
  const auto rota = read(members);
  return rota.ok() ? "read" : rota.error().message;
}

Rota rota_of(const std::string& members) {
  auto rota = read(members);
  EXPECT_TRUE(rota.ok()) << (rota.ok() ? "" : rota.error().message);
  return rota.ok() ? *rota : Rota();
}

TEST(RotaReader, PersonsInTheirHours) {
  const Rota rota = rota_of(
      "rules: [{id: r, priority: 3, days: [mon], window: \"08:30-20:30\", persons: [a, b]}]\n");
  ASSERT_EQ(rota.rules.size(), 1U);
  EXPECT_EQ(rota.rules[0].priority, 3U);
  EXPECT_EQ(rota.rules[0].window.weekdays, 1U);
  EXPECT_EQ(rota.rules[0].persons, (Persons{"a", "b"}));
  EXPECT_EQ(on_duty(rota, local("2026-03-02 08:30")), (Persons{"a", "b"}));
  EXPECT_EQ(on_duty(rota, local("2026-03-03 08:30")), Persons{});
  EXPECT_FALSE(rota.standby);
  EXPECT_EQ(rota.time_zone, "Asia/Shanghai");
}

TEST(RotaReader, ARotationStartsOnItsOwnClock) {
  const Rota rota = rota_of(
      "timezone: UTC\nstandby: true\nrules:\n"
      "  - {id: r, rotation: {unit: daily, length: 2, start: \"2026-03-02 08:00\",\n"
      "                       timezone: Asia/Shanghai, persons: [a, b]}}\n"
      "  - {id: s, rotation: {unit: weekly, start: \"2026-03-02 08:00\", persons: [a]}}\n");
  EXPECT_TRUE(rota.standby);
  EXPECT_EQ(rota.rules[0].rotation->start, local("2026-03-02 08:00"));
  EXPECT_EQ(rota.rules[0].rotation->length, 2U);
  EXPECT_EQ(rota.rules[0].rotation->time_zone, "Asia/Shanghai");
  EXPECT_EQ(rota.rules[1].rotation->start, local("2026-03-02 16:00"));
  EXPECT_EQ(rota.rules[1].rotation->length, 1U);
  EXPECT_FALSE(rota.rules[1].rotation->time_zone.has_value());
}

TEST(RotaReader, ACycleWithItsShifts) {
  const Rota rota = rota_of(
      "rules:\n"
      "  - id: r\n"
      "    cycle: {first_day: 2026-03-02, pattern: [D, O], persons: [a, b],\n"
      "            shifts: [{code: D, name: 白班, window: \"08:30-20:30\"}]}\n");
  EXPECT_EQ(on_duty(rota, local("2026-03-02 08:30")), Persons{"a"});
  EXPECT_EQ(on_duty(rota, local("2026-03-03 08:30")), Persons{"b"});
  EXPECT_EQ(on_duty(rota, local("2026-03-03 20:30")), Persons{});
}

TEST(RotaReader, DatesAndCover) {
  const Rota rota = rota_of(
      "dates: [{person: a, from: \"2026-03-02 08:30\", until: \"2026-03-02 09:30\", priority: 2}]\n"
      "cover: [{days: mon-fri, window: \"09:00-12:00\"}]\n");
  EXPECT_EQ(rota.dates.front().priority, 2U);
  EXPECT_EQ(rota.dates.front().until, local("2026-03-02 09:30"));
  ASSERT_EQ(rota.cover.size(), 1U);
  EXPECT_EQ(rota.cover[0].begin, hour(9));
}

TEST(RotaReader, RefusesWhatCannotBeRight) {
  const std::string cycle = "rules: [{id: r, cycle: {first_day: 2026-03-02, persons: [a], ";
  const std::string shift = "{code: D, name: x, window: \"08:30-20:30\"}";
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"ruls: []\n", "r.yaml:3:1: "},
      {"rules: [{id: r}]\n", "r.yaml:3:9: a rule has one of persons, rotation and cycle"},
      {"rules: [{id: r, persons: [a], rotation: {}}]\n", "one of persons, rotation and cycle"},
      {"rules: [{id: r, persons: [a]}, {id: r, persons: [a]}]\n", "a second one with the id r"},
      {"rules: [{id: r, persons: [c]}]\n", "r.yaml:3:27: \"c\" is none of the persons"},
      {"rules: [{id: r, priority: -1, persons: [a]}]\n", "priority lies between"},
      {"rules: [{id: r, rotation: {unit: yearly, start: \"2026-03-02 08:00\", persons: [a]}}]\n",
       "unit is hourly, daily, weekly or monthly"},
      {"rules: [{id: r, rotation: {unit: daily, length: 0, start: \"2026-03-02 08:00\", persons: "
       "[a]}}]\n",
       "length is 1 or more"},
      {"rules: [{id: r, rotation: {unit: daily, start: \"2026-03-02\", persons: [a]}}]\n",
       "is no time"},
      {"rules: [{id: r, rotation: {unit: daily, start: \"2026-03-02 08:00\", persons: []}}]\n",
       "persons names at least one"},
      {cycle + "pattern: [], shifts: [" + shift + "]}}]\n", "pattern has 1 to 366 days"},
      {cycle + "pattern: [O], shifts: [" + shift + "]}}]\n",
       "no day of the pattern has the code D"},
      {cycle + "pattern: [D], shifts: []}}]\n", "a cycle needs at least one shift"},
      {cycle + "pattern: [D], shifts: [" + shift + ", " + shift + "]}}]\n",
       "a second shift with the code D"},
      {"rules: [{id: r, days: [mon], cycle: {}}]\n", "a cycle has its own days and windows"},
      {"rules: [{id: r, cycle: {first_day: 2026-02-30}}]\n", "is no date; write 2026-01-01"},
      {"dates: [{person: a, from: \"2026-03-02 08:30\", until: \"2026-03-02 08:30\"}]\n",
       "until is not after from"},
      {"timezone: Nowhere\n", "r.yaml:3:11: "},
      {"standby: yes\n", "r.yaml:3:10: "},
  };
  for (const auto& [members, told] : wrong) {
    const std::string why = refusal(members);
    EXPECT_NE(why.find(told), std::string::npos) << members << why;
  }
}

TEST(RotaReader, ARotaIsAMap) {
  auto document = Document::parse("[]", "r.yaml");
  IdSet ids;
  const auto rota = read_rota(document->root(), KnownPersons({}), ids);
  ASSERT_FALSE(rota.ok());
  EXPECT_EQ(rota.error().message.substr(0, 12), "r.yaml:1:1: ");
}

}  // namespace
}  // namespace jieban
