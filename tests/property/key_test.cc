// Law: composite keys compare as bytes exactly as the tuples of their parts compare, and come
// back whole.
#include "common/store/key.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <tuple>

namespace jieban {
namespace {

using Parts = std::tuple<std::string, int64_t, uint64_t>;

// Few letters and often small numbers, so that neighbours and equal prefixes are common.
rc::Gen<Parts> any_parts() {
  auto letter = rc::gen::elementOf(std::string("ab\x01\x7f\xff"));
  auto text = rc::gen::resize(6, rc::gen::container<std::string>(letter));
  return rc::gen::tuple(text, rc::gen::arbitrary<int64_t>(), rc::gen::arbitrary<uint64_t>());
}

std::string key_of(const Parts& parts) {
  return make_key(std::string_view(std::get<0>(parts)), from_micros(std::get<1>(parts)),
                  std::get<2>(parts));
}

int sign(int order) { return order < 0 ? -1 : (order > 0 ? 1 : 0); }

int order_of(const Parts& a, const Parts& b) {
  int texts = sign(std::get<0>(a).compare(std::get<0>(b)));
  if (texts != 0) return texts;
  auto left = std::tie(std::get<1>(a), std::get<2>(a));
  auto right = std::tie(std::get<1>(b), std::get<2>(b));
  return left < right ? -1 : (right < left ? 1 : 0);
}

TEST(KeyProperty, KeysSortAsTheirPartsSort) {
  EXPECT_TRUE(rc::check("keys sort as their parts", [] {
    Parts a = *any_parts();
    Parts b = *any_parts();
    if (*rc::gen::arbitrary<bool>()) std::get<0>(b) = std::get<0>(a);
    if (*rc::gen::arbitrary<bool>()) std::get<1>(b) = std::get<1>(a);
    RC_ASSERT(sign(key_of(a).compare(key_of(b))) == order_of(a, b));
  }));
}

TEST(KeyProperty, PartsComeBack) {
  EXPECT_TRUE(rc::check("parts come back", [] {
    Parts parts = *any_parts();
    std::string key = key_of(parts);
    KeyReader reader(key);
    RC_ASSERT(reader.text() == std::get<0>(parts));
    RC_ASSERT(to_micros(reader.time()) == std::get<1>(parts));
    RC_ASSERT(reader.number() == std::get<2>(parts));
  }));
}

}  // namespace
}  // namespace jieban
