// Every record's topic is one of the life cycle or of the street, or that of a reading, and every
// kind has one.
#include "common/domain/record_kind.h"

#include <gtest/gtest.h>

#include <set>

#include "common/domain/handover.h"
#include "common/domain/lifecycle.h"
#include "common/domain/street_command.h"

namespace jieban {
namespace {

TEST(RecordKind, EveryKindHasATopicThatIsTold) {
  std::set<std::string_view> met;
  const auto meet = [&](std::string_view topic) {
    std::string_view kind = record_kind_of(topic);
    if (kind.empty()) return;
    EXPECT_TRUE(is_record_kind(kind)) << kind;
    met.insert(kind);
  };
  for (const CommandRule& rule : command_rules()) meet(rule.topic);
  for (const StreetCommand& rule : street_commands()) meet(rule.topic);
  meet(kHandoverReadTopic);
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
