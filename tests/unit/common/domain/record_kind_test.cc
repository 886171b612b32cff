// Every record's topic is one of the life cycle, and every kind has one.
#include "common/domain/record_kind.h"

#include <gtest/gtest.h>

#include <set>

#include "common/domain/lifecycle.h"

namespace jieban {
namespace {

TEST(RecordKind, EveryKindHasATopicOfTheLifeCycle) {
  std::set<std::string_view> met;
  for (const CommandRule& rule : command_rules()) {
    std::string_view kind = record_kind_of(rule.topic);
    if (kind.empty()) continue;
    EXPECT_TRUE(is_record_kind(kind)) << kind;
    met.insert(kind);
  }
  EXPECT_EQ(met.size(), record_kinds().size());
}

TEST(RecordKind, TheListsOfTheDomainAreThere) {
  EXPECT_EQ(record_kind_of("order.return_requested"), "return");
  EXPECT_EQ(record_kind_of("order.rejected"), "rejection");
  EXPECT_EQ(record_kind_of("order.visited"), "city_visit");
  EXPECT_EQ(record_kind_of("order.signed"), "");
  EXPECT_FALSE(is_record_kind(""));
  EXPECT_EQ(record_kind_names().find("return, bounce"), 0U);
}

}  // namespace
}  // namespace jieban
