// Goal: who reads a list knows how much there is, and which; it fits its channel, and what it
// leaves out it counts.
#include "daemons/notifier/digest_text.h"

#include <gtest/gtest.h>

#include "common/base/text.h"
#include "daemons/notifier/channels/message_cut.h"

namespace jieban {
namespace {

constexpr std::string_view kWords = "【汇总提醒】{matters}待处理，回复1确认。{list}";

DigestMember order_member(const std::string& order_no) {
  NoticeRow row;
  row.notice_id = "n:" + order_no;
  row.order_no = order_no;
  return member_of(row);
}

DigestMember alarm_member(const std::string& summary) {
  NoticeSubject subject;
  subject.summary = summary;
  subject.count = 1;
  NoticeRow row;
  row.notice_id = row.alert.emplace("a:" + summary);
  row.item = list_item(subject, false);
  return member_of(row);
}

std::vector<DigestMember> orders_from(uint64_t first, size_t count) {
  std::vector<DigestMember> members;
  for (size_t i = 0; i < count; ++i) members.push_back(order_member(std::to_string(first + i)));
  return members;
}

TEST(DigestText, OrdersAndAlarmsAreCountedApartAndTheAlarmsStandFirst) {
  std::vector<DigestMember> members = orders_from(260310000001, 2);
  members.push_back(alarm_member("收件程序停了"));
  EXPECT_EQ(
      digest_text(kWords, members, ChannelKind::wecom_robot, {}),
      "【汇总提醒】2件工单、1项告警待处理，回复1确认。\n收件程序停了\n260310000001\n260310000002");
}

TEST(DigestText, OnlyAlarmsAreNoOrders) {
  const std::vector<DigestMember> members = {alarm_member("甲"), alarm_member("乙")};
  EXPECT_EQ(digest_text(kWords, members, ChannelKind::spool, {}),
            "【汇总提醒】2项告警待处理，回复1确认。\n甲\n乙");
}

TEST(DigestText, AnOrderIsCountedOnceHoweverManyAreCalledForIt) {
  std::vector<DigestMember> members;
  for (const char* person : {"li", "zhao", "zhou"}) {
    DigestMember call = order_member("A-1");
    call.notice_id = person;
    call.person = person;
    call.alert = "a1";
    call.orders = 12;
    call.item = "A-1等12件";
    members.push_back(call);
  }
  members.push_back(order_member("A-2"));
  members.push_back(order_member("A-2"));
  const DigestCount count = count_members(members);
  EXPECT_EQ(count.orders, 13U);
  EXPECT_EQ(count.alarms, 0U);
  EXPECT_EQ(digest_text("{count}{list}", members, ChannelKind::spool, {}), "13\nA-1等12件\nA-2");
}

TEST(DigestText, AListIsNeverLongerThanItsChannelTakesAndCountsWhatItLeavesOut) {
  struct Room {
    ChannelKind kind;
    size_t most;
    TextUnit unit;
  };
  const Room rooms[] = {
      {ChannelKind::wecom_robot, 2048, TextUnit::bytes},
      {ChannelKind::dingtalk_robot, 20'000, TextUnit::bytes},
      {ChannelKind::feishu_robot, 20'000, TextUnit::bytes},
      {ChannelKind::ums_sms, 402, TextUnit::characters},
      {ChannelKind::sgip_sms, 201, TextUnit::characters},
      {ChannelKind::kannel_sms, 201, TextUnit::characters},
      {ChannelKind::smstools_sms, 201, TextUnit::characters},
  };
  for (const Room& room : rooms) {
    for (const size_t count : {2U, 9U, 100U, 500U}) {
      const auto members = orders_from(260310000001, count);
      const std::string text = digest_text(kWords, members, room.kind, {});
      OutgoingNotice notice;
      notice.text = text;
      notice.possible_repeat = true;
      EXPECT_EQ(cut_message(shown_text(notice), room.most, room.unit), shown_text(notice))
          << "nothing is left for the channel to cut";
      size_t shown = 0;
      for (const DigestMember& each : members) {
        shown += text.find("\n" + each.order_no) == std::string::npos ? 0 : 1;
      }
      EXPECT_GE(shown, std::min<size_t>(count, 9)) << to_string(room.kind);
      const std::string rest = "\n…（余" + std::to_string(count - shown) + "条）";
      EXPECT_EQ(text.ends_with(rest), shown < count) << to_string(room.kind) << text;
    }
  }
}

TEST(DigestText, WhatIsUrgentSaysWhereAndALongSummaryIsOneShortLine) {
  NoticeSubject order;
  order.order_no = "A-1";
  order.community = "真武庙社区";
  order.category = "市政设施>燃气";
  EXPECT_EQ(list_item(order, false), "A-1");
  EXPECT_EQ(list_item(order, true), "A-1 真武庙社区 市政设施>燃气");
  NoticeSubject alarm;
  EXPECT_FALSE(list_item(alarm, true).has_value()) << "then its text is what it says";
  for (int i = 0; i < 100; ++i) alarm.summary += "停了\n";
  const std::string item = *list_item(alarm, true);
  EXPECT_EQ(item.find('\n'), std::string::npos);
  EXPECT_LE(character_count(item), 60U);
}

// A street that wrote its words before there were lists.
TEST(DigestText, WordsWithoutAPlaceForTheListHaveItAtTheirEnd) {
  EXPECT_EQ(digest_text("{count}件，首件{order_no}", orders_from(1, 3), ChannelKind::spool, {}),
            "3件，首件1\n1\n2\n3");
}

}  // namespace
}  // namespace jieban
