// Goal: every value is written as msgpack-c writes it, in the shortest form, whatever its size.
#include "common/wire/writer.h"

#include <gtest/gtest.h>

#include <msgpack.hpp>
#include <sstream>

namespace jieban::wire_detail {
namespace {

template <class Pack>
std::string by_library(const Pack& pack) {
  std::ostringstream out;
  msgpack::packer<std::ostringstream> packer(out);
  pack(packer);
  return out.str();
}

template <class T>
std::string by_us(const T& value) {
  Writer writer;
  writer.put(value);
  return writer.string();
}

TEST(Writer, WritesEveryNumberAsTheLibraryDoes) {
  for (uint64_t edge : {uint64_t{0}, uint64_t{0x1f}, uint64_t{0x7f}, uint64_t{0xff},
                        uint64_t{0x7fff}, uint64_t{0xffff}, uint64_t{0x7fffffff},
                        uint64_t{0xffffffff}, uint64_t{INT64_MAX}, UINT64_MAX}) {
    for (uint64_t number : {edge, edge + 1}) {
      EXPECT_EQ(by_us(number), by_library([&](auto& packer) { packer.pack_uint64(number); }))
          << number;
      const auto negative = int64_t(~number);
      if (negative >= 0) continue;
      EXPECT_EQ(by_us(negative), by_library([&](auto& packer) { packer.pack_int64(negative); }))
          << negative;
    }
  }
}

TEST(Writer, WritesEveryLengthAsTheLibraryDoes) {
  for (uint32_t size : {0U, 1U, 15U, 16U, 31U, 32U, 255U, 256U, 65'535U, 65'536U, 200'000U}) {
    const std::string text(size, 'x');
    EXPECT_EQ(by_us(std::string_view(text)), by_library([&](auto& packer) {
                packer.pack_str(size);
                packer.pack_str_body(text.data(), size);
              }))
        << size;
    EXPECT_EQ(by_us(Bytes{text}), by_library([&](auto& packer) {
                packer.pack_bin(size);
                packer.pack_bin_body(text.data(), size);
              }))
        << size;
    Writer writer;
    writer.map(size);
    writer.array(size);
    EXPECT_EQ(writer.string(), by_library([&](auto& packer) {
                packer.pack_map(size);
                packer.pack_array(size);
              }))
        << size;
  }
}

TEST(Writer, KeepsWhatItHasWhenItGrowsAndForgetsItWhenCleared) {
  Writer writer;
  std::string expected;
  for (unsigned i = 0; i < 5000; ++i) {
    writer.put(uint64_t{i % 100});
    expected.push_back(char(i % 100));
  }
  writer.put(true);
  writer.put(false);
  writer.nil();
  writer.raw("raw");
  EXPECT_EQ(writer.view(), expected + "\xc3\xc2\xc0raw");
  writer.clear();
  EXPECT_EQ(writer.view(), "");
  writer.put(std::string_view());
  writer.raw({});
  EXPECT_EQ(writer.view(), "\xa0");
  writer.clear();
  writer.put(false);
  EXPECT_EQ(writer.view(), "\xc2");
}

}  // namespace
}  // namespace jieban::wire_detail
