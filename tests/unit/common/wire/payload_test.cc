// Every struct of events.h comes back as it was; whatever is wrong with the bytes is refused by
// name, without allocation by announced sizes.
#include "common/wire/payload.h"

#include <gtest/gtest.h>

#include "common/base/limits.h"
#include "common/domain/events.h"
#include "tests/support/filled.h"

namespace jieban {
namespace {

using wire_detail::Writer;
using namespace std::string_literals;

struct Inner {
  uint64_t depth = 0;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("depth", &Inner::depth);
  }
};

struct Sample {
  std::string name;
  int64_t shift = 0;
  bool open = false;
  Inner inner;
  std::optional<uint64_t> extra;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("name", &Sample::name);
    visit("shift", &Sample::shift);
    visit("open", &Sample::open);
    visit("inner", &Sample::inner);
    visit("extra", &Sample::extra);
  }
};

// The bytes of a map, written by hand.
class Map {
 public:
  explicit Map(size_t count) { writer_.map(count); }
  template <class T>
  Map& add(std::string_view key, const T& value) {
    writer_.put(key);
    wire_detail::write(writer_, value);
    return *this;
  }
  Map& raw(std::string_view key, std::string_view value) {
    writer_.put(key);
    writer_.raw(value);
    return *this;
  }
  std::string bytes() const { return writer_.string(); }

 private:
  Writer writer_;
};

std::string text(std::string_view value) {
  Writer writer;
  writer.put(value);
  return writer.string();
}

template <class T = Sample>
std::string refusal(std::string_view bytes) {
  auto decoded = decode_payload<T>(bytes);
  if (decoded.ok()) return "accepted";
  EXPECT_EQ(decoded.error().code, ErrorCode::corrupt);
  return decoded.error().message;
}

bool names(const std::string& message, std::string_view field) {
  return message.find("'" + std::string(field) + "'") != std::string::npos;
}

template <class T>
class PayloadOf : public ::testing::Test {};
using Structs = ::testing::Types<SealedBox, OrderFacts, FieldChange, OrderIntake, CommandRequest,
                                 CommandRefusal, OrderOpening, OrderMove, ClockChange, ClockChanges,
                                 DeadlineAlert, NoticeStep, RulesLoaded, Quarantined>;
TYPED_TEST_SUITE(PayloadOf, Structs);

TYPED_TEST(PayloadOf, ComesBackAsItWas) {
  SeededRandom random(3);
  for (Optionals optionals : {Optionals::present, Optionals::absent, Optionals::mixed}) {
    for (int i = 0; i < 50; ++i) {
      std::string bytes = encode_payload(filled<TypeParam>(random, optionals));
      auto decoded = decode_payload<TypeParam>(bytes);
      ASSERT_TRUE(decoded.ok()) << decoded.error().message;
      EXPECT_EQ(encode_payload(*decoded), bytes);
    }
  }
}

TYPED_TEST(PayloadOf, HasEveryMemberInItsTable) {
  EXPECT_EQ(table_size<TypeParam>(), member_count<TypeParam>());
}

TYPED_TEST(PayloadOf, CutAnywhereIsRefused) {
  SeededRandom random(4);
  std::string bytes = encode_payload(filled<TypeParam>(random));
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_NE(refusal<TypeParam>(std::string_view(bytes).substr(0, size)), "accepted") << size;
  }
  EXPECT_NE(refusal<TypeParam>(bytes + "\xc0"), "accepted");
}

TEST(Payload, ValuesComeBack) {
  SeededRandom random(5);
  auto facts = filled<OrderFacts>(random);
  facts.order_no = "京12345〔2026〕7号";
  facts.due_at = from_micros(-1);
  facts.others = {{"community_note", "东里"}, {"", ""}};
  auto decoded = decode_payload<OrderFacts>(encode_payload(facts));
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(*decoded, facts);
  facts.called_at.reset();
  EXPECT_EQ(*decode_payload<OrderFacts>(encode_payload(facts)), facts);
}

