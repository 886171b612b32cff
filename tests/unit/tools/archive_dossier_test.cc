// What the archive gives to a dossier: the course, the records, the hashes of what is sealed; and
// the manifest has each page.
#include "tools/jieban/archive_dossier.h"

#include <gtest/gtest.h>

#include "common/base/bytes.h"
#include "common/base/file.h"
#include "common/crypto/hashes.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

Value entry(int64_t number, const std::string& topic, const std::string& label,
            const Fields& given) {
  Value arguments = Value::Object{};
  for (const auto& [name, text] : given) arguments.set(name, text);
  Value payload;
  payload.set("role", "unit").set("arguments", std::move(arguments));
  payload.set("sealed", "绝密内容");
  Value made;
  made.set("number", number).set("at", "2026-06-25 09:00:00").set("topic", topic);
  made.set("label", label).set("actor", "li|wang").set("stream", "110102007.router");
  return made.set("sequence", number + 100).set("payload", std::move(payload));
}

Value view_of(bool cut = false) {
  Value order;
  order.set("order_no", "YT-1").set("state_label", "已回访").set("lead_unit", "housing");
  order.set("created_at", Value()).set("signed_at", "2026-06-20 08:05:00");
  Value view;
  view.set("order", std::move(order)).set("timeline_cut", cut);
  view.set("timeline",
           Value(Value::Array{
               entry(7, "order.signed", "签收", {}),
               entry(8, "order.contacted", "联系诉求人",
                     {{"method", "phone"}, {"sealed_fields", "summary"}}),
               entry(9, "order.attachment_added", "添加附件",
                     {{"attachment", to_hex(sha256("photo"))},
                      {"attachment_kind", "photo"},
                      {"media_type", "image/jpeg"},
                      {"bytes", "5"}}),
               entry(10, "order.attachment_added", "添加附件",
                     {{"attachment", to_hex(sha256("elsewhere"))}, {"attachment_kind", "audio"}}),
               entry(11, "order.appeal_submitted", "申诉上报", {{"point_code", "SC3"}})}));
  return view;
}

DossierContent content_with(const Value& view) {
  DossierContent made;
  made.appeal.appeal_id = "YT-1-1";
  made.appeal.order_no = "YT-1";
  made.appeal.approved_by = "leader-1";
  made.evidence = {{"a.txt", "other"}, {"b.jpg", "photo"}};
  add_archive(view, made);
  return made;
}

std::string page(const DossierContent& content, const std::string& path) {
  for (const DossierPage& each : content.more) {
    if (each.path == path) return each.bytes;
  }
  return "";
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(ArchiveDossier, TheCourseNamesEachEventWithItsPlaceInTheChain) {
  const std::string text = page(content_with(view_of()), "06_办理经过.md");
  EXPECT_TRUE(has(text, "| 2026-06-25 09:00:00 | 签收 | li\\|wang | 110102007.router 107 | 7 |"))
      << text;
  EXPECT_TRUE(has(text, "申诉上报"));
}

TEST(ArchiveDossier, RecordsStandByTheirKindAndShowNothingSealed) {
  const DossierContent content = content_with(view_of());
  const std::string text = page(content, "07_办理记录.md");
  EXPECT_TRUE(has(text, "## 联系记录")) << text;
  EXPECT_TRUE(has(text, "方式：phone；密封文字：summary")) << text;
  EXPECT_TRUE(has(text, "## 考核申诉"));
  EXPECT_FALSE(has(text, "签收")) << "no record";
  for (const DossierPage& each : content.more) EXPECT_FALSE(has(each.bytes, "绝密")) << each.path;
}

TEST(ArchiveDossier, SealedAttachmentsAreNamedByTheirHashAndFoundAmongTheEvidence) {
  const std::string text = page(content_with(view_of()), "08_密封附件清单.md");
  EXPECT_TRUE(has(
      text, "| 照片 | image/jpeg | 5 |  | " + to_hex(sha256("photo")) + " | 04_佐证材料 第2件 |"))
      << text;
  EXPECT_TRUE(has(text, to_hex(sha256("elsewhere")) + " | 仅存档案（密封） |")) << text;
}

TEST(ArchiveDossier, WhatTheArchiveCannotShowIsMissing) {
  const DossierContent content = content_with(view_of(true));
  EXPECT_EQ(content.also_missing, (std::vector<std::string>{"工单原文的诉求内容（档案中密封）",
                                                            "办理经过的后段（过长）"}));
  EXPECT_EQ(content.order.front(), (std::pair<std::string, std::string>{"工单编号", "YT-1"}));
  DossierContent exported;
  exported.order = {{"主要内容", "楼顶漏水"}};
  add_archive(view_of(), exported);
  EXPECT_EQ(exported.order.size(), 1U);
  EXPECT_EQ(exported.also_missing, std::vector<std::string>());
}

TEST(ArchiveDossier, TheManifestHasEachPageAndShowsAChange) {
  TempDir dir;
  const std::string folder = dir.path("YT-1-1");
  auto manifest = write_dossier(folder, content_with(view_of()));
  ASSERT_TRUE(manifest.ok()) << manifest.error().message;
  EXPECT_EQ(manifest->find("files")->array()->size(), 9U);
  for (const Value& file : *manifest->find("files")->array()) {
    const auto bytes = read_file(folder + "/" + *file.find("path")->string(), 1 << 20);
    ASSERT_TRUE(bytes.ok());
    EXPECT_EQ(*file.find("sha256")->string(), to_hex(sha256(*bytes)));
  }
  EXPECT_TRUE(check_dossier(folder)->empty());
  ASSERT_TRUE(write_file(folder + "/06_办理经过.md", "x").ok());
  EXPECT_EQ(*check_dossier(folder), std::vector<std::string>{"06_办理经过.md"});
}

}  // namespace
}  // namespace jieban
