// Goal: a change of the file counts at once; a file that went wrong does not silence the desk.
#include "daemons/notifier/contact_book.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "common/base/file.h"
#include "tests/support/log_lines.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

struct ContactBookTest : testing::Test {
  void put(const std::string& phone) {
    const std::string text = "version: \"1\"\npersons:\n  p-li: {sms: \"" + phone + "\"}\n";
    ASSERT_TRUE(write_file(path, text, 0640).ok());
  }
  TempDir folder;
  std::string path = folder.path("contacts.yaml");
  LogLines lines;
};

TEST_F(ContactBookTest, AChangedFileIsReadAtTheNextQuestion) {
  put("13800138000");
  auto book = ContactBook::open(path);
  ASSERT_TRUE(book.ok()) << book.error().message;
  EXPECT_EQ((*book)->person_of("13800138000"), "p-li");
  put("13900139000");
  EXPECT_EQ((*book)->address_of("p-li", "sms"), "13900139000");
  EXPECT_EQ((*book)->person_of("13800138000"), std::nullopt);
}

TEST_F(ContactBookTest, AnUnchangedFileIsNotReadAgain) {
  put("13800138000");
  auto book = ContactBook::open(path);
  ASSERT_TRUE(book.ok());
  auto first = (*book)->current();
  EXPECT_EQ((*book)->current(), first);
}

TEST_F(ContactBookTest, AFileThatWentWrongLeavesTheLastGoodOneAndIsToldOnce) {
  put("13800138000");
  auto book = ContactBook::open(path);
  ASSERT_TRUE(book.ok());
  put("13800");
  EXPECT_EQ((*book)->address_of("p-li", "sms"), "13800138000");
  EXPECT_EQ((*book)->address_of("p-li", "sms"), "13800138000");
  EXPECT_EQ(lines.count("contacts_not_read"), 1u);
  EXPECT_EQ(lines.count("13800"), 0u);
  auto reloaded = (*book)->reload();
  ASSERT_FALSE(reloaded.ok());
  EXPECT_EQ(reloaded.error().code, ErrorCode::invalid);
  put("13900139000");
  EXPECT_EQ((*book)->address_of("p-li", "sms"), "13900139000");
}

TEST_F(ContactBookTest, AFileThatBecameReadableByOthersIsNotReadAgain) {
  put("13800138000");
  auto book = ContactBook::open(path);
  ASSERT_TRUE(book.ok());
  ASSERT_EQ(chmod(path.c_str(), 0644), 0);
  EXPECT_EQ((*book)->address_of("p-li", "sms"), "13800138000");
  EXPECT_EQ(lines.count("chmod 0640"), 1u);
}

TEST_F(ContactBookTest, ItDoesNotOpenWithoutAFile) {
  auto book = ContactBook::open(path);
  ASSERT_FALSE(book.ok());
  EXPECT_EQ(book.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace jieban