TEST(Payload, NumbersComeBackAtTheEndsOfEveryForm) {
  for (int shift : {5, 7, 8, 15, 16, 31, 32, 62}) {
    const int64_t edge = int64_t{1} << shift;
    for (int64_t number : {-edge - 1, -edge, -edge + 1, edge - 1, edge, edge + 1}) {
      Sample sample;
      sample.shift = number;
      auto back = decode_payload<Sample>(encode_payload(sample));
      ASSERT_TRUE(back.ok()) << number;
      EXPECT_EQ(back->shift, number);
    }
  }
}

// Another writer may choose a longer form than ours does.
TEST(Payload, NegativeNumbersAreReadInLongerForms) {
  for (const std::string& bytes : {"\xd0\xfe"s, "\xd1\xff\xfe"s, "\xd2\xff\xff\xff\xfe"s,
                                   "\xd3\xff\xff\xff\xff\xff\xff\xff\xfe"s}) {
    Map map(4);
    map.add("name", "n"s).raw("shift", bytes).add("open", true).add("inner", Inner{2});
    auto back = decode_payload<Sample>(map.bytes());
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(back->shift, -2);
  }
}

TEST(Payload, EmptyOptionalsAreLeftOut) {
  std::string bytes = encode_payload(Sample{});
  EXPECT_EQ(bytes.find("extra"), std::string::npos);
  auto decoded = decode_payload<Sample>(bytes);
  ASSERT_TRUE(decoded.ok());
  EXPECT_FALSE(decoded->extra);
}

struct Lists {
  std::string name;
  std::vector<std::string> words;
  std::map<std::string, uint64_t> counts;
  std::optional<std::vector<std::string>> said;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("name", &Lists::name);
    visit("words", &Lists::words);
    visit("counts", &Lists::counts);
    visit("said", &Lists::said);
  }
};

TEST(Payload, ListsAndMapsWithoutElementsAreLeftOutAndReadAsSuch) {
  const std::string bytes = encode_payload(Lists{"n", {}, {}, std::vector<std::string>()});
  EXPECT_EQ(bytes, Map(2).add("name", "n"s).raw("said", "\x90").bytes());
  // Both ways of reading: what is out of order is left to the tree.
  for (const std::string& form : {bytes, Map(2).raw("said", "\x90").add("name", "n"s).bytes(),
                                  Map(4)
                                      .add("name", "n"s)
                                      .raw("words", "\x90")
                                      .raw("counts", "\x80")
                                      .raw("said", "\x90")
                                      .bytes()}) {
    auto lists = decode_payload<Lists>(form);
    ASSERT_TRUE(lists.ok()) << lists.error().message;
    EXPECT_TRUE(lists->words.empty() && lists->counts.empty());
    EXPECT_TRUE(lists->said && lists->said->empty()) << "an optional list tells that it was there";
  }
  const std::string full = encode_payload(Lists{"n", {"a"}, {{"b", 2}}, std::nullopt});
  auto lists = decode_payload<Lists>(full);
  ASSERT_TRUE(lists.ok());
  EXPECT_EQ(lists->words, std::vector<std::string>{"a"});
  EXPECT_EQ(lists->counts.at("b"), 2U);
  EXPECT_TRUE(
      names(refusal<Lists>(Map(2).add("name", "n"s).raw("words", "\x01").bytes()), "words"));
}

TEST(Payload, UnknownKeysOfAnyKindArePassedOver) {
  for (const std::string& odd : {"\xc0"s, "\xc3"s, "\xcb\x40\x09\x21\xfb\x54\x44\x2d\x18"s,
                                 "\x92\x01\x81\xa1k\xc0"s, "\xc4\x02\xff\xfe"s, text("x")}) {
    Map map(6);
    map.raw("from_the_future", odd).add("name", "n"s).add("shift", int64_t{-4}).add("open", true);
    map.add("inner", Inner{9}).raw("more", odd);
    auto decoded = decode_payload<Sample>(map.bytes());
    ASSERT_TRUE(decoded.ok()) << decoded.error().message;
    EXPECT_EQ(decoded->shift, -4);
    EXPECT_EQ(decoded->inner.depth, 9U);
  }
}

