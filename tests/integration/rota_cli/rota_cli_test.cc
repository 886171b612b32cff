// `jieban rota` at the real notifier: a seat asks for a swap, another takes it, the team leader
// approves, and `rota now --live` says so, also after the daemon was killed.
#include <gtest/gtest.h>

#include "common/duty/rota_file.h"
#include "common/duty/shifts.h"
#include "tests/support/test_site.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using Words = std::vector<std::string>;

constexpr int kNo = 1;
constexpr int kUsage = 64;

struct RotaCli : testing::Test {
  void SetUp() override {
    auto shipped = load_rota_book(JIEBAN_SOURCE_DIR "/config/rota.yaml");
    ASSERT_TRUE(shipped.ok());
    book = std::move(*shipped);
    site.start("notifier");
    ASSERT_TRUE(answers()) << site.logs();
  }
  ProgramRun run(const Words& words) {
    Words command = {JIEBAN_BINARY_DIR "/jieban", "--root", site.root(), "rota"};
    command.insert(command.end(), words.begin(), words.end());
    auto ran = run_program(command, site.root() + "/output", seconds(60));
    CHECK(ran.ok());
    return std::move(*ran);
  }
  // That it ends with `code` and says `text`.
  void expect(const Words& words, int code, const std::string& text) {
    const ProgramRun ran = run(words);
    EXPECT_EQ(ran.exit_code, code) << ran.output;
    EXPECT_NE(ran.output.find(text), std::string::npos) << text << " in " << ran.output;
  }
  // The door is open and the rota is loaded.
  bool answers() {
    for (int i = 0; i < 100; ++i) {
      if (run({"now", "--live"}).exit_code == 0) return true;
    }
    return false;
  }
  // A shift of the seats two days from now: whose, and when.
  Shift shift_to_come() {
    const Timestamp from = SystemClock().now() + hours(48);
    for (const Shift& shift :
         shifts(*book.find_rota("seat"), book.changes, from, from + hours(48))) {
      if (shift.start > from) return shift;
    }
    return {};
  }
  TestSite site;
  RotaBook book;
};

TEST_F(RotaCli, ASwapIsAskedForAcceptedApprovedAndWithdrawn) {
  const Shift shift = shift_to_come();
  const std::string from = format_local(shift.start);
  const std::string until = format_local(shift.end);
  // Two days on, in a cycle of four: who rests longest.
  const std::string taker = shift.person == "seat_a" ? "seat_c" : "seat_a";
  const Words ask = {"swap",     "ask",      "--rota", "seat", "--by",    shift.person,
                     "--taker",  taker,      "--from", from,   "--until", until,
                     "--reason", "家中有事", "--id",   "s-1"};
  expect(ask, 0, "已记录：s-1（待接受）");
  expect(ask, 0, "先前已记录，没有变化：s-1");
  expect({"changes", "--state", "open"}, 0, "待接受");
  expect({"swap", "approve", "s-1", "--by", "leader_a"}, kNo, "尚无人接受");
  expect({"swap", "accept", "s-1", "--by", shift.person}, kNo, "申请人不能自己接受");
  expect({"swap", "accept", "s-1", "--by", taker}, 0, "（待批准）");
  expect({"swap", "approve", "s-1", "--by", taker}, kNo, "不是班组长");
  expect({"swap", "approve", "s-1", "--by", "leader_a", "--override", "--reason", "急事"}, 0,
         "（生效）");
  const std::string named = book.name_of(taker) + "（换班，原为" + book.name_of(shift.person);
  expect({"now", "--live", "--rota", "seat", "--at", from}, 0, named);
  site.kill("notifier");
  site.start("notifier");
  ASSERT_TRUE(answers()) << site.logs();
  expect({"now", "--live", "--rota", "seat", "--at", from}, 0, named);
  expect({"show", "--live", "--from", from, "--to", until}, 0, named);
  expect({"now", "--rota", "seat", "--at", from}, 0, book.name_of(shift.person));
  expect({"changes"}, 0, book.name_of(shift.person) + "→" + book.name_of(taker));
  expect({"swap", "withdraw", "s-1", "--by", shift.person, "--reason", "不换了"}, kNo,
         "只能由班组长或值班领导撤回");
  expect({"withdraw", "s-1", "--by", "leader_a", "--reason", "不换了"}, 0, "（已撤回）");
  expect({"changes", "--state", "withdrawn"}, 0, "不换了");
}

TEST_F(RotaCli, ALeaveIsAGapUntilSomebodyStandsIn) {
  const Shift shift = shift_to_come();
  const std::string from = format_local(shift.start);
  const std::string until = format_local(shift.end);
  expect({"check", "--live"}, 0, "未发现问题");
  expect({"leave", "--person", shift.person, "--by", shift.person, "--from", from, "--until", until,
          "--reason", "体检"},
         0, "无人值班");
  expect({"check", "--live"}, kNo, "坐席值班无人值班");
  expect({"override", "--rota", "seat", "--add", "leader_b", "--remove", shift.person, "--by",
          "leader_a", "--from", from, "--until", until, "--reason", "替班"},
         0, "（生效）");
  expect({"check", "--live"}, 0, "未发现问题");
}

TEST_F(RotaCli, WhatIsWrongIsSaid) {
  expect({"leave", "--person", "seat_a", "--by", "seat_a", "--reason", "体检"}, kUsage, "二者取一");
  expect({"leave", "--person", "seat_a", "--by", "seat_a", "--reason", "体检", "--until", "soon"},
         kUsage, "--until");
  expect({"leave", "--person", "nobody", "--by", "leader_a", "--reason", "体检", "--for", "2h"},
         kNo, "名册中没有这个人");
  expect({"swap", "accept", "s-9", "--by", "seat_a"}, kNo, "没有这项排班变更");
  expect({"swap", "refuse", "s-9", "--by", "leader_a"}, kUsage, "--reason");
  expect({"now", "--live", "--file", "x"}, kUsage, "--live");
  expect({"temporary", "--rota", "seat", "--by", "leader_a", "--reason", "演练", "--for", "2h",
          "--shift", "seat_a"},
         kUsage, "--shift");
}

}  // namespace
}  // namespace jieban
