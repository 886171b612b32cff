// Keys sort as their parts sort. The law for all keys is in tests/property/key_test.cc.
#include "common/store/key.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(Key, NumbersSortAcrossByteBorders) {
  EXPECT_LT(make_key(uint64_t{255}), make_key(uint64_t{256}));
  EXPECT_LT(make_key(uint64_t{0}), make_key(UINT64_MAX));
}

TEST(Key, TimesBeforeTheEpochSortFirst) {
  EXPECT_LT(make_key(from_micros(-1)), make_key(from_micros(0)));
  EXPECT_LT(make_key(from_micros(INT64_MIN)), make_key(from_micros(-1)));
  EXPECT_LT(make_key(from_micros(0)), make_key(kTimestampMax));
}

TEST(Key, AShorterTextSortsBeforeItsContinuation) {
  std::string_view less = "a";
  std::string_view more = "ab";
  EXPECT_LT(make_key(less, UINT64_MAX), make_key(more, uint64_t{0}));
}

TEST(Key, PartsComeBackInOrder) {
  std::string key = make_key(uint64_t{7}, std::string_view("工单"), from_micros(-5));
  KeyReader reader(key);
  EXPECT_EQ(reader.number(), 7U);
  EXPECT_EQ(reader.text(), "工单");
  EXPECT_EQ(to_micros(reader.time()), -5);
}

TEST(Key, AnImpossibleKeyIsOurMistake) {
  EXPECT_DEATH(make_key(std::string_view("a\0b", 3)), "npos");
  EXPECT_DEATH(make_key(std::string_view(std::string(511, 'x'))), "kKeySizeMax");
  EXPECT_EQ(make_key(std::string_view(std::string(510, 'x'))).size(), kKeySizeMax);
  std::string key = make_key(UINT64_MAX);
  EXPECT_DEATH(KeyReader(key).text(), "npos");
  EXPECT_DEATH(KeyReader(std::string_view(key).substr(1)).number(), "size");
}

}  // namespace
}  // namespace jieban