TEST(Payload, OrderOfKeysDoesNotMatter) {
  Map map(4);
  map.add("inner", Inner{2}).add("open", true).add("shift", int64_t{1}).add("name", "n"s);
  EXPECT_EQ(refusal(map.bytes()), "accepted");
}

TEST(Payload, MissingFieldsAreNamedWithTheirPath) {
  EXPECT_TRUE(names(refusal(Map(1).add("shift", int64_t{1}).bytes()), "name"));
  Map nested(4);
  nested.add("name", "n"s).add("shift", int64_t{1}).add("open", true).raw("inner", "\x80");
  EXPECT_TRUE(names(refusal(nested.bytes()), "inner.depth"));
  Map list(3);
  list.add("order_no", "1"s).add("rules_version", "1"s).raw("changes", "\x91\x80");
  EXPECT_TRUE(names(refusal<ClockChanges>(list.bytes()), "changes.clock"));
}

TEST(Payload, WrongTypesAreNamed) {
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"name", "\x01"s},
      {"name", "\xc4\x01x"s},
      {"name", "\xc0"s},
      {"shift", text("1")},
      {"open", "\x01"s},
      {"inner", "\x90"s},
      {"shift", "\xcb"s + std::string(8, '\0')},
      {"extra", "\xff"s},
  };
  for (const auto& [field, value] : wrong) {
    Map map(5);
    for (const char* name : {"name", "shift", "open", "inner", "extra"}) {
      if (field == name) {
        map.raw(name, value);
      } else if (name == "name"s) {
        map.add(name, "n"s);
      } else if (name == "open"s) {
        map.add(name, true);
      } else if (name == "inner"s) {
        map.add(name, Inner{});
      } else {
        map.add(name, uint64_t{1});
      }
    }
    EXPECT_TRUE(names(refusal(map.bytes()), field)) << field << ": " << refusal(map.bytes());
  }
}

TEST(Payload, NumbersOutOfRangeAreRefused) {
  auto with_shift = [](std::string_view number) {
    Map map(4);
    map.add("name", "n"s).raw("shift", number).add("open", true).add("inner", Inner{});
    return refusal(map.bytes());
  };
  EXPECT_EQ(with_shift("\xcf\x7f\xff\xff\xff\xff\xff\xff\xff"), "accepted");
  EXPECT_TRUE(names(with_shift(std::string("\xcf\x80\0\0\0\0\0\0\0", 9)), "shift"));
  Map negative(1);
  negative.raw("depth", "\xff");
  EXPECT_TRUE(names(refusal<Inner>(negative.bytes()), "depth"));
}

TEST(Payload, UnknownEnumNamesAreRefused) {
  SeededRandom random(6);
  std::string bytes = encode_payload(OrderMove{});
  bytes.replace(bytes.find("NEW"), 3, "OLD");
  EXPECT_TRUE(names(refusal<OrderMove>(bytes), "from"));
}

TEST(Payload, DuplicateKeysAreRefusedAtAnyDepth) {
  Map map(2);
  map.add("depth", uint64_t{1}).add("depth", uint64_t{1});
  EXPECT_NE(refusal<Inner>(map.bytes()).find("twice"), std::string::npos);
  Map deep(2);
  deep.add("depth", uint64_t{1}).raw("later", "\x91" + map.bytes());
  EXPECT_NE(refusal<Inner>(deep.bytes()).find("twice"), std::string::npos);
}

TEST(Payload, KeysMustBeStrings) {
  EXPECT_NE(refusal<Inner>("\x82\xa5"s + "depth\x01\x01\x01"), "accepted");
}

