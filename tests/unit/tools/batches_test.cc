// Files that are compiled or analysed as one do not see each other's hidden names.
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "common/base/file.h"
#include "tests/support/temp_dir.h"
#include "tools/site/child_process.h"

namespace jieban {
namespace {

// The batches of such files, named a, b, ...: "ab c" are two.
std::string batches(const std::vector<std::string>& texts, const std::string& size = "9") {
  const TempDir folder;
  std::vector<std::string> command = {JIEBAN_SOURCE_DIR "/tools/batches", size};
  std::string file = "a";
  for (const std::string& text : texts) {
    command.push_back(folder.path(file));
    EXPECT_TRUE(write_file(command.back(), text + "\n").ok());
    file[0]++;
  }
  auto run = run_program(command, folder.path("output"), std::chrono::seconds(30));
  if (!run.ok()) return run.error().message;
  if (run->exit_code != 0) return "exit " + std::to_string(run->exit_code);
  std::string seen;
  for (size_t at = 0; at < run->output.size(); at = run->output.find_first_of(" \n", at) + 1) {
    if (at > 0 && run->output[at - 1] == '\n') seen += ' ';
    seen += run->output[run->output.find_first_of(" \n", at) - 1];
  }
  return seen;
}

TEST(Batches, FilesOfDifferentNamesGoTogether) {
  EXPECT_EQ(batches({"constexpr int kOne = 1;", "constexpr int kTwo = 2;", "int kept();"}), "abc");
}

TEST(Batches, NoMoreThanTheSizeGoTogether) {
  EXPECT_EQ(batches({"int one();", "int two();", "int three();"}, "2"), "ab c");
  EXPECT_EQ(batches({"int one();"}, "0"), "exit 64");
}

TEST(Batches, TheSameNameNeverGoesTogether) {
  const std::vector<std::string> declarations = {
      "constexpr int kDay = 1;",
      "const std::map<int, std::vector<int>> kDay = {",
      "constexpr std::string_view kDay[] = {",
      "[[nodiscard]] int kDay(const std::string& text) {",
      "struct kDay {",
      "struct kDay final : Base {",
      "enum class kDay { a };",
      "class kDay;",
      "using kDay = int;",
      "using other::kDay;",
      "#define kDay 1",
      "kDay (",
  };
  for (const std::string& declaration : declarations) {
    EXPECT_EQ(batches({"int kDay = 1;", declaration}), "a b") << declaration;
  }
}

TEST(Batches, WhatIsNotDeclaredAtTheMarginDoesNotPartThem) {
  const std::vector<std::string> others = {
      "  int kDay = 1;", "// kDay = 1;",     "Type::Type(int kDay) {", "int Type::kDay() {",
      "#include <kDay>", "namespace kDay {", "TEST(kDay, IsADay) {",   "}  // kDay {",
  };
  for (const std::string& other : others) {
    EXPECT_EQ(batches({"int kDay = 1;", other}), "ab") << other;
  }
}

TEST(Batches, AHiddenNameIsPartedFromFilesThatSeeOneOfAHeader) {
  const std::string sees = "#include \"common/json/json.h\"\n";
  EXPECT_EQ(batches({"int one();", sees + "int two();", "std::string to_json(int) {"}), "ab c");
  EXPECT_EQ(batches({"std::string to_json(int) {", "int one();", sees + "int two();"}), "ab c");
  // What tests share is in headers, functions too.
  const std::string shared = "#include \"tests/support/core_harness.h\"\n";
  EXPECT_EQ(batches({shared + "int one();", "struct Result {", "int two();"}), "ac b");
  EXPECT_EQ(batches({shared + "int one();", "int payload_of(int) {", "int two();"}), "ac b");
  // A part of what a header declares hides nothing.
  EXPECT_EQ(batches({sees + "int one();", "struct Value::Impl {", "int two();"}), "abc");
  // By way of another header.
  EXPECT_EQ(batches({sees + "int one();", "struct Value {"}), "a b");
  // Nobody sees the other.
  EXPECT_EQ(batches({"int one();", "std::string to_json(int) {"}), "ab");
  // What it sees is no name of its own.
  EXPECT_EQ(batches({sees + "int one();", sees + "std::string to_json(int) {"}), "ab");
}

TEST(Batches, FilesThatSeeTwoBodiesOfANameAreParted) {
  EXPECT_EQ(batches({"#include \"tests/support/core_harness.h\"",
                     "#include \"tests/unit/common/daemon/daemon_fixture.h\"",
                     "#include \"tests/support/core_harness.h\""}),
            "ac b");
}

TEST(Batches, TheSameUsingDeclarationMayStandInBoth) {
  const std::string hours = "using std::chrono::hours;";
  EXPECT_EQ(batches({hours, hours, "using other::hours;"}), "ab c");
  EXPECT_EQ(batches({hours, "int hours(int) {"}), "a b");
  EXPECT_EQ(batches({"using Name = int;", "using Name = int;", "using Name = long;"}), "ab c");
}

TEST(Batches, NamesOfAnEnumerationAreSharedByThoseThatUseItOnly) {
  const std::string states = "using enum OrderState;";
  EXPECT_EQ(batches({states, "int two();", states, states + "\nusing enum ClockKind;"}), "ac b d");
}

}  // namespace
}  // namespace jieban
