// One table says all of a field; the canonical text tells two orders apart exactly when they
// differ.
#include "daemons/receiver/intake/submission.h"

#include <gtest/gtest.h>

#include <set>

#include "common/domain/words.h"

namespace jieban {
namespace {

Submission sample() {
  Submission order;
  order.order_no = "YT-1";
  order.content = "第一行\n第二行";
  order.called_at = from_civil({2026, 2, 3, 4, 5, 6});
  order.confidential = false;
  order.lon = 116.35;
  order.tags = {"控烟", "每月一题"};
  order.extra = {{"河流", "a=b"}, {"备注", "c\\d"}};
  return order;
}

TEST(Submission, PersonalFieldsAreThoseOfTheHouseRule) {
  std::set<std::string_view> personal;
  for (const Field& field : submission_fields()) {
    if (field.privacy == Privacy::personal) personal.insert(field.name);
  }
  std::set<std::string_view> wanted = {"caller_name", "caller_phone", "contact_phone",
                                       "address",     "title",        "content",
                                       "reply",       "result",       "enterprise_name"};
  EXPECT_EQ(personal, wanted);
}

TEST(Submission, FieldsAreFoundByNameAndBounded) {
  for (const Field& field : submission_fields()) {
    EXPECT_EQ(find_field(field.name), &field);
    EXPECT_GT(field.length_max, 0u) << field.name;
  }
  EXPECT_EQ(find_field("extra"), nullptr);
  EXPECT_EQ(find_field("row_no"), nullptr);
  EXPECT_TRUE(find_field("order_no")->mandatory);
  EXPECT_TRUE(find_field("content")->mandatory);
  EXPECT_FALSE(find_field("called_at")->mandatory);
}

TEST(Submission, FieldsAreToldAsText) {
  Submission order = sample();
  EXPECT_EQ(canonical_field(order, "called_at"), "2026-02-03 04:05:06");
  EXPECT_EQ(canonical_field(order, "confidential"), "false");
  EXPECT_EQ(canonical_field(order, "lon"), "116.35");
  EXPECT_EQ(canonical_field(order, "tags"), "控烟，每月一题");
  EXPECT_EQ(canonical_field(order, "extra.河流"), "a=b");
  EXPECT_EQ(canonical_field(order, "extra"), "extra.备注=c\\\\d\nextra.河流=a\\=b\n");
  EXPECT_EQ(canonical_field(order, "due_at"), "");
  EXPECT_EQ(canonical_field(order, "nothing"), "");
}

TEST(Submission, TheCanonicalTextIsStable) {
  EXPECT_EQ(canonical_text(sample()),
            "order_no=YT-1\ncontent=第一行\\n第二行\nconfidential=false\ntags=控烟，每月一题\n"
            "lon=116.35\ncalled_at=2026-02-03 04:05:06\nextra.备注=c\\\\d\nextra.河流=a\\=b\n");
}

TEST(Submission, EveryChangeShowsInTheCanonicalText) {
  std::string before = canonical_text(sample());
  Submission order = sample();
  order.row_no = 9;
  EXPECT_EQ(canonical_text(order), before) << "the place in a file is no content";
  order.extra["河流"] = "b";
  EXPECT_NE(canonical_text(order), before);
  order = sample();
  order.confidential.reset();
  EXPECT_NE(canonical_text(order), before);
  order = sample();
  order.content = "x\ncalled_at=1";
  Submission other = sample();
  other.content = "x";
  EXPECT_NE(canonical_text(order), canonical_text(other));
}

TEST(Submission, EveryWordFieldHasASetWithoutDoubles) {
  for (const Field& field : submission_fields()) {
    const WordSet* set = find_words(field.name);
    EXPECT_EQ(set != nullptr, field.shape == Shape::word) << field.name;
    if (set == nullptr) continue;
    std::set<std::string_view> seen;
    for (const Word& each : set->words) {
      EXPECT_TRUE(seen.insert(each.text).second) << field.name << each.text;
      EXPECT_FALSE(each.value.empty());
    }
  }
}

}  // namespace
}  // namespace jieban