TEST(Payload, InvalidUtf8IsRefusedInValuesAndKeys) {
  for (const char* bad : {"\xff", "\xc0\x80", "\xed\xa0\x80"}) {
    EXPECT_NE(refusal<Inner>(Map(2).add("depth", uint64_t{1}).add("x", std::string(bad)).bytes()),
              "accepted");
    EXPECT_NE(refusal<Inner>(Map(2).add("depth", uint64_t{1}).add(bad, uint64_t{1}).bytes()),
              "accepted");
  }
}

TEST(Payload, AnythingButAMapIsRefused) {
  for (const std::string& other : {"\xc0"s, "\x90"s, "\x01"s, text("depth")}) {
    EXPECT_NE(refusal<Inner>(other), "accepted");
  }
  EXPECT_NE(refusal<Inner>(""), "accepted");
}

TEST(Payload, NestingIsBounded) {
  auto nested = [](size_t depth) {
    return Map(2).add("depth", uint64_t{1}).raw("x", std::string(depth, '\x91') + "\x01").bytes();
  };
  EXPECT_EQ(refusal<Inner>(nested(limits::kPayloadDepthMax - 1)), "accepted");
  EXPECT_NE(refusal<Inner>(nested(limits::kPayloadDepthMax)), "accepted");
  EXPECT_NE(refusal<Inner>(nested(200'000)), "accepted");
}

TEST(Payload, AnnouncedSizesAreNotBelieved) {
  for (const std::string& huge :
       {"\xdd\xff\xff\xff\xff"s, "\xdf\xff\xff\xff\xff"s, "\xdb\xff\xff\xff\xff"s,
        "\xc6\xff\xff\xff\xff"s, "\xc9\xff\xff\xff\xff\x01"s, "\xdc\xff\xff"s, "\xde\xff\xff"s}) {
    EXPECT_NE(refusal<Inner>(huge), "accepted");
    EXPECT_NE(refusal<Inner>(Map(1).raw("depth", huge).bytes()), "accepted");
  }
}

TEST(Payload, ItemsAndBytesAreBounded) {
  auto with = [](std::string_view value) {
    return refusal<Inner>(Map(2).add("depth", uint64_t{1}).raw("x", value).bytes());
  };
  EXPECT_EQ(with("\xdc\x10" + std::string(1 + 4096, '\0')), "accepted");
  EXPECT_NE(with("\xdc\x10\x01" + std::string(4097, '\0')), "accepted");
  std::string long_text = text(std::string(limits::kEventBytesMax, 'a'));
  EXPECT_NE(with(long_text), "accepted");
}

TEST(Payload, MapsWithTooManyKeysAreRefused) {
  auto with_keys = [](size_t count) {
    Map map(count);
    map.add("depth", uint64_t{1});
    for (size_t i = 1; i < count; ++i) map.add("k" + std::to_string(i), true);
    return refusal<Inner>(map.bytes());
  };
  EXPECT_EQ(with_keys(256), "accepted");
  EXPECT_NE(with_keys(257), "accepted");
}

TEST(Payload, ExtensionTypesAreRefused) {
  EXPECT_NE(refusal<Inner>(Map(2).add("depth", uint64_t{1}).raw("x", "\xd4\x01\x02").bytes()),
            "accepted");
}

TEST(Payload, ATreeForPeopleShowsBytesByTheirSizeOnly) {
  Map map(5);
  map.add("a", "字"s).add("b", Bytes{"secret"}).add("c", int64_t{-2}).add("d", UINT64_MAX);
  map.raw("e", "\x92\xc3\xc0");
  auto tree = payload_to_value(map.bytes());
  ASSERT_TRUE(tree.ok());
  EXPECT_EQ(*tree->find("a")->string(), "字");
  EXPECT_EQ(*tree->find("b")->string(), "<6 bytes>");
  EXPECT_EQ(*tree->find("c")->integer(), -2);
  EXPECT_EQ(*tree->find("d")->unsigned_integer(), UINT64_MAX);
  EXPECT_EQ(tree->find("e")->array()->size(), 2U);
  EXPECT_FALSE(payload_to_value("\xc1").ok());
}

}  // namespace
}  // namespace jieban
