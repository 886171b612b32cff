#include "common/audit/material.h"

#include <gtest/gtest.h>

#include "tests/unit/common/audit/materials.h"

namespace jieban {
namespace {

TEST(Material, TheLatestHandInIsTheOneOfTheLatestTimeWhereverItStands) {
  Material material;
  EXPECT_EQ(latest_hand_in(material), nullptr);
  material.records = {record("hand_in", "2026-03-11 08:00"), record("hand_in", "2026-03-10 08:00"),
                      record("contact", "2026-03-12 08:00")};
  EXPECT_EQ(latest_hand_in(material), &material.records[0]);
}

TEST(Material, AFieldIsThereWhenItIsFilledInOrATextOfItsNameCame) {
  MaterialRecord made =
      record("hand_in", "2026-03-10 08:00", {{"solved", "SOLVED"}, {"unit", ""}}, {{"plan", {}}});
  EXPECT_TRUE(has_field(made, "solved"));
  EXPECT_TRUE(has_field(made, "plan"));
  EXPECT_FALSE(has_field(made, "unit"));
  EXPECT_FALSE(has_field(made, "text"));
}

}  // namespace
}  // namespace jieban
