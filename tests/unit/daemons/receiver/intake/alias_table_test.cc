// Columns find their fields by many names; each field is found once, and the rules are DOMAIN §6.2.
#include "daemons/receiver/intake/alias_table.h"

#include <gtest/gtest.h>

#include "tests/support/alias_files.h"

namespace jieban {
namespace {

std::vector<std::string> assign(const std::vector<std::string>& headers) {
  static const AliasTable kTable = shipped_aliases("aliases.yaml");
  std::vector<std::string> names;
  for (const Field* field : kTable.assign(headers)) {
    names.emplace_back(field == nullptr ? "" : field->name);
  }
  return names;
}

using Names = std::vector<std::string>;

TEST(AliasTable, HeadersAreComparedWithoutBlanksAndWidth) {
  EXPECT_EQ(assign({" 工单　编号 ", "来电人电话／账号", "主要\n内容", "order_no?"}),
            (Names{"order_no", "caller_phone", "content", ""}));
}

TEST(AliasTable, AFieldsOwnNameIsAnAlias) {
  EXPECT_EQ(assign({"order_no", "lon"}), (Names{"order_no", "lon"}));
}

TEST(AliasTable, TheEarlierAliasWinsWhereverItStands) {
  EXPECT_EQ(assign({"编号", "工单编号"}), (Names{"", "order_no"}));
  EXPECT_EQ(assign({"编号", "标题"}), (Names{"order_no", "title"}));
}

TEST(AliasTable, CreatedIsTheCallOnlyWhereNothingBetterIs) {
  EXPECT_EQ(assign({"创建时间", "来电时间"}), (Names{"created_at_city", "called_at"}));
  EXPECT_EQ(assign({"创建时间", "标题"}), (Names{"called_at", "title"}));
  EXPECT_EQ(assign({"登记时间", "来电时间", "创建时间"}),
            (Names{"", "called_at", "created_at_city"}));
}

TEST(AliasTable, ASecondPhoneIsTheContact) {
  EXPECT_EQ(assign({"联系电话"}), (Names{"caller_phone"}));
  EXPECT_EQ(assign({"联系电话", "来电号码"}), (Names{"contact_phone", "caller_phone"}));
}

TEST(AliasTable, EveryAliasOfTheTradeIsShipped) {
  const AliasPairs wanted = {
      {"order_no", "热线工单编号"}, {"order_type", "来电类别"},    {"cat_path", "末级分类"},
      {"content", "反映内容"},      {"called_at", "来话时间"},     {"due_at", "到期时间"},
      {"completed_at", "完成时间"}, {"caller_name", "市民姓名"},   {"lead_unit", "责任单位"},
      {"district", "被反映区"},     {"street", "被反映街乡镇"},    {"community", "村/社区"},
      {"point", "小区点位"},        {"address", "被反映地址"},     {"status_text", "当前环节"},
      {"result", "办理情况"},       {"reply", "答复内容"},         {"visit_contacted", "是否响应"},
      {"visit_solved", "解决情况"}, {"visit_satisfied", "满意度"}, {"in_assessment", "是否考核"}};
  for (const auto& [name, alias] : wanted) EXPECT_EQ(assign({alias}), Names{name}) << alias;
}

TEST(AliasTable, EveryFieldHasAColumnInTheShippedTable) {
  const std::string lines = shipped_aliases("aliases.yaml").fingerprint();
  for (const Field& field : submission_fields()) {
    std::string line = "\n" + std::string(field.name) + "=";
    EXPECT_NE(lines.find(line), lines.rfind(line)) << field.name << " has its own name only";
  }
}

TEST(AliasTable, WrongTablesAreRefused) {
  EXPECT_FALSE(AliasTable::build({{"no_such_field", "x"}}).ok());
  EXPECT_FALSE(AliasTable::build({{"title", " "}}).ok());
  EXPECT_FALSE(AliasTable::build({{"title", "x"}, {"title", "ｘ"}}).ok());
  EXPECT_FALSE(AliasTable::build({{"title", "x"}, {"content", "x"}, {"reply", "x"}}).ok());
  EXPECT_TRUE(AliasTable::build({{"title", "x"}, {"content", "x"}}).ok());
}

TEST(AliasTable, TheFingerprintChangesWithTheTable) {
  auto one = AliasTable::build({{"title", "x"}});
  auto same = AliasTable::build({{"title", "x"}});
  auto other = AliasTable::build({{"content", "x"}});
  auto dates = AliasTable::build({{"title", "x"}}, DateStyle::month_first);
  EXPECT_EQ(one->fingerprint(), same->fingerprint());
  EXPECT_NE(one->fingerprint(), other->fingerprint());
  EXPECT_NE(one->fingerprint(), dates->fingerprint());
}

}  // namespace
}  // namespace jieban
