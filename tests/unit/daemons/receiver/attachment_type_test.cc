#include "daemons/receiver/attachment_type.h"

#include <gtest/gtest.h>

#include <map>

namespace jieban {
namespace {

const std::string kWord = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const std::string kSheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

// The first bytes of a file of each type.
const std::map<std::string, std::string> kFiles = {
    {"image/jpeg", "\xff\xd8\xff\xe0 photo"},
    {"image/png", "\x89PNG\r\n\x1a\n photo"},
    {"application/pdf", "%PDF-1.7"},
    {kWord, std::string("PK\x03\x04") + "[Content_Types].xml word/document.xml"},
    {kSheet, std::string("PK\x03\x04") + "[Content_Types].xml xl/workbook.xml"},
    {"video/mp4", std::string("\0\0\0\x20", 4) + "ftypisom"},
    {"audio/amr", "#!AMR\n"},
    {"audio/mpeg", "ID3\x03"},
    {"audio/wav", "RIFF1234WAVEfmt "},
    {"text/plain", "情况说明\r\n一、基本情况"}};

TEST(AttachmentType, EachIsKnownByItsContentAndTakenForNoOther) {
  for (const auto& [declared, unused] : kFiles) {
    EXPECT_TRUE(is_known_type(declared));
    EXPECT_NE(known_types().find(declared), std::string::npos);
    for (const auto& [type, content] : kFiles) {
      // Some formats begin with what is also plain text.
      if (declared == "text/plain" && type != declared) continue;
      EXPECT_EQ(is_of_type(declared, content), type == declared) << declared << " and " << type;
    }
  }
}

TEST(AttachmentType, AProgramByAnotherNameIsNone) {
  for (const auto& [declared, unused] : kFiles) {
    EXPECT_FALSE(is_of_type(declared, std::string("\x7f") + "ELF\x02\x01"));
    EXPECT_FALSE(is_of_type(declared, ""));
  }
  EXPECT_FALSE(is_known_type("text/html"));
  EXPECT_FALSE(is_of_type("application/zip", kFiles.at(kWord)));
}

TEST(AttachmentType, AZipArchiveIsNoDocument) {
  EXPECT_FALSE(is_of_type(kWord, std::string("PK\x03\x04") + "word/document.xml"));
}

TEST(AttachmentType, Mp3WithoutATagAndTextWithABrokenCharacter) {
  EXPECT_TRUE(is_of_type("audio/mpeg", "\xff\xfb\x90"));
  EXPECT_FALSE(is_of_type("audio/mpeg", "\xff\xd8\xff"));
  EXPECT_FALSE(is_of_type("text/plain", "\xe6\x83"));
}

}  // namespace
}  // namespace jieban
