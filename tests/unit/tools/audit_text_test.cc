// What `jieban audit` prints.
#include "tools/jieban/audit_text.h"

#include <gtest/gtest.h>

#include "common/audit/checklist_file.h"
#include "common/json/json.h"

namespace jieban {
namespace {

std::vector<FiledAudit> audits() {
  static const Checklist kList;
  FiledAudit bad;
  bad.order_no = "A-1";
  bad.unit = "urban_office";
  bad.list = &kList;
  bad.note.checklist = "six_have";
  bad.note.met = 5;
  bad.note.of = 6;
  bad.note.items = {{.code = "has_site",
                     .verdict = "fail",
                     .by = "auto",
                     .required = true,
                     .title = "有现场",
                     .reason = "attachment_missing",
                     .text = "附件不足"}};
  bad.reuse = ReuseNote{"A-0", Timestamp(), 960};
  FiledAudit unlisted;
  unlisted.order_no = "A-2";
  return {bad, unlisted};
}

TEST(AuditText, NamesWhatIsMissingWhatWasCopiedAndThatTheListIsNotOfficial) {
  const std::string text = filed_audits_text(audits());
  for (const char* part : {"83.3%（5/6）", "—", "有现场（附件不足）", "与 A-0 相同 96.0%",
                           "没有适用的清单", "非官方占位，不是市里的“六有”标准"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

TEST(AuditText, ForMachinesPartsAreExact) {
  const std::string json = to_json(filed_audits_value(audits()));
  EXPECT_NE(json.find(R"("completeness":{"met":5,"of":6)"), std::string::npos) << json;
  EXPECT_NE(json.find(R"("reuse":{"order_no":"A-0","permille":960})"), std::string::npos);
  EXPECT_NE(json.find(R"("official":false)"), std::string::npos);
}

TEST(AuditText, TheAnswerIsNoWhenARequiredItemIsMissing) {
  auto all = audits();
  EXPECT_TRUE(misses_something(all));
  all[0].note.items[0].required.reset();
  EXPECT_FALSE(misses_something(all));
}

TEST(AuditText, AnAuditIsShownItemByItemFromTheLastEventThatCarriesOne) {
  const std::string text = audit_text(*parse_json(R"({"timeline":[
    {"at":"2026-03-10 08:00:00","label":"提交材料","actor":"u","payload":{"audit":{"items":[]}}},
    {"at":"2026-03-10 09:00:00","label":"审核退回","actor":"li","payload":{"audit":{
       "checklist":"six_have","version":"1","official":false,"met":5,"of":6,"timely_met":0,
       "timely_of":0,"items":[{"code":"has_site","verdict":"fail","by":"user","title":"有现场",
       "text":"审核人认定"}]},"reuse":{"order_no":"A-0","permille":980}}},
    {"at":"2026-03-10 10:00:00","label":"联系","payload":{}}]})"));
  for (const char* part :
       {"审核退回", "非官方占位", "83.3%（5/6）", "有现场", "未通过", "人工", "与 A-0 相同 980‰"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_NE(audit_text(*parse_json(R"({"timeline":[]})")).find("没有提交材料"), std::string::npos);
}

TEST(AuditText, ListsNameWhatIsOpenAndWhatWasAttached) {
  const std::string audits_of_all = audit_list_text(*parse_json(R"({"records":[
    {"at":"2026-03-10 09:00:00","order_no":"A-1","label":"审核退回","actor":"li","audit":{
     "unit":"urban_office","attempt":2,"met":5,"of":6,"timely_met":1,"timely_of":1,
     "items":[{"verdict":"fail","title":"有现场"},{"verdict":"pass"}]}}],"next":"ab"})"));
  for (const char* part : {"A-1", "urban_office", "有现场", "--cursor ab"}) {
    EXPECT_NE(audits_of_all.find(part), std::string::npos) << part << "\n" << audits_of_all;
  }
  const std::string attached =
      attachment_list_text(*parse_json(R"({"records":[
    {"at":"2026-03-10 09:00:00","actor":"u","fields":{"attachment":")" +
                                       std::string(64, 'a') + R"(","attachment_kind":"photo",
     "media_type":"image/jpeg","bytes":"12"}}]})"));
  EXPECT_NE(attached.find("照片"), std::string::npos) << attached;
  EXPECT_NE(attached.find(std::string(64, 'a')), std::string::npos);
}

}  // namespace
}  // namespace jieban
