// Parts of an archive are read within the limits; lies about sizes and damage are told.
#include "daemons/receiver/sheet/zip_archive.h"

#include <gtest/gtest.h>

#include "tests/support/workbook_builder.h"

namespace jieban {
namespace {

TEST(ZipArchive, PartsAreReadByName) {
  std::string bytes = build_zip({{"a.xml", "eins"}, {"b.xml", "zwei"}});
  auto archive = ZipArchive::open(bytes, SheetLimits{});
  ASSERT_TRUE(archive.ok());
  EXPECT_EQ(*archive->read("b.xml"), "zwei");
  EXPECT_EQ(archive->read("c.xml").error().code, ErrorCode::not_found);
}

TEST(ZipArchive, ACutOrDamagedArchiveIsRefused) {
  std::string bytes = build_zip({{"a.xml", std::string(500, 'x')}});
  EXPECT_FALSE(ZipArchive::open(bytes.substr(0, bytes.size() / 2), SheetLimits{}).ok());
  bytes[100] = 'y';  // inside the content: the checksum no longer fits
  auto archive = ZipArchive::open(bytes, SheetLimits{});
  ASSERT_TRUE(archive.ok());
  EXPECT_FALSE(archive->read("a.xml").ok());
}

}  // namespace
}  // namespace jieban
