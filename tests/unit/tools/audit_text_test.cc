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

}  // namespace
}  // namespace jieban
