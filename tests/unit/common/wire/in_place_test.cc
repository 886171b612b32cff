// Goal: what our encoder writes is read in one pass; everything else is left to the tree, also what
// is only unusual. That both agree is a property (tests/property/wire_test.cc).
#include "common/wire/in_place.h"

#include <gtest/gtest.h>

#include "common/wire/payload.h"

namespace jieban::wire_detail {
namespace {

using namespace std::string_literals;

struct Point {
  int64_t x = 0;
  std::optional<std::string> label;
  std::vector<uint64_t> parts;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("x", &Point::x);
    visit("label", &Point::label);
    visit("parts", &Point::parts);
  }
};

bool in_place(std::string_view bytes, Trust trust = Trust::none) {
  Point point;
  return InPlace(bytes, trust).read_all(point);
}

std::string point(const std::string& keys_and_values, size_t count) {
  return char(0x80 | count) + keys_and_values;
}

const std::string kX = "\xa1x\x05";
const std::string kLabel = "\xa5label\xa2hi";
const std::string kParts = "\xa5parts\x92\x01\x02";

TEST(InPlace, ReadsFieldsInTheOrderOfTheirTable) {
  Point read;
  ASSERT_TRUE(InPlace(point(kX + kLabel + kParts, 3), Trust::none).read_all(read));
  EXPECT_EQ(read.x, 5);
  EXPECT_EQ(read.label, "hi");
  EXPECT_EQ(read.parts, (std::vector<uint64_t>{1, 2}));
  EXPECT_TRUE(in_place(point(kX + kParts, 2)));
  EXPECT_TRUE(in_place(point(kX, 1))) << "a list without elements is not written";
}

TEST(InPlace, PassesOverKeysThatNoFieldHas) {
  for (const std::string& odd :
       {"\xc0"s, "\xc3"s, "\xd1\xff\x00"s, "\xca\x00\x00\x00\x00"s, "\xa1y"s, "\xc4\x01\xff"s,
        "\x92\x01\xa1z"s, "\x82\xa1"s + "a\x01\xa1"s + "b\x02"s,
        "\xcf\x00\x00\x00\x00\x00\x00\x00\x07"s}) {
    EXPECT_TRUE(in_place(point("\xa3odd"s + odd + kX + kParts, 3))) << to_hex(odd);
    EXPECT_TRUE(in_place(point(kX + "\xa3odd"s + odd + kParts, 3))) << to_hex(odd);
    EXPECT_TRUE(in_place(point(kX + kParts + "\xa3odd"s + odd, 3))) << to_hex(odd);
  }
}

// Each of these is right or wrong; either way it is not for this reader to say.
TEST(InPlace, LeavesWhatIsOddToTheTree) {
  EXPECT_FALSE(in_place(point(kX + kParts + kLabel, 3))) << "another order";
  EXPECT_FALSE(in_place(point(kParts, 1))) << "a field is missing";
  EXPECT_FALSE(in_place(point(kX + kX + kParts, 3))) << "a key twice";
  EXPECT_FALSE(in_place(point("\xa3odd\x01\xa3odd\x01" + kX + kParts, 4)))
      << "an unknown key twice";
  EXPECT_FALSE(in_place(point(kX + kParts, 2) + "\x01")) << "bytes behind the end";
  EXPECT_FALSE(in_place(point(kX + "\xa5parts\x9f\x01", 2))) << "fewer than announced";
  EXPECT_FALSE(in_place(point(kX + "\xa5parts\xdd\x00\x00\x00\x01\x01"s, 2))) << "a long form";
  EXPECT_FALSE(in_place(point("\xa3odd\x91\x91\x91\x91\x91\x01" + kX + kParts, 3))) << "deep";
  EXPECT_FALSE(in_place(point("\xa3odd\xc7\x00\x01" + kX + kParts, 3))) << "an extension";
  EXPECT_FALSE(in_place(""));
}

TEST(InPlace, LooksAtTextUnlessItIsOfItsOwnRows) {
  const std::string bad = point(kX + "\xa5label\xa2\xff\xfe" + kParts, 3);
  EXPECT_FALSE(in_place(bad));
  EXPECT_TRUE(in_place(bad, Trust::own_rows));
}

TEST(InPlace, ReadsEveryFormOfANumber) {
  for (int64_t number :
       {int64_t{0}, int64_t{127}, int64_t{128}, int64_t{255}, int64_t{256}, int64_t{65'535},
        int64_t{65'536}, int64_t{4'294'967'296}, INT64_MAX, int64_t{-1}, int64_t{-32}, int64_t{-33},
        int64_t{-128}, int64_t{-129}, int64_t{-32'769}, int64_t{-2'147'483'649}, INT64_MIN}) {
    Writer writer;
    writer.put(number);
    const std::string bytes = writer.string();
    int64_t read = 1;
    EXPECT_TRUE(InPlace(bytes, Trust::none).read_all(read)) << number;
    EXPECT_EQ(read, number);
    uint64_t unsigned_read = 0;
    EXPECT_EQ(InPlace(bytes, Trust::none).read_all(unsigned_read), number >= 0) << number;
  }
}

}  // namespace
}  // namespace jieban::wire_detail
