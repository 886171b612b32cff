// Goal: the board holds what is not over, each once, as far as it was heard, and no more than a log
// can name.
#include "daemons/router/alarm_board.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

const Timestamp kEight = *parse_local("2026-03-10 08:00:00");

AlertStep board_alarm(const std::string& id, const std::string& person = "") {
  AlertStep told;
  told.alert = id;
  told.topic = "deadline";
  if (!person.empty()) told.person = person;
  return told;
}

TEST(AlarmBoard, AnAlarmStandsFromItsOpeningToItsEnd) {
  AlarmBoard board;
  note_opened(board, board_alarm("a"), kEight);
  note_opened(board, board_alarm("b"), kEight + std::chrono::minutes(1));
  ASSERT_EQ(board.alarms.size(), 2U);
  EXPECT_EQ(board.alarms[0], (OpenAlarm{"a", "deadline", kEight, {}}));
  note_resolved(board, board_alarm("a"));
  ASSERT_EQ(board.alarms.size(), 1U);
  EXPECT_EQ(board.alarms[0].alert, "b");
}

TEST(AlarmBoard, WhoAcknowledgedStandsThereOnceUntilItIsToldAnew) {
  AlarmBoard board;
  note_opened(board, board_alarm("a"), kEight);
  for (const char* who : {"p-li", "p-zhou", "p-li"})
    note_acknowledged(board, board_alarm("a", who));
  EXPECT_EQ(board.alarms[0].acknowledged_by, (std::vector<std::string>{"p-li", "p-zhou"}));
  note_opened(board, board_alarm("a"), kEight + std::chrono::hours(2));
  EXPECT_EQ(board.alarms[0], (OpenAlarm{"a", "deadline", kEight, {}}));
}

TEST(AlarmBoard, WhatWasNeverOpenedIsNotAcknowledgedNorResolved) {
  AlarmBoard board;
  note_opened(board, board_alarm("a"), kEight);
  note_acknowledged(board, board_alarm("b", "p-li"));
  note_acknowledged(board, board_alarm("a"));
  note_resolved(board, board_alarm("b"));
  ASSERT_EQ(board.alarms.size(), 1U);
  EXPECT_TRUE(board.alarms[0].acknowledged_by.empty());
}

TEST(AlarmBoard, OfMoreThanALogNamesTheEarliestGo) {
  AlarmBoard board;
  for (size_t i = 0; i < kHandoverAlarmsMax + 3; ++i) {
    const auto left = note_opened(board, board_alarm("a" + std::to_string(i)), kEight);
    EXPECT_EQ(left.has_value(), i >= kHandoverAlarmsMax) << i;
    if (left) {
      EXPECT_EQ(left->alert, "a" + std::to_string(i - kHandoverAlarmsMax));
    }
    note_failed(board, {"c" + std::to_string(i), 3}, kEight);
    note_acknowledged(board, board_alarm("a5", "p-" + std::to_string(i)));
  }
  EXPECT_EQ(board.alarms.size(), kHandoverAlarmsMax);
  EXPECT_EQ(board.alarms.front().alert, "a3");
  EXPECT_TRUE(is_named(board, "a3"));
  EXPECT_FALSE(is_named(board, "a2"));
  EXPECT_EQ(board.alarms[2].acknowledged_by.size(), kAcknowledgersNamedMax);
  EXPECT_EQ(board.channels.size(), kHandoverAlarmsMax);
}

TEST(AlarmBoard, AChannelIsDownSinceItsFirstWordOfIt) {
  AlarmBoard board;
  note_failed(board, {"sms", 3}, kEight);
  note_failed(board, {"sms", 3}, kEight + std::chrono::hours(1));
  note_failed(board, {"wecom", 3}, kEight);
  ASSERT_EQ(board.channels.size(), 2U);
  EXPECT_EQ(board.channels[0], (DownChannel{"sms", kEight}));
  note_recovered(board, {"sms", 5});
  note_recovered(board, {"mail", 5});
  ASSERT_EQ(board.channels.size(), 1U);
  EXPECT_EQ(board.channels[0].channel, "wecom");
}

}  // namespace
}  // namespace jieban
