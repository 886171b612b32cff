// Goal: a file that goes wrong is replaced by what it said when it was good, and that is said.
#include "daemons/notifier/last_call/last_good.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/file.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

constexpr size_t kSmall = 4096;

// A file is good when it begins with "good".
Result<std::string> load_good(const std::string& path) {
  auto text = read_file(path, kSmall);
  if (!text.ok()) return text.error();
  if (!text->starts_with("good")) return invalid(path + ": not good");
  return text;
}

class LastGoodTest : public testing::Test {
 protected:
  std::string load() {
    LastGood files(dir_.path("copies"));
    auto loaded = files.load("kept.yaml", dir_.path("a.yaml"), load_good);
    EXPECT_FALSE(exists("copies/kept.yaml.new")) << "nothing is written before it is time";
    fault_ = files.fault() ? files.fault()->message : "";
    kept_ = files.keep().ok();
    EXPECT_FALSE(exists("copies/kept.yaml.new")) << "nothing is left";
    return loaded.ok() ? *loaded : "error: " + loaded.error().message;
  }
  void write(const std::string& text) {
    ASSERT_TRUE(write_file(dir_.path("a.yaml"), text, 0644).ok());
  }

  bool exists(const std::string& file) { return ::access(dir_.path(file).c_str(), F_OK) == 0; }

  TempDir dir_;
  std::string fault_;
  bool kept_ = false;
};

TEST_F(LastGoodTest, AFileThatGoesWrongIsReadAsItWasWhenItWasGood) {
  write("good 1");
  EXPECT_EQ(load(), "good 1");
  write("good 2");
  EXPECT_EQ(load(), "good 2");
  EXPECT_EQ(fault_, "");
  write("bad");
  for (int look = 0; look < 2; ++look) {
    EXPECT_EQ(load(), "good 2") << "the copy is not replaced by what is wrong";
    EXPECT_NE(fault_.find("a.yaml: not good"), std::string::npos) << fault_;
  }
  write("good 3");
  EXPECT_EQ(load(), "good 3");
  EXPECT_EQ(fault_, "");
}

TEST_F(LastGoodTest, AFileThatIsGoneIsReadFromItsCopy) {
  write("good 1");
  EXPECT_EQ(load(), "good 1");
  ASSERT_EQ(std::remove(dir_.path("a.yaml").c_str()), 0);
  EXPECT_EQ(load(), "good 1");
  EXPECT_NE(fault_, "");
}

TEST_F(LastGoodTest, WithoutACopyTheFileItselfIsNamed) {
  write("bad");
  EXPECT_NE(load().find("error: " + dir_.path("a.yaml") + ": not good"), std::string::npos);
  EXPECT_NE(fault_, "");
}

TEST_F(LastGoodTest, ACopyIsForNobodyElseToRead) {
  write("good 1");
  load();
  struct stat copy {};
  ASSERT_EQ(::stat(dir_.path("copies/kept.yaml").c_str(), &copy), 0);
  EXPECT_EQ(copy.st_mode & 0777U, 0600U);
  struct stat folder {};
  ASSERT_EQ(::stat(dir_.path("copies").c_str(), &folder), 0);
  EXPECT_EQ(folder.st_mode & 0777U, 0700U);
}

TEST_F(LastGoodTest, WhereNoCopyCanBeKeptTheFileIsReadAllTheSame) {
  ASSERT_TRUE(write_file(dir_.path("copies"), "no folder").ok());
  write("good 1");
  EXPECT_EQ(load(), "good 1");
  EXPECT_EQ(fault_, "") << "the file is well";
  EXPECT_FALSE(kept_) << "and its copy is not";
}

// What is kept is read itself: the file may change between the two.
TEST_F(LastGoodTest, WhatIsNotGoodIsNotKept) {
  write("good 1");
  LastGood files(dir_.path("copies"));
  EXPECT_TRUE(files.load("kept.yaml", dir_.path("a.yaml"), load_good).ok());
  write("bad");
  EXPECT_TRUE(files.keep().ok());
  EXPECT_FALSE(exists("copies/kept.yaml"));
  EXPECT_NE(load().find("error"), std::string::npos);
}

}  // namespace
}  // namespace jieban
