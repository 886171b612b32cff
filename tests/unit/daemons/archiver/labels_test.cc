// Goal: every code that operators meet has Chinese words, and an unknown one is still shown.
#include "daemons/archiver/labels.h"

#include <gtest/gtest.h>

#include "common/domain/lifecycle.h"
#include "common/domain/topics.h"

namespace jieban {
namespace {

TEST(Labels, MovesAreNamedAsInTheLifeCycle) {
  for (const Transition& row : lifecycle()) {
    if (row.topic == "order.reclassified") continue;  // of two commands
    EXPECT_EQ(topic_label(row.topic), row.chinese);
  }
  EXPECT_EQ(topic_label("order.reclassified"), "类别变更");
}

TEST(Labels, CommandsSayWhatWasAskedFor) {
  EXPECT_EQ(topic_label("command.sign"), "要求签收");
  EXPECT_EQ(topic_label(topics::kCommandRefused), "操作被拒绝");
}

TEST(Labels, AMissingCalendarIsNamed) {
  EXPECT_NE(topic_label(topics::kCalendarMissing), topics::kCalendarMissing);
}

TEST(Labels, ImportsAndChannelsAreNamed) {
  for (const auto topic : {topics::kImportDone, topics::kImportNoted, topics::kChannelFailed,
                           topics::kChannelRecovered}) {
    EXPECT_NE(topic_label(topic), topic);
  }
}

TEST(Labels, UnknownCodesAreShownAsTheyAre) {
  EXPECT_EQ(topic_label("order.blessed"), "order.blessed");
  EXPECT_EQ(topic_label("command.bless"), "command.bless");
  EXPECT_EQ(class_label("rare"), "rare");
}

TEST(Labels, AnOrderWithoutClassIsSaidToHaveNone) {
  EXPECT_EQ(class_label(""), "未定类");
  EXPECT_EQ(class_label("general"), "一般诉求");
}

}  // namespace
}  // namespace jieban
