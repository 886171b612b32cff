// Each guard has a code of its own, for machines, and says in Chinese what would satisfy it.
#include "common/domain/guard.h"

#include <gtest/gtest.h>

#include <set>

#include "common/base/bytes.h"

namespace jieban {
namespace {

TEST(Guard, EveryGuardHasACodeOfItsOwnAndAChineseSentence) {
  std::set<std::string_view> codes = {"state", "role", "argument", "order_unknown"};
  size_t place = 1;
  for (const GuardText& row : guard_texts()) {
    EXPECT_TRUE(codes.insert(row.code).second) << row.code;
    EXPECT_GT(row.chinese.size(), 10U) << row.code;
    EXPECT_TRUE(is_utf8(row.chinese));
    EXPECT_EQ(size_t(row.guard), place++) << row.code;
    EXPECT_EQ(text_of(row.guard).code, row.code);
  }
  EXPECT_EQ(size_t(Guard::rectification_proof) + 1, place) << "the last one is in the table";
}

TEST(Guard, CodesThatMachinesKnowStay) {
  EXPECT_EQ(text_of(Guard::needs_unit).code, "unit_missing");
  EXPECT_EQ(text_of(Guard::extension_proofs).code, "extension_proofs");
}

}  // namespace
}  // namespace jieban
