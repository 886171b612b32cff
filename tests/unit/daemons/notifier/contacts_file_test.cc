// Goal: only a file that nobody else reads is read; whatever is wrong is told by its place, and
// never by what stands there.
#include "daemons/notifier/contacts_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "common/base/file.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

constexpr const char* kGood = R"(version: "1"
official: false
persons:
  p-li: {sms: "+86 138 0013 8000", mail: li@street.example, wecom: li}
  p-zhao: {voice: "010-66051234"}
units:
  urban_office: {mail: urban@street.example}
groups:
  duty: {mail: duty@street.example}
)";

Result<Contacts> load_with_mode(unsigned mode) {
  const TempDir folder;
  EXPECT_TRUE(write_file(folder.path("contacts.yaml"), kGood).ok());
  EXPECT_EQ(chmod(folder.path("contacts.yaml").c_str(), mode), 0);
  return load_contacts(folder.path("contacts.yaml"));
}

// That `text` is refused there, without a word of what is personal in it.
void expect_refused(const std::string& text, const std::string& place) {
  auto contacts = parse_contacts(text, "contacts.yaml");
  ASSERT_FALSE(contacts.ok()) << text;
  const std::string& message = contacts.error().message;
  EXPECT_TRUE(message.starts_with("contacts.yaml:" + place + ": ")) << message;
  for (const char* secret : {"138", "李", "lisi", "@"}) {
    EXPECT_EQ(message.find(secret), std::string::npos) << message;
  }
}

TEST(ContactsFile, ReadsPersonsUnitsAndGroups) {
  auto contacts = parse_contacts(kGood, "contacts.yaml");
  ASSERT_TRUE(contacts.ok()) << contacts.error().message;
  EXPECT_EQ(contacts->version, "1");
  EXPECT_EQ(contacts->address_of("p-li", "sms"), "13800138000");
  EXPECT_EQ(contacts->address_of("duty", "mail"), "duty@street.example");
  EXPECT_EQ(contacts->person_of("010 66051234"), "p-zhao");
}

TEST(ContactsFile, TheShippedFileIsGoodAndNamesNobody) {
  auto text = read_file(JIEBAN_SOURCE_DIR "/config/contacts.yaml", 100'000);
  ASSERT_TRUE(text.ok());
  auto contacts = parse_contacts(*text, "contacts.yaml");
  ASSERT_TRUE(contacts.ok()) << contacts.error().message;
  EXPECT_TRUE(contacts->persons.empty());
  EXPECT_TRUE(contacts->others.empty());
}

TEST(ContactsFile, TheExampleInTheShippedFileIsRight) {
  auto text = read_file(JIEBAN_SOURCE_DIR "/config/contacts.yaml", 100'000);
  ASSERT_TRUE(text.ok());
  for (const char* section : {"persons:", "units:", "groups:"}) {
    const std::string empty = std::string(section) + " {}\n";
    text->replace(text->find(empty), empty.size(), std::string(section) + "\n");
  }
  for (const char* example : {"p-li", "p-zhao", "urban_office", "duty"}) {
    const size_t at = text->find("#  " + std::string(example) + ": {");
    ASSERT_NE(at, std::string::npos) << example;
    text->erase(at, 1);
  }
  auto contacts = parse_contacts(*text, "contacts.yaml");
  ASSERT_TRUE(contacts.ok()) << contacts.error().message;
  EXPECT_EQ(contacts->person_of("138 0013 8000"), "p-li");
  EXPECT_EQ(contacts->others.size(), 2u);
}

TEST(ContactsFile, AFileThatOthersReadIsRefused) {
  for (unsigned mode : {0600u, 0640u, 0400u}) EXPECT_TRUE(load_with_mode(mode).ok()) << mode;
  for (unsigned mode : {0644u, 0604u, 0660u, 0641u}) {
    auto refused = load_with_mode(mode);
    ASSERT_FALSE(refused.ok()) << mode;
    EXPECT_EQ(refused.error().code, ErrorCode::refused);
    EXPECT_NE(refused.error().message.find("chmod 0640"), std::string::npos);
  }
}

TEST(ContactsFile, AMissingOrHugeFileIsAnError) {
  const TempDir folder;
  auto missing = load_contacts(folder.path("contacts.yaml"));
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  ASSERT_TRUE(write_file(folder.path("huge.yaml"), std::string(2 << 20, '#'), 0600).ok());
  auto huge = load_contacts(folder.path("huge.yaml"));
  ASSERT_FALSE(huge.ok());
  EXPECT_EQ(huge.error().code, ErrorCode::limit);
}

TEST(ContactsFile, WhatIsWrongIsToldByItsPlaceAlone) {
  const std::string head = "version: \"1\"\npersons:\n";
  expect_refused(head + "  p-li: {sms: \"1380013800\"}\n", "3:15");
  expect_refused(head + "  p-li: {sms: [\"13800138000\"]}\n", "3:15");
  expect_refused(head + "  p-li: {mail: \"lisi\"}\n", "3:16");
  expect_refused(head + "  p-li: {\"13800138000\": sms}\n", "3:25");
  expect_refused(head + "  李四: {sms: \"13800138000\"}\n", "3:11");
  expect_refused(head + "  lisi: 13800138000\n", "3:9");
  expect_refused(head + "  13800138000: {wecom: x}\n", "3:16");
  expect_refused("version: \"1\"\n13800138000: {}\n", "2:14");
  expect_refused("persons: {}\n", "1:1");
  expect_refused("version: \"\"\n", "1:10");
  expect_refused("[13800138000]\n", "1:1");
}

TEST(ContactsFile, WhatTheParserSaysDoesNotQuoteTheFile) {
  const std::string head = "version: \"1\"\npersons:\n";
  expect_refused(head + "  p-li: {\"13800138000\": a, \"13800138000\": b}\n", "3:28");
  expect_refused(head + "  p-li: {sms: !13800138000 x}\n", "3:15");
  expect_refused(head + "  p-li: {sms: \"13800138000\n", "4:1");
}

TEST(ContactsFile, TwoPersonsWithOneNumberAreRefused) {
  auto contacts = parse_contacts(
      "version: \"1\"\npersons:\n  p-li: {sms: \"13800138000\"}\n  p-zhao: {voice: \"+86 138 0013 "
      "8000\"}\n",
      "contacts.yaml");
  ASSERT_FALSE(contacts.ok());
  EXPECT_TRUE(contacts.error().message.starts_with("contacts.yaml:4:11: "))
      << contacts.error().message;
  EXPECT_EQ(contacts.error().message.find("138"), std::string::npos);
}

TEST(ContactsFile, TheNumberOfContactsIsBounded) {
  std::string text = "version: \"1\"\npersons:\n";
  for (size_t i = 0; i < kContactsMax; ++i) text += "  p-" + std::to_string(i) + ": {wecom: x}\n";
  EXPECT_TRUE(parse_contacts(text, "contacts.yaml").ok());
  EXPECT_FALSE(parse_contacts(text + "  p-more: {wecom: x}\n", "contacts.yaml").ok());
}

}  // namespace
}  // namespace jieban
