// Goal: `jieban rota` as it is typed: what comes out, and with which exit code.
// Method: the program itself, without a site.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>

#include "common/base/file.h"
#include "common/json/json.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

struct Told {
  std::string out;  // and what is wrong
  int code = -1;
};

class RotaCommands : public testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& text) {
    std::string path = folder_.path(name);
    EXPECT_TRUE(write_file(path, text).ok());
    return path;
  }

  // Of `jieban rota`, with the shipped file unless the arguments name one.
  Told run(const std::string& arguments, const std::string& input = "") {
    const std::string typed = std::string(JIEBAN_BINARY_DIR) + "/jieban rota " + arguments + " <" +
                              write("input", input) + " 2>&1";
    Told told;
    FILE* pipe = popen(typed.c_str(), "r");
    EXPECT_NE(pipe, nullptr);
    if (pipe == nullptr) return told;
    std::array<char, 4096> buffer{};
    size_t count = 0;
    while ((count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0) {
      told.out.append(buffer.data(), count);
    }
    const int status = pclose(pipe);
    told.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return told;
  }

  TempDir folder_;
  const std::string file_ = " --file " JIEBAN_SOURCE_DIR "/config/rota.yaml ";
};

TEST_F(RotaCommands, EvalAnswersATableRowByRow) {
  const Told good = run("eval", R"({"rows": [{"name": "A", "tz": "UTC", "rules": [],
    "window_start": "2018-01-01T08:00:00Z", "window_end": "2018-01-01T09:00:00Z"}]})");
  EXPECT_EQ(good.out, "{\"rows\":[{\"name\":\"A\",\"shifts\":[]}]}\n");
  EXPECT_EQ(good.code, 0);
  const Told no_json = run("eval", "{");
  EXPECT_EQ(no_json.code, 2);
  EXPECT_TRUE(no_json.out.starts_with("jieban: rota eval: ")) << no_json.out;
  const Told bad_row = run("eval", R"({"rows": [{"name": "A", "tz": "UTC", "rules": [],
    "window_start": "2018-01-01T08:00:00Z", "window_end": "2018-01-01T09:00:00Z"},
    {"name": "B", "tz": "Mars"}]})");
  EXPECT_EQ(bad_row.code, 1);
  EXPECT_NE(bad_row.out.find(R"({"rows":[{"name":"A","shifts":[]},)"
                             R"({"name":"B","shifts":[],"error":"tz names no time zone"}]})"),
            std::string::npos)
      << bad_row.out;
  EXPECT_NE(bad_row.out.find("jieban: rota eval: row 2 (B): tz names no time zone\n"),
            std::string::npos)
      << bad_row.out;
}

TEST_F(RotaCommands, ShowIsACalendarInThreeForms) {
  const std::string span = "--rota seat --from 2026-01-01 --to 2026-01-01";
  const Told text = run("show" + file_ + span);
  EXPECT_EQ(text.code, 0);
  EXPECT_EQ(text.out,
            "【坐席值班】seat，Asia/Shanghai\n"
            "2025-12-31 周三\n"
            "  20:30–次日08:30  夜班 坐席丙\n"
            "2026-01-01 周四\n"
            "  08:30–20:30  白班 坐席甲\n"
            "  20:30–次日08:30  夜班 坐席丁\n");
  const Told json = run("show --format json" + file_ + span);
  const auto value = parse_json(json.out);
  ASSERT_TRUE(value.ok()) << json.out;
  EXPECT_EQ(value->find("rotas")->array()->front().find("shifts")->array()->size(), 3U);
  EXPECT_EQ(run("show --json" + file_ + span).out, json.out);
  const Told ics = run("show --format ics" + file_ + span);
  EXPECT_TRUE(ics.out.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")) << ics.out;
  EXPECT_TRUE(ics.out.ends_with("END:VCALENDAR\r\n"));
  EXPECT_NE(ics.out.find("UID:seat-20260101T003000Z-1@jieban\r\n"), std::string::npos);
  EXPECT_NE(ics.out.find("DTSTART:20260101T003000Z\r\nDTEND:20260101T123000Z\r\n"),
            std::string::npos);
}

TEST_F(RotaCommands, NowTellsEachRota) {
  EXPECT_EQ(run("now" + file_ + "--at '2026-01-05 09:00'").out,
            "坐席值班：白班 坐席甲，至2026-01-05 20:30\n"
            "班组长听班：班组长甲，至2026-01-12 08:30\n"
            "街道值班领导：值班领导甲，至2026-01-12 08:30\n");
  EXPECT_EQ(run("now" + file_).code, 0);
}

TEST_F(RotaCommands, CheckSaysNoWhenSomethingIsFound) {
  const std::string span = "--from 2026-01-01 --to 2026-01-31";
  const Told good = run("check" + file_ + span);
  EXPECT_EQ(good.out, "未发现问题。\n");
  EXPECT_EQ(good.code, 0);
  const std::string changes = write("changes.yaml",
                                    "leaves: [{id: l1, person: seat_a, from: \"2026-01-01 08:30\", "
                                    "until: \"2026-01-01 20:30\"}]\n");
  const Told gap = run("check" + file_ + span + " --changes " + changes);
  EXPECT_EQ(gap.out, "2026-01-01 08:30 至 2026-01-01 20:30  坐席值班无人值班\n");
  EXPECT_EQ(gap.code, 1);
  const Told json = run("check --json" + file_ + span + " --changes " + changes);
  EXPECT_EQ(json.code, 1);
  const auto value = parse_json(json.out);
  ASSERT_TRUE(value.ok()) << json.out;
  EXPECT_EQ(*value->find("findings")->array()->front().find("fault")->string(), "gap");
}

TEST_F(RotaCommands, WhatIsWrongIsToldByItsKind) {
  EXPECT_EQ(run("show" + file_ + "--rota nowhere").code, 1);
  EXPECT_EQ(run("show" + file_ + "--from tomorrow").code, 64);
  EXPECT_EQ(run("show" + file_ + "--format xml").code, 64);
  EXPECT_EQ(run("show --file /nowhere/rota.yaml").code, 78);
  const Told bad = run("check --file " + write("rota.yaml", "version: \"1\"\nrota: []\n"));
  EXPECT_EQ(bad.code, 78);
  EXPECT_NE(bad.out.find("rota.yaml:2:1: "), std::string::npos) << bad.out;
}

}  // namespace
}  // namespace jieban
