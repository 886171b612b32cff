// A frame arrives whole or not at all: every damaged byte, every impossible number is refused.
#include "common/wire/frame.h"

#include <gtest/gtest.h>

#include "common/base/bytes.h"
#include "common/base/crc32c.h"
#include "common/base/limits.h"
#include "common/wire/payload.h"

namespace jieban {
namespace {

using wire_detail::Writer;
using namespace std::string_literals;

const std::string kStream = "110102007.router";

std::string sample() {
  FrameBuilder builder(kStream, 3);
  EXPECT_TRUE(builder.add(11, "first"));
  EXPECT_TRUE(builder.add(12, ""));
  EXPECT_TRUE(builder.add(13, std::string(300, 'x')));
  return builder.finish(20);
}

struct Parts {
  uint64_t version = 1;
  uint64_t first = 1;
  uint64_t count = 1;
  uint64_t head = 1;
  std::string body = "\0\0\0\1r"s;
};

// A frame of any numbers, with the right sum.
std::string forge(const Parts& parts) {
  auto header = [&](uint64_t sum) {
    Writer writer;
    writer.array(8);
    writer.put(parts.version);
    writer.put(std::string_view(kStream));
    for (uint64_t number : {uint64_t{3}, parts.first, parts.count, parts.head, sum}) {
      writer.put(number);
    }
    writer.put(std::string_view());
    return writer.string();
  };
  return header(crc32c(parts.body, crc32c(header(0)))) + parts.body;
}

TEST(Frame, ComesBackAsItWas) {
  std::string bytes = sample();
  auto frame = decode_frame(bytes);
  ASSERT_TRUE(frame.ok()) << frame.error().message;
  EXPECT_EQ(frame->stream, kStream);
  EXPECT_EQ(frame->epoch, 3U);
  EXPECT_EQ(frame->first, 11U);
  EXPECT_EQ(frame->head, 20U);
  EXPECT_EQ(frame->refusal, "");
  EXPECT_EQ(frame->records, (std::vector<std::string_view>{"first", "", std::string(300, 'x')}));
  EXPECT_GE(frame->records[0].data(), bytes.data()) << "records point into the bytes";
  EXPECT_LE(frame->records[2].data() + 300, bytes.data() + bytes.size());
}

TEST(Frame, EveryDamagedByteIsNoticed) {
  std::string bytes = sample();
  for (size_t i = 0; i < bytes.size(); ++i) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string damaged = bytes;
      damaged[i] = char(damaged[i] ^ (1 << bit));
      auto frame = decode_frame(damaged);
      ASSERT_FALSE(frame.ok()) << "byte " << i << " bit " << bit;
      EXPECT_EQ(frame.error().code, ErrorCode::corrupt);
    }
  }
}

TEST(Frame, CutAnywhereOrFollowedByBytesIsRefused) {
  std::string bytes = sample();
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_frame(std::string_view(bytes).substr(0, size)).ok()) << size;
  }
  EXPECT_FALSE(decode_frame(bytes + "\0\0\0\0"s).ok());
}

TEST(Frame, AHeartbeatIsAnEmptyRunAfterTheHead) {
  std::string bytes = encode_heartbeat(kStream, 3, 20);
  auto frame = decode_frame(bytes);
  ASSERT_TRUE(frame.ok());
  EXPECT_EQ(frame->first, 21U);
  EXPECT_EQ(frame->head, 20U);
  EXPECT_TRUE(frame->records.empty());
  EXPECT_TRUE(decode_frame(encode_heartbeat(kStream, 3, 0)).ok()) << "of an empty stream";
}

TEST(Frame, RefusalsTravel) {
  for (std::string_view why : {kRefusedAhead, kRefusedTrimmed}) {
    auto frame = decode_frame(encode_heartbeat(kStream, 3, 20, why));
    ASSERT_TRUE(frame.ok());
    EXPECT_EQ(frame->refusal, why);
  }
}

