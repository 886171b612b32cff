// Typed fields of an export: what is blank is absent, what is not understood is told.
#include "tools/jieban/export_order.h"

#include "tests/unit/tools/exports.h"

namespace jieban {
namespace {

TEST(ExportOrder, ReadsTimesFlagsAndWords) {
  const ExportOrders read = orders_of(
      "工单编号,创建时间,来电时间,是否有效回访,是否联系,是否解决,是否满意,是否纳入考核\n"
      "1,2026年6月22日 8时,2026-06-21,是,是,部分解决,非常满意,不纳入\n"
      "2,,2026/6/21 9:05,否,,,未评价,-\n");
  ASSERT_EQ(read.orders.size(), 2u) << told(read.faults);
  const ExportOrder& first = read.orders[0];
  EXPECT_EQ(format_local(*first.created_at), "2026-06-22 08:00:00");
  EXPECT_TRUE(first.visit.valid && first.visit.contacted);
  EXPECT_EQ(first.visit.solved, Solved::partial);
  EXPECT_EQ(first.visit.satisfied, Satisfied::satisfied);
  EXPECT_EQ(first.in_assessment, false);
  const ExportOrder& second = read.orders[1];
  EXPECT_EQ(format_local(*second.created_at), "2026-06-21 09:05:00");
  EXPECT_FALSE(second.visit.valid || second.visit.contacted);
  EXPECT_EQ(second.visit.solved, Solved::unknown);
  EXPECT_EQ(second.visit.satisfied, Satisfied::not_rated);
  EXPECT_FALSE(second.in_assessment);
  EXPECT_TRUE(read.has("visit_valid") && !read.has("signed_at"));
}

TEST(ExportOrder, WhatIsNotUnderstoodOrComesTwiceIsToldWithItsLine) {
  const ExportOrders read = orders_of(
      "工单编号,签收时间,是否有效回访,是否满意\n"
      "1,2026-02-30,是,满意\n2,,也许,满意\n3,,是,还行\n4,,是,满意\n4,,是,不满意\n,,是,满意\n"
      ",,是,满意\n");
  EXPECT_EQ(told(read.faults),
            "2 签收时间的内容无法识别\n3 是否有效回访的内容无法识别\n4 是否满意的内容无法识别\n"
            "6 工单编号与第 5 行重复，不重复计算\n");
  EXPECT_EQ(read.orders.size(), 3u);
}

TEST(ExportOrder, AMissingColumnIsNamedInChinese) {
  auto read = read_orders(table_of("工单编号,标题,是否满意\n1,x,满意\n"),
                          {"order_no", "visit_valid", "lead_unit"});
  ASSERT_FALSE(read.ok());
  EXPECT_NE(read.error().message.find("第 1 行的表头缺少：是否有效回访、承办单位"),
            std::string::npos);
}

TEST(ExportOrder, WhatIsNotWantedCannotBeAFault) {
  auto read = read_orders(table_of("工单编号,签收时间,是否满意\n1,昨天,满意\n"), {"order_no"},
                          {"visit_satisfied"});
  ASSERT_TRUE(read.ok());
  EXPECT_TRUE(read->faults.empty());
  EXPECT_EQ(read->orders.size(), 1u);
}

}  // namespace
}  // namespace jieban
