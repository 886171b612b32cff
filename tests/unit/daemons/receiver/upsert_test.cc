// Goal: a later row fills and replaces, never blanks, and says what it did.
#include "daemons/receiver/upsert.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

KnownOrder known_order() {
  KnownOrder known;
  known.facts.order_type = "complaint";
  known.facts.category = "甲>乙";
  known.facts.community = "真武庙社区";
  known.facts.due_at = from_civil({2026, 3, 11, 9, 0, 0});
  known.facts.others["source_channel"] = "电话";
  known.facts.keywords = {"渗漏"};
  known.facts.keyword_groups = {"emergency"};
  known.hits = HitsByText{{"content", {{"emergency"}, {"渗漏"}}}};
  known.facts.lexicon_version = "1";
  known.hashes["content"] = Bytes{"\x01\x02"};
  return known;
}

OrderIntake intake_of(const KnownOrder& known) {
  OrderIntake intake;
  intake.facts = known.facts;
  intake.hashes = known.hashes;
  intake.hits = known.hits;
  return intake;
}

TEST(Upsert, TheSameAgainChangesNothing) {
  KnownOrder known = known_order();
  EXPECT_TRUE(merge_into(known, intake_of(known)).empty());
}

TEST(Upsert, WhatIsEmptyNeverBlanksWhatIsFilled) {
  KnownOrder known = known_order();
  known.facts.confidential = true;
  KnownOrder before = known;
  EXPECT_TRUE(merge_into(known, OrderIntake()).empty());
  EXPECT_EQ(known.facts, before.facts);
  EXPECT_EQ(known.hashes, before.hashes);
}

TEST(Upsert, EveryChangeIsToldWithItsOldAndItsNewValue) {
  KnownOrder known = known_order();
  OrderIntake later = intake_of(known);
  later.facts.category = "甲>丙";
  later.facts.due_at = from_civil({2026, 3, 12, 9, 0, 0});
  later.facts.called_at = from_civil({2026, 3, 10, 8, 0, 0});
  later.facts.confidential = true;
  later.facts.others["source_channel"] = "网站";
  later.facts.others["district"] = "西城区";
  std::vector<FieldChange> wanted = {
      {"category", "甲>乙", "甲>丙"},
      {"confidential", "false", "true"},
      {"called_at", "", "2026-03-10 08:00:00"},
      {"due_at", "2026-03-11 09:00:00", "2026-03-12 09:00:00"},
      {"district", "", "西城区"},
      {"source_channel", "电话", "网站"},
  };
  EXPECT_EQ(merge_into(known, later), wanted);
  EXPECT_EQ(known.facts, later.facts);
}

TEST(Upsert, ASealedFieldIsComparedAndToldByItsHash) {
  KnownOrder known = known_order();
  OrderIntake later = intake_of(known);
  later.hashes["content"] = Bytes{"\x01\x03"};
  later.hashes["caller_phone"] = Bytes{"\x0a"};
  std::vector<FieldChange> wanted = {{"caller_phone", "", "0a"}, {"content", "0102", "0103"}};
  EXPECT_EQ(merge_into(known, later), wanted);
}

TEST(Upsert, TheHitsOfTheLexiconFollowTheText) {
  KnownOrder known = known_order();
  OrderIntake later = intake_of(known);
  later.facts.keywords = {"油烟"};
  later.facts.keyword_groups.clear();
  later.hits = HitsByText{{"content", {{}, {"油烟"}}}};
  later.facts.lexicon_version = "2";
  merge_into(known, later);
  EXPECT_EQ(known.facts.keywords, std::vector<std::string>{"渗漏"});
  EXPECT_EQ(known.facts.lexicon_version, "1");
  later.hashes["content"] = Bytes{"\x01\x03"};
  merge_into(known, later);
  EXPECT_EQ(known.facts.keywords, std::vector<std::string>{"油烟"});
  EXPECT_TRUE(known.facts.keyword_groups.empty());
  EXPECT_EQ(known.facts.lexicon_version, "2");
}

}  // namespace
}  // namespace jieban
