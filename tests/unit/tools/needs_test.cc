// A program of few files is built from those, and not from the libraries that they lie in.
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "tests/support/temp_dir.h"
#include "tools/site/child_process.h"

namespace jieban {
namespace {

std::string needs(const std::vector<std::string>& files) {
  const TempDir folder;
  std::vector<std::string> command = {JIEBAN_SOURCE_DIR "/tools/needs"};
  command.insert(command.end(), files.begin(), files.end());
  auto run = run_program(command, folder.path("output"), std::chrono::seconds(30));
  if (!run.ok()) return run.error().message;
  return run->exit_code == 0 ? run->output : "exit " + std::to_string(run->exit_code);
}

TEST(Needs, WhatLiesBesideTheHeadersByWhateverWay) {
  const std::string files = needs({"tests/fuzz/door_fuzz.cc"});
  EXPECT_NE(files.find("daemons/receiver/intake/json_door.cc\n"), std::string::npos) << files;
  // Of a header that a header names.
  EXPECT_NE(files.find("common/domain/words.cc\n"), std::string::npos) << files;
  EXPECT_EQ(files.find("daemons/receiver/sheet/"), std::string::npos) << files;
  EXPECT_EQ(files.find("tests/fuzz/"), std::string::npos) << files;
}

TEST(Needs, EachFileOnce) {
  EXPECT_EQ(needs({"tests/fuzz/json_fuzz.cc", "tests/fuzz/json_fuzz.cc"}),
            needs({"tests/fuzz/json_fuzz.cc"}));
}

TEST(Needs, NoFileIsAWrongCall) { EXPECT_EQ(needs({}), "exit 64"); }

}  // namespace
}  // namespace jieban
