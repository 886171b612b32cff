// Real orders of Fuzhou (2006-2018), where the collection lies beside the source: all are read.
#include <gtest/gtest.h>

#include "common/base/file.h"
#include "daemons/receiver/intake/header.h"
#include "daemons/receiver/intake/normalise.h"
#include "tests/support/alias_files.h"

namespace jieban {
namespace {

TEST(RealData, EveryFuzhouOrderIsRead) {
  auto bytes = read_file(JIEBAN_SOURCE_DIR "/../shared/data/fuzhou12345/complaints.csv", 1 << 24);
  if (!bytes) GTEST_SKIP() << "the data collection is not here";
  auto sheet = read_sheet("complaints.csv", *bytes);
  ASSERT_TRUE(sheet.ok());
  EXPECT_TRUE(sheet->errors.empty());
  auto rows = map_rows(*sheet, shipped_aliases("aliases-fuzhou.yaml"));
  ASSERT_TRUE(rows.ok());
  EXPECT_EQ(rows->header_row, 1u);
  ASSERT_EQ(rows->orders.size(), 1087u);
  size_t complaints = 0;
  for (const RawOrder& raw : rows->orders) {
    auto order = normalise(raw);
    ASSERT_TRUE(order.ok()) << raw.row_no << order.error().message;
    EXPECT_TRUE(order->called_at.has_value());
    EXPECT_FALSE(order->title.empty());
    EXPECT_FALSE(order->reply.empty());
    EXPECT_EQ(order->extra.count("河流"), 1u);
    if (order->order_type == "complaint") ++complaints;
    EXPECT_NE(order->order_type, "other");
  }
  EXPECT_EQ(complaints, 870u);
}

}  // namespace
}  // namespace jieban
