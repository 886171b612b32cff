// Goal: each kind of change is read, and none that names what is not there.
#include "common/duty/changes_file.h"

#include "common/base/file.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/common/duty/duty_fixture.h"

namespace jieban {
namespace {

using namespace duty_test;

Result<RotaChanges> read(const std::string& text) {
  auto document = Document::parse(text, "c.yaml");
  if (!document.ok()) return document.error();
  return read_changes(document->root(), seat_book());
}

const std::string kSpan = "from: \"2026-03-02 08:30\", until: \"2026-03-02 20:30\"";

TEST(ChangesFile, ReadsEachKind) {
  const auto changes = read(
      "temporary:\n  - {id: t1, rota: seat, " + kSpan + ", shifts: [{person: a, " + kSpan +
      "}]}\noverrides:\n  - {id: o1, rota: seat, " + kSpan +
      ", add: b, remove: a, priority: 2, reason: 病假}\n  - {id: o2, rota: seat, " + kSpan +
      ", add: b, alone: true}\nleaves:\n  - {id: l1, person: a, " + kSpan +
      "}\nswaps:\n  - {id: s1, rota: seat, asked_by: a, asked_at: \"2026-03-01 10:00\", " + kSpan +
      ", taker: b, accepted_at: \"2026-03-01 11:00\", back_from: \"2026-03-03 08:30\", back_until: "
      "\"2026-03-03 20:30\"}\n");
  ASSERT_TRUE(changes.ok()) << changes.error().message;
  EXPECT_EQ(changes->temporary.front().shifts.front().person, "a");
  EXPECT_EQ(changes->overrides[0].add, "b");
  EXPECT_EQ(changes->overrides[0].remove, "a");
  EXPECT_EQ(changes->overrides[0].priority, 2U);
  EXPECT_EQ(changes->overrides[0].reason, "病假");
  EXPECT_TRUE(changes->overrides[1].alone);
  EXPECT_EQ(changes->leaves.front().from, local("2026-03-02 08:30"));
  const ShiftSwap& swap = changes->swaps.front();
  EXPECT_TRUE(swap.accepted());
  EXPECT_EQ(swap.asked_at, local("2026-03-01 10:00"));
  EXPECT_EQ(swap.back_until, local("2026-03-03 20:30"));
}

TEST(ChangesFile, ARequestNeedsNoTaker) {
  const auto changes =
      read("swaps: [{id: s1, rota: seat, asked_by: a, asked_at: \"2026-03-01 10:00\", " + kSpan +
           "}]\n");
  ASSERT_TRUE(changes.ok()) << changes.error().message;
  EXPECT_FALSE(changes->swaps.front().accepted());
}

TEST(ChangesFile, ChangesOfTwoKindsMayHaveTheSameId) {
  EXPECT_TRUE(read("leaves: [{id: x, person: a, " + kSpan + "}]\noverrides: [{id: x, rota: seat, " +
                   kSpan + ", add: b, remove: a}]\n")
                  .ok());
}

TEST(ChangesFile, RefusesWhatCannotBeRight) {
  const std::string swap =
      "swaps: [{id: s, rota: seat, asked_by: a, asked_at: \"2026-03-01 10:00\", ";
  const std::string change = "overrides: [{id: o, rota: seat, " + kSpan;
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"override: []\n", "c.yaml:1:1: "},
      {change + "}]\n", "an override needs add, remove or both"},
      {change + ", add: x}]\n", "\"x\" is none of the persons"},
      {change + ", remove: a, alone: true}]\n", "alone goes with add, without remove"},
      {change + ", add: a, remove: b, alone: true}]\n", "alone goes with add, without remove"},
      {change + ", add: a, priority: 1001}]\n", "priority lies between 0 and 1000"},
      {change + ", add: a}, {id: o, rota: seat, " + kSpan + ", add: a}]\n",
       "a second one with the id o"},
      {"overrides: [{id: o, rota: sea, " + kSpan + ", add: a}]\n", "there is no rota \"sea\""},
      {"leaves: [{id: l, person: x, " + kSpan + "}]\n", "c.yaml:1:26: \"x\" is none"},
      {"leaves: [{id: l, person: a, from: \"2026-03-02 08:30\", until: \"2026-03-01 08:30\"}]\n",
       "until is not after from"},
      {swap + kSpan + ", taker: a}]\n", "nobody takes a shift from himself"},
      {swap + kSpan + ", accepted_at: \"2026-03-01 10:00\"}]\n", "accepted_at needs a taker"},
      {swap + kSpan + ", back_from: \"2026-03-01 10:00\"}]\n", "stand together"},
      {swap + kSpan + ", back_from: \"2026-03-01 10:00\", back_until: \"2026-03-01 10:00\"}]\n",
       "back_until is not after back_from"},
      {"temporary: [{id: t, rota: seat, " + kSpan + ", shifts: [{person: x, " + kSpan + "}]}]\n",
       "\"x\" is none of the persons"},
  };
  for (const auto& [text, told] : wrong) {
    const auto changes = read(text);
    const std::string why = changes.ok() ? "read" : changes.error().message;
    EXPECT_NE(why.find(told), std::string::npos) << text << why;
  }
}

TEST(ChangesFile, MayBeAFileOfItsOwn) {
  const TempDir folder;
  const std::string path = folder.path("c.yaml");
  ASSERT_TRUE(write_file(path, "leaves: [{id: l, person: a, " + kSpan + "}]\n").ok());
  const auto changes = load_changes(path, seat_book());
  ASSERT_TRUE(changes.ok()) << changes.error().message;
  EXPECT_EQ(changes->leaves.size(), 1U);
  EXPECT_FALSE(load_changes(folder.path("none.yaml"), seat_book()).ok());
}

}  // namespace
}  // namespace jieban
