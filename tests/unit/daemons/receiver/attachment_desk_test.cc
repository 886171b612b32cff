// Goal: what was answered is stored, sealed, once; what a crash left behind harms nothing.
#include "daemons/receiver/attachment_desk.h"

#include <filesystem>

#include "common/base/bytes.h"
#include "common/crypto/hashes.h"
#include "tests/unit/daemons/receiver/edge_scene.h"

namespace jieban {
namespace {

const std::string kPhoto = "\xff\xd8\xff 王某某在西直门样例胡同";
const std::string kName = "王某某家门口.jpg";

class AttachmentDeskTest : public testing::Test {
 protected:
  void SetUp() override {
    scene.receiver.submit(leak_order("260310000001"));
    scene.receiver.submit(leak_order("260310000002"));
    scene.loop.start();
    door = std::make_shared<Door>(*scene.context, scene.receiver.sealer);
    open(0);
  }
  void TearDown() override { scene.loop.stop(); }
  // As after a restart.
  void open(size_t disk_free_min) {
    desk = std::make_unique<AttachmentDesk>(
        scene.receiver.core(), *scene.context, door,
        AttachmentLimits{scene.dir.path("files"), 1000, disk_free_min});
  }
  Result<CommandOutcome> take(const std::string& content = kPhoto,
                              const std::string& order_no = "260310000001",
                              const std::string& type = "image/jpeg") {
    Upload upload;
    upload.request.order_no = order_no;
    upload.request.role = "unit";
    upload.request.arguments = {{"attachment_kind", "photo"}};
    upload.actor = "unit-1";
    upload.name = kName;
    upload.media_type = type;
    upload.content = content;
    return desk->take(std::move(upload));
  }
  size_t files() const {
    size_t count = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(scene.dir.path("files"))) {
      count += entry.is_regular_file() ? 1 : 0;
    }
    return count;
  }
  static std::string hash_of(const std::string& content) { return to_hex(sha256(content)); }

  EdgeScene scene;
  std::shared_ptr<Door> door;
  std::unique_ptr<AttachmentDesk> desk;
};

TEST_F(AttachmentDeskTest, WhatWasTakenIsGivenBackAndLiesSealed) {
  auto outcome = take();
  ASSERT_TRUE(outcome.ok()) << outcome.error().message;
  EXPECT_EQ(outcome->outcome, "pending");
  auto stored = desk->open(hash_of(kPhoto));
  ASSERT_TRUE(stored.ok()) << stored.error().message;
  EXPECT_EQ(stored->content, kPhoto);
  EXPECT_EQ(stored->media_type, "image/jpeg");
  auto sealed =
      read_file(AttachmentStore(scene.dir.path("files"), 0).path_of(hash_of(kPhoto)), 9999);
  ASSERT_TRUE(sealed.ok());
  EXPECT_EQ(sealed->find("西直门"), std::string::npos);
  for (const auto& [table, rows] : scene.receiver.contents()) {
    for (const auto& [key, row] : rows) {
      EXPECT_EQ(row.find("门口.jpg"), std::string::npos) << table;
    }
  }
}

TEST_F(AttachmentDeskTest, TheSameFileTwiceIsOneCommandAndForAnotherOrderStillOneFile) {
  const uint64_t first = take()->sequence;
  EXPECT_EQ(take()->sequence, first);
  EXPECT_NE(take(kPhoto, "260310000002")->sequence, first);
  EXPECT_EQ(files(), 1U);
  EXPECT_EQ(desk->open(hash_of(kPhoto))->content, kPhoto);
}

TEST_F(AttachmentDeskTest, EachFaultHasItsCode) {
  EXPECT_EQ(take("").error().code, ErrorCode::invalid);
  EXPECT_EQ(take(kPhoto + std::string(1000, 'x')).error().code, ErrorCode::limit);
  EXPECT_EQ(take("not a photo").error().code, ErrorCode::invalid);
  EXPECT_EQ(take(kPhoto, "260310000001", "text/html").error().code, ErrorCode::invalid);
  EXPECT_EQ(take(kPhoto, "269999999999").error().code, ErrorCode::not_found);
  EXPECT_FALSE(std::filesystem::exists(scene.dir.path("files"))) << "nothing was stored";
  open(size_t{1} << 60U);
  EXPECT_EQ(take().error().code, ErrorCode::full);
  EXPECT_EQ(desk->open(std::string(64, 'a')).error().code, ErrorCode::not_found);
  EXPECT_EQ(desk->open("../../etc/passwd").error().code, ErrorCode::invalid);
}

// The moments at which a crash may come: the file half written, written without a command, and
// with one. The client did not hear an answer in the first two and sends it again.
TEST_F(AttachmentDeskTest, AfterACrashBeforeTheCommitTheFileIsSweptAndTheUploadMayComeAgain) {
  AttachmentStore store(scene.dir.path("files"), 0);
  ASSERT_TRUE(store.put(hash_of(kPhoto), "sealed under a key that nobody has").ok());
  ASSERT_TRUE(write_file(store.path_of(hash_of(kPhoto)) + ".tmp", "half").ok());
  open(0);
  EXPECT_EQ(*desk->sweep(), 2U);
  ASSERT_TRUE(take().ok());
  EXPECT_EQ(desk->open(hash_of(kPhoto))->content, kPhoto);
}

TEST_F(AttachmentDeskTest, AnUploadOverAnUnsweptOrphanIsWhole) {
  AttachmentStore store(scene.dir.path("files"), 0);
  ASSERT_TRUE(store.put(hash_of(kPhoto), "sealed under a key that nobody has").ok());
  ASSERT_TRUE(take().ok());
  EXPECT_EQ(desk->open(hash_of(kPhoto))->content, kPhoto);
}

TEST_F(AttachmentDeskTest, AfterTheCommitAFileSurvivesEveryRestart) {
  ASSERT_TRUE(take().ok());
  open(0);
  EXPECT_EQ(*desk->sweep(), 0U);
  ASSERT_TRUE(desk->drop_orphan(hash_of(kPhoto)).ok());
  EXPECT_EQ(desk->open(hash_of(kPhoto))->content, kPhoto);
}

TEST_F(AttachmentDeskTest, AFullStoreLeavesAnOrphanThatIsSwept) {
  scene.loop.full = true;
  EXPECT_EQ(take().error().code, ErrorCode::full);
  EXPECT_EQ(files(), 1U);
  EXPECT_EQ(*desk->sweep(), 1U);
}

TEST_F(AttachmentDeskTest, ADamagedFileIsNotGivenOut) {
  ASSERT_TRUE(take().ok());
  const std::string path = AttachmentStore(scene.dir.path("files"), 0).path_of(hash_of(kPhoto));
  std::string sealed = *read_file(path, 9999);
  sealed.back() = char(sealed.back() ^ 1);
  ASSERT_TRUE(write_file(path, sealed).ok());
  EXPECT_EQ(desk->open(hash_of(kPhoto)).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace jieban
