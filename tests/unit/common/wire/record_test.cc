// A record is exactly eight parts of the right types; anything else is refused.
#include "common/wire/record.h"

#include <gtest/gtest.h>

#include "common/base/limits.h"
#include "common/wire/payload.h"

namespace jieban {
namespace {

using wire_detail::Writer;

Event sample() {
  Event event;
  event.topic = "order.signed";
  event.occurred_at = from_micros(1'770'000'000'123'456);
  event.order_id = 42;
  event.cause = {"110102007.receiver", 17};
  event.actor = "值班员";
  event.payload = std::string("\x81\xa1k\xc4\x02\x00\xff", 7);
  return event;
}

TEST(Record, ComesBackWithoutStreamAndSequence) {
  Event event = sample();
  event.stream = "110102007.router";
  event.sequence = 9;
  auto decoded = decode_record(encode_record(event));
  ASSERT_TRUE(decoded.ok()) << decoded.error().message;
  EXPECT_EQ(*decoded, sample());
}

TEST(Record, ExtremeValuesComeBack) {
  for (int64_t micros : {INT64_MIN, int64_t{-1}, int64_t{0}, INT64_MAX}) {
    Event event;
    event.occurred_at = from_micros(micros);
    event.order_id = UINT64_MAX;
    event.cause.sequence = UINT64_MAX;
    auto decoded = decode_record(encode_record(event));
    ASSERT_TRUE(decoded.ok());
    EXPECT_EQ(*decoded, event);
  }
}

TEST(Record, ThePayloadIsNotLookedInto) {
  Event event = sample();
  event.payload = "\xc1 not msgpack";
  EXPECT_EQ(decode_record(encode_record(event))->payload, event.payload);
}

TEST(Record, CutAnywhereOrFollowedByBytesIsRefused) {
  std::string bytes = encode_record(sample());
  for (size_t size = 0; size < bytes.size(); ++size) {
    auto cut = decode_record(std::string_view(bytes).substr(0, size));
    ASSERT_FALSE(cut.ok()) << size;
    EXPECT_EQ(cut.error().code, ErrorCode::corrupt);
  }
  EXPECT_FALSE(decode_record(bytes + '\0').ok());
}

// Eight parts, of which one is replaced.
std::string with_part(size_t replaced, std::string_view raw) {
  Writer writer;
  writer.array(8);
  for (size_t i = 0; i < 8; ++i) {
    if (i == replaced) {
      writer.raw(raw);
    } else if (i == 7) {
      writer.put(Bytes{"\x80"});
    } else if (i == 1 || i == 4 || i == 6) {
      writer.put(std::string_view("text"));
    } else {
      writer.put(uint64_t{1});
    }
  }
  return writer.string();
}

TEST(Record, PartsOfAnotherTypeAreRefused) {
  ASSERT_TRUE(decode_record(with_part(0, "\x01")).ok());
  for (size_t part = 0; part < 8; ++part) {
    for (std::string_view wrong : {"\xc0", "\xc3", "\x90", "\x80", "\xd4\x01\x02"}) {
      EXPECT_FALSE(decode_record(with_part(part, wrong)).ok()) << part;
    }
  }
  EXPECT_FALSE(decode_record(with_part(1, "\x01")).ok());
  EXPECT_FALSE(decode_record(with_part(3, "\xff")).ok()) << "a negative order";
  EXPECT_FALSE(decode_record(with_part(2, "\xcf\xff\xff\xff\xff\xff\xff\xff\xff")).ok());
  EXPECT_FALSE(decode_record(with_part(7, "\xa1x")).ok()) << "a payload that is text";
  EXPECT_FALSE(decode_record(with_part(1, "\xa1\xff")).ok()) << "a topic that is not UTF-8";
  EXPECT_FALSE(decode_record(with_part(6, "\xa1\xff")).ok()) << "an actor that is not UTF-8";
}

TEST(Record, OtherVersionsAreRefused) {
  EXPECT_FALSE(decode_record(with_part(0, "\x02")).ok());
  EXPECT_FALSE(decode_record(with_part(0, std::string_view("\0", 1))).ok());
}

TEST(Record, OtherLengthsAndAnnouncedSizesAreRefused) {
  std::string bytes = encode_record(sample());
  for (char head : {'\x97', '\x99', '\x90'}) {
    bytes[0] = head;
    EXPECT_FALSE(decode_record(bytes).ok());
  }
  EXPECT_FALSE(decode_record("\xdd\xff\xff\xff\xff").ok());
  EXPECT_FALSE(decode_record(with_part(7, "\xc6\xff\xff\xff\xff")).ok());
  EXPECT_FALSE(decode_record(with_part(1, "\xdb\xff\xff\xff\xff")).ok());
}

TEST(Record, APayloadAboveTheLimitIsRefused) {
  Event event = sample();
  event.payload.assign(limits::kEventBytesMax, 'x');
  EXPECT_TRUE(decode_record(encode_record(event)).ok());
  event.payload += 'x';
  EXPECT_FALSE(decode_record(encode_record(event)).ok());
}

// MessagePack has three forms of a byte string.
TEST(Record, PayloadsOfEverySizeComeBack) {
  for (size_t size : {size_t{0}, size_t{255}, size_t{256}, size_t{65535}, size_t{65536}}) {
    Event event;
    event.topic = "order.received";
    event.actor = "system";
    event.payload = std::string(size, '\xfe');
    auto again = decode_record(encode_record(event));
    ASSERT_TRUE(again.ok()) << size;
    EXPECT_EQ(again->payload, event.payload) << size;
  }
}

}  // namespace
}  // namespace jieban
