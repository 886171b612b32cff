// Goal: whatever moment a crash leaves behind, a sweep brings the folder back to what rows know.
#include "daemons/receiver/attachment_store.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <set>

#include "common/base/file.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

const std::string kHash(64, 'a');
const std::string kOther(64, 'b');

class AttachmentStoreTest : public testing::Test {
 protected:
  size_t sweep(const std::set<std::string>& known) {
    auto swept = store.sweep([&](const std::string& hash) { return known.contains(hash); });
    CHECK(swept.ok());
    return *swept;
  }
  bool is_there(const std::string& path) { return std::filesystem::exists(path); }

  TempDir dir{"/dev/shm"};
  AttachmentStore store{dir.path("files"), 0};
};

TEST_F(AttachmentStoreTest, AFileLiesUnderItsHashAndNobodyElseReadsIt) {
  ASSERT_TRUE(store.put(kHash, "sealed").ok());
  EXPECT_EQ(store.path_of(kHash), dir.path("files") + "/aa/" + std::string(62, 'a'));
  EXPECT_EQ(*store.get(kHash, 100), "sealed");
  struct stat info {};
  ASSERT_EQ(::stat(store.path_of(kHash).c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  EXPECT_EQ(store.get(kHash, 3).error().code, ErrorCode::limit);
  EXPECT_EQ(store.get(kOther, 100).error().code, ErrorCode::not_found);
}

TEST_F(AttachmentStoreTest, ASweepErasesHalfWrittenAndUnknownFilesAndKeepsTheOthers) {
  EXPECT_EQ(sweep({}), 0U) << "before anything was ever stored";
  ASSERT_TRUE(store.put(kHash, "known").ok());
  ASSERT_TRUE(store.put(kOther, "killed before its command was committed").ok());
  ASSERT_TRUE(write_file(store.path_of(kHash) + ".tmp", "killed before the rename").ok());
  EXPECT_EQ(sweep({kHash}), 2U);
  EXPECT_TRUE(is_there(store.path_of(kHash)));
  EXPECT_FALSE(is_there(store.path_of(kOther)));
  EXPECT_FALSE(is_there(store.path_of(kHash) + ".tmp"));
  EXPECT_EQ(sweep({kHash}), 0U);
}

TEST_F(AttachmentStoreTest, ADiskThatWouldBeTooFullIsFull) {
  AttachmentStore narrow(dir.path("files"), size_t{1} << 60U);
  auto put = narrow.put(kHash, "sealed");
  ASSERT_FALSE(put.ok());
  EXPECT_EQ(put.error().code, ErrorCode::full);
  EXPECT_FALSE(is_there(narrow.path_of(kHash)));
}

TEST_F(AttachmentStoreTest, AFileThatCannotBeWrittenLeavesNothing) {
  // A folder stands where the file would be renamed to.
  ASSERT_TRUE(make_directories(store.path_of(kHash) + "/in_the_way").ok());
  EXPECT_FALSE(store.put(kHash, "sealed").ok());
  EXPECT_FALSE(is_there(store.path_of(kHash) + ".tmp"));
}

}  // namespace
}  // namespace jieban
