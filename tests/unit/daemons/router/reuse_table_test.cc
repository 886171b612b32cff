#include "daemons/router/reuse_table.h"

#include "tests/unit/daemons/router/audit_fixture.h"

namespace jieban {
namespace {

class ReuseFixture : public AuditFixture {
 public:
  using AuditFixture::AuditFixture;

  // One more order of the unit is handed in with this text.
  std::optional<ReuseNote> write(char letter) {
    const uint64_t order_id = ++last_;
    handle(order_id);
    return hand_in(order_id, 60, std::string(2 * kSignatureSlots, letter)).reuse;
  }
  uint64_t known() {
    Transaction txn = read();
    auto count = core().reuse().texts().count(txn);
    CHECK(count.ok());
    return *count;
  }

 private:
  uint64_t last_ = 0;
};

TEST(ReuseTable, FindsTheEarlierTextOfTheUnit) {
  ReuseFixture router;
  EXPECT_FALSE(router.write('a'));
  EXPECT_FALSE(router.write('b'));
  EXPECT_EQ(router.write('a')->order_no, "A-1");
}

TEST(ReuseTable, WhatIsTooOldIsForgotten) {
  ReuseFixture router;
  router.write('a');
  router.now += std::chrono::days(91);
  EXPECT_FALSE(router.write('a'));
  EXPECT_EQ(router.known(), 1u);
}

TEST(ReuseTable, SoManyTextsOfAUnitAreKept) {
  Checklists lists = audit_lists();
  lists.policy.reuse.texts_per_unit = 2;
  ReuseFixture router(lists);
  for (char letter : {'a', 'b', 'c'}) router.write(letter);
  EXPECT_EQ(router.known(), 2u);
  EXPECT_FALSE(router.write('a')) << "the oldest went";
  EXPECT_EQ(router.write('c')->order_no, "A-3");
}

}  // namespace
}  // namespace jieban
