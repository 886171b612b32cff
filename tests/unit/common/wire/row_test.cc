// Goal: rows come back as they were, those of older versions too, and a layout that would be read
// wrongly is told from one that would not.
#include "common/wire/row.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

struct Clock {
  std::string name;
  std::optional<uint64_t> percent;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("name", &Clock::name);
    visit("percent", &Clock::percent);
  }
  bool operator==(const Clock&) const = default;
};

struct Order {
  std::string number;
  std::optional<std::string> unit;
  std::vector<Clock> clocks;
  std::map<std::string, Bytes> hashes;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("number", &Order::number);
    visit("unit", &Order::unit);
    visit("clocks", &Order::clocks);
    visit("hashes", &Order::hashes);
  }
  bool operator==(const Order&) const = default;
};

// Order as a later version has it.
struct LaterOrder {
  Order order;
  std::optional<uint64_t> round;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("order", &LaterOrder::order);
    visit("round", &LaterOrder::round);
  }
};

struct EarlierOrder {
  Order order;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("order", &EarlierOrder::order);
  }
};

const Order kOrder{"4200", std::nullopt, {{"sign", 75}, {"due", {}}}, {{"phone", {"h"}}}};

TEST(Row, ComesBackAsItWasWithoutItsNames) {
  const std::string bytes(encode_row(kOrder));
  EXPECT_EQ(bytes.find("clocks"), std::string::npos);
  EXPECT_LT(bytes.size(), encode_payload(kOrder).size() / 2);
  auto read = decode_row<Order>(bytes);
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(*read, kOrder);
}

TEST(Row, IsReadWhenItWasWrittenWithNames) {
  auto read = decode_row<Order>(encode_payload(kOrder));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, kOrder);
}

TEST(Row, OfAnEarlierVersionLacksWhatWasAdded) {
  auto read = decode_row<LaterOrder>(encode_row(EarlierOrder{kOrder}));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->order, kOrder);
  EXPECT_FALSE(read->round);
}

TEST(Row, OfALaterVersionIsReadAsFarAsItIsKnown) {
  auto read = decode_row<EarlierOrder>(encode_row(LaterOrder{kOrder, 2}));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->order, kOrder);
}

TEST(Row, CutOrForeignBytesAreCorrupt) {
  const std::string bytes(encode_row(kOrder));
  for (size_t size = 0; size < bytes.size(); ++size) {
    auto cut = decode_row<Order>(std::string_view(bytes).substr(0, size));
    ASSERT_FALSE(cut.ok()) << size;
    EXPECT_EQ(cut.error().code, ErrorCode::corrupt);
  }
  EXPECT_FALSE(decode_row<Order>(bytes + "\x01").ok());
  EXPECT_FALSE(decode_row<Order>("\x93\x01\x02\x03").ok());
}

TEST(Row, APayloadIsNeverReadByPosition) {
  EXPECT_FALSE(decode_payload<Order>(encode_row(kOrder)).ok());
}

TEST(RowLayout, NamesEveryFieldInItsPlace) {
  EXPECT_EQ(row_layout<LaterOrder>(),
            "order\norder.number\norder.unit?\norder.clocks\norder.clocks.name\n"
            "order.clocks.percent?\norder.hashes\nround?\n");
}

TEST(RowLayout, MayGrowAtTheEndOfAStructByWhatMayBeAbsent) {
  EXPECT_TRUE(can_read_layout("a\na.b\n", "a\na.b\n"));
  EXPECT_TRUE(can_read_layout("a\na.b\n", "a\na.b\na.c?\nd?\n"));
  EXPECT_TRUE(can_read_layout("a\n", "a\nd?\nd.inner\n")) << "a new struct is as it likes";
}

TEST(RowLayout, AnyOtherChangeIsSeen) {
  const std::string written = "a\na.b\na.c?\n";
  for (const char* now :
       {"a\na.c?\na.b\n", "a\na.b\n", "a\na.b?\na.c?\n", "a\na.b\na.x?\n", "a\na.b\na.c?\na.d\n",
        "a\na.b\na.c?\nd\n", "d?\na\na.b\na.c?\n", "a\n", ""}) {
    EXPECT_FALSE(can_read_layout(written, now)) << now;
  }
}

}  // namespace
}  // namespace jieban