TEST(Frame, ImpossibleNumbersAreRefusedThoughTheSumIsRight) {
  ASSERT_TRUE(decode_frame(forge({})).ok());
  const std::vector<Parts> impossible = {
      {.version = 2},
      {.first = 0},
      {.first = 2},                          // runs past its head
      {.first = 3, .count = 0, .body = ""},  // starts past its head
      {.first = UINT64_MAX, .head = UINT64_MAX - 1},
      {.count = 0},  // bytes follow
      {.count = 2},  // one is missing
      {.count = UINT64_MAX, .head = UINT64_MAX},
      {.count = 1'000'000, .head = 1'000'000},
      {.body = "\0\0\0\2r"s},
      {.body = "\0\0\0\0r"s},
      {.body = "\xff\xff\xff\xffr"s},
  };
  for (size_t i = 0; i < impossible.size(); ++i) {
    EXPECT_FALSE(decode_frame(forge(impossible[i])).ok()) << i;
  }
  EXPECT_TRUE(decode_frame(forge({.first = UINT64_MAX, .head = UINT64_MAX})).ok());
}

TEST(Frame, AnnouncedSizesAndOtherShapesAreRefused) {
  for (const std::string& wrong :
       {""s, "\xdd\xff\xff\xff\xff"s, "\x98"s, "\x98\x01\xdb\xff\xff\xff\xff"s,
        encode_fetch({"c", kStream, 3, 1, 2})}) {
    EXPECT_FALSE(decode_frame(wrong).ok());
  }
}

TEST(FrameBuilder, IsFullAtTheLimitButTakesAnyFirstRecord) {
  FrameBuilder builder(kStream, 3);
  EXPECT_TRUE(builder.empty());
  EXPECT_TRUE(builder.add(5, std::string(limits::kFrameBytesMax + 1, 'x')));
  EXPECT_FALSE(builder.add(6, "y"));
  EXPECT_EQ(builder.next(), 6U);
  std::string bytes = builder.finish(9);
  EXPECT_EQ(decode_frame(bytes)->records.size(), 1U);
  EXPECT_LT(bytes.size(), limits::kMessageBytesMax);
}

TEST(FrameBuilder, FillsUpToTheLimitExactly) {
  FrameBuilder builder(kStream, 3);
  EXPECT_TRUE(builder.add(1, std::string(limits::kFrameBytesMax - 4 - 4 - 1, 'x')));
  EXPECT_TRUE(builder.add(2, "y"));
  EXPECT_FALSE(builder.add(3, ""));
}

TEST(FrameBuilder, StartsAgainAfterFinishing) {
  FrameBuilder builder(kStream, 3);
  EXPECT_TRUE(builder.add(1, "a"));
  (void)builder.finish(1);
  EXPECT_TRUE(builder.empty());
  EXPECT_TRUE(builder.add(7, "b"));
  std::string bytes = builder.finish(7);
  auto frame = decode_frame(bytes);
  ASSERT_TRUE(frame.ok());
  EXPECT_EQ(frame->first, 7U);
  EXPECT_EQ(frame->records, std::vector<std::string_view>{"b"});
}

TEST(FrameBuilder, AHoleBetweenSequencesAborts) {
  FrameBuilder builder(kStream, 3);
  EXPECT_TRUE(builder.add(1, "a"));
  EXPECT_DEATH(builder.add(3, "c"), "sequence");
}

TEST(Fetch, ComesBackAsItWas) {
  FetchRequest request{"sla-watcher", kStream, UINT64_MAX, 41, 42};
  auto decoded = decode_fetch(encode_fetch(request));
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(decoded->consumer, request.consumer);
  EXPECT_EQ(decoded->stream, request.stream);
  EXPECT_EQ(decoded->epoch, request.epoch);
  EXPECT_EQ(decoded->applied, request.applied);
  EXPECT_EQ(decoded->from, request.from);
}

TEST(Fetch, DamagedRequestsAreRefused) {
  std::string bytes = encode_fetch({"c", kStream, 3, 41, 42});
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_fetch(std::string_view(bytes).substr(0, size)).ok()) << size;
  }
  EXPECT_FALSE(decode_fetch(bytes + "x").ok());
  std::string other_version = bytes;
  other_version[1] = 2;
  EXPECT_FALSE(decode_fetch(other_version).ok());
  EXPECT_FALSE(decode_fetch(encode_fetch({std::string(129, 'c'), kStream, 3, 41, 42})).ok());
  EXPECT_FALSE(decode_fetch(encode_fetch({"\xff", kStream, 3, 41, 42})).ok());
  EXPECT_FALSE(decode_fetch(sample()).ok());
}

}  // namespace
}  // namespace jieban
