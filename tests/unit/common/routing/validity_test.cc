// Both days of a rule count whole; a date that is none is told with its place.
#include "common/routing/validity.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

Result<std::optional<Validity>> read(const std::string& yaml) {
  auto document = Document::parse(yaml, "r.yaml");
  CHECK(document.ok());
  return read_validity(document->root());
}

TEST(Validity, TheFirstAndTheLastDayCountWhole) {
  auto validity = read("{valid_from: 2026-02-28, valid_to: 2026-03-01}");
  ASSERT_TRUE(validity.ok());
  const auto on = [&](const char* at) { return timing_of(*validity, *parse_local(at)); };
  EXPECT_EQ(on("2026-02-27 23:59:59"), Timing::not_yet);
  EXPECT_EQ(on("2026-02-28 00:00:00"), Timing::valid);
  EXPECT_EQ(on("2026-03-01 23:59:59"), Timing::valid);
  EXPECT_EQ(on("2026-03-02 00:00:00"), Timing::expired);
  EXPECT_EQ(to_chinese(*validity), "2026-02-28 至 2026-03-01");
}

TEST(Validity, EachEndMayBeOpen) {
  auto from = read("{valid_from: 2026-02-28}");
  EXPECT_EQ(timing_of(*from, *parse_local("2199-01-01 00:00:00")), Timing::valid);
  EXPECT_EQ(to_chinese(*from), "2026-02-28 起");
  auto to = read("{valid_to: 2026-02-28}");
  EXPECT_EQ(timing_of(*to, *parse_local("1999-01-01 00:00:00")), Timing::valid);
  EXPECT_EQ(to_chinese(*to), "至 2026-02-28");
  auto always = read("{id: a}");
  EXPECT_FALSE(always->has_value());
  EXPECT_TRUE(is_valid(*always, Timestamp()));
  EXPECT_EQ(to_chinese(*always), "");
}

TEST(Validity, ADateThatIsNoneIsAFault) {
  for (const char* fault :
       {"2026-02-30", "2026-2-3", "2026/02/03", "soon", "2026-02-03 00:00:00"}) {
    auto validity = read(std::string("{valid_from: ") + fault + "}");
    ASSERT_FALSE(validity.ok()) << fault;
    EXPECT_EQ(validity.error().message.find("r.yaml:1:14: "), 0U) << validity.error().message;
  }
  EXPECT_FALSE(read("{valid_from: 2026-03-02, valid_to: 2026-03-01}").ok());
  EXPECT_TRUE(read("{valid_from: 2026-03-01, valid_to: 2026-03-01}").ok());
}

}  // namespace
}  // namespace jieban
