// A dossier is whole or has no manifest, says what is missing, and shows whoever changes it.
#include "tools/jieban/dossier.h"

#include <gtest/gtest.h>

#include "common/base/bytes.h"
#include "common/base/file.h"
#include "common/crypto/hashes.h"
#include "common/json/json.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

DossierContent content() {
  DossierContent made;
  made.appeal.appeal_id = "A-1";
  made.appeal.order_no = "YT-1";
  made.appeal.reason_text = "已立案";
  made.appeal.state = AppealState::draft;
  AppealPoint point;
  point.code = "SC2";
  point.title = "法定途径";
  point.required_evidence = {"立案材料"};
  made.point = point;
  made.order = {{"工单编号", "YT-1"}, {"主要内容", "a|b\nc"}};
  made.evidence = {{"立案.jpg", std::string("\x00\x01", 2)}, {"通话.wav", "x"}};
  return made;
}

std::vector<std::string> texts(const Value& list) {
  std::vector<std::string> all;
  for (const Value& item : *list.array()) all.push_back(*item.string());
  return all;
}

TEST(Dossier, HoldsItsPartsInOrderWithTheirHashes) {
  TempDir dir;
  auto manifest = write_dossier(dir.path("A-1"), content());
  ASSERT_TRUE(manifest.ok()) << manifest.error().message;
  std::vector<std::string> paths;
  for (const Value& file : *manifest->find("files")->array()) {
    paths.push_back(*file.find("path")->string());
    auto bytes = read_file(dir.path("A-1/" + paths.back()), 1 << 20);
    ASSERT_TRUE(bytes.ok());
    EXPECT_EQ(*file.find("sha256")->string(), to_hex(sha256(*bytes)));
  }
  EXPECT_EQ(paths, (std::vector<std::string>{"01_工单原文.md", "02_情况说明.md", "03_佐证清单.md",
                                             "04_佐证材料/01_立案.jpg", "04_佐证材料/02_通话.wav",
                                             "05_审批记录.md"}));
  EXPECT_TRUE(check_dossier(dir.path("A-1"))->empty());
  auto list = read_file(dir.path("A-1/03_佐证清单.md"), 1 << 20);
  EXPECT_NE(list->find("- [ ] 立案材料"), std::string::npos);
  EXPECT_NE(list->find("非官方"), std::string::npos);
  auto order = read_file(dir.path("A-1/01_工单原文.md"), 1 << 20);
  EXPECT_NE(order->find("| 主要内容 | a\\|b c |"), std::string::npos);
}

TEST(Dossier, SaysWhatIsMissingAndWhatIsADraft) {
  TempDir dir;
  DossierContent bare = content();
  bare.evidence.clear();
  auto manifest = write_dossier(dir.path("bare"), bare);
  EXPECT_EQ(texts(*manifest->find("missing")),
            (std::vector<std::string>{"情况说明（目前是草稿）", "佐证材料", "内审人", "批准人"}));
  EXPECT_TRUE(*manifest->find("files")->array()->at(1).find("draft")->boolean());
  DossierContent full = content();
  full.statement = "# 情况说明";
  full.appeal.reviewed_by = "王审";
  full.appeal.approved_by = "李批";
  auto whole = write_dossier(dir.path("full"), full);
  EXPECT_TRUE(texts(*whole->find("missing")).empty());
  EXPECT_EQ(*read_file(dir.path("full/02_情况说明.md"), 100), "# 情况说明");
}

TEST(Dossier, ShowsWhatWasChangedTakenAwayOrAdded) {
  TempDir dir;
  const std::string folder = dir.path("A-1");
  ASSERT_TRUE(write_dossier(folder, content()).ok());
  ASSERT_TRUE(write_file(folder + "/05_审批记录.md", "已批准").ok());
  std::filesystem::remove(folder + "/04_佐证材料/02_通话.wav");
  ASSERT_TRUE(write_file(folder + "/04_佐证材料/03_新.jpg", "x").ok());
  EXPECT_EQ(*check_dossier(folder),
            (std::vector<std::string>{"04_佐证材料/02_通话.wav", "05_审批记录.md",
                                      "04_佐证材料/03_新.jpg"}));
}

TEST(Dossier, IsNeverOverwritten) {
  TempDir dir;
  ASSERT_TRUE(write_dossier(dir.path("A-1"), content()).ok());
  auto again = write_dossier(dir.path("A-1"), content());
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
}

TEST(Dossier, NoNameLeavesTheFolder) {
  TempDir dir;
  for (const char* name : {"../x", "a/b", "", ".", "..", "a\nb", "\xff"}) {
    DossierContent wrong = content();
    wrong.evidence[0].name = name;
    EXPECT_FALSE(write_dossier(dir.path("x"), wrong).ok()) << name;
    EXPECT_FALSE(std::filesystem::exists(dir.path("x")));
  }
}

TEST(Dossier, AForgedManifestReadsNothingElsewhere) {
  TempDir dir;
  const std::string folder = dir.path("f");
  ASSERT_TRUE(make_directories(folder).ok());
  ASSERT_TRUE(write_file(dir.path("secret"), "s").ok());
  ASSERT_TRUE(write_file(folder + "/manifest.json", R"({"files":[{"path":"../secret","sha256":")" +
                                                        to_hex(sha256("s")) + R"("}]})")
                  .ok());
  EXPECT_EQ(*check_dossier(folder), std::vector<std::string>{"../secret"});
  EXPECT_FALSE(check_dossier(dir.path("none")).ok());
}

}  // namespace
}  // namespace jieban
