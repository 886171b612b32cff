// Goal: a notice says what its template says, in local time, and can say nothing else.
#include "daemons/notifier/notice_text.h"

#include <gtest/gtest.h>

#include "common/base/bytes.h"

namespace jieban {
namespace {

NoticeSubject subject() {
  NoticeSubject made;
  made.order_no = "BJ202602030001";
  made.category = "城市管理>违法建设";
  made.community = "真武庙社区";
  made.clock = "due";
  made.percent = 90;
  made.deadline = from_civil({2026, 2, 10, 17, 30, 0});
  made.lead_unit = "urban_office";
  return made;
}

TEST(NoticeText, FillsEveryField) {
  std::string text =
      render_text("【{clock}】{order_no} {category} {community} {percent}% {deadline} {lead_unit}",
                  subject(), {{"urban_office", "城管办"}});
  EXPECT_EQ(text,
            "【办理】BJ202602030001 城市管理>违法建设 真武庙社区 90% 2026-02-10 17:30 城管办");
}

TEST(NoticeText, UnitWithoutNameKeepsItsCode) {
  EXPECT_EQ(render_text("{lead_unit}", subject(), {}), "urban_office");
}

TEST(NoticeText, WhatIsNotKnownYetIsSaidSo) {
  NoticeSubject early = subject();
  early.lead_unit.clear();
  EXPECT_EQ(render_text("主办单位：{lead_unit}。", early, {}), "主办单位：未定。");
}

TEST(NoticeText, BracesInAFieldAreNotFilledAgain) {
  NoticeSubject sly = subject();
  sly.category = "{order_no}";
  EXPECT_EQ(render_text("{category}", sly, {}), "{order_no}");
}

// Whatever brought it here: an event of another daemon, a row of last year.
TEST(NoticeText, FreeTextIsMaskedByTheViewItself) {
  NoticeSubject sly = subject();
  sly.order_no = "250912101108115409";
  sly.category = "违法建设13900000123";
  sly.community = "真武庙 139-0000-0123";
  sly.lead_unit = "110101199003071234";
  sly.clock = "13900000123";
  sly.summary = "来电人li@example.com";
  EXPECT_EQ(render_text("{order_no}|{category}|{community}|{lead_unit}|{clock}|{summary}", sly, {}),
            "250912101108115409|违法建设***|真武庙 ***|***|***|来电人***");
}

TEST(NoticeText, NoFieldBringsALinkAlong) {
  NoticeSubject sly = subject();
  sly.summary = "{link}";
  EXPECT_FALSE(has_link(render_text("{summary}", sly, {})));
}

TEST(NoticeText, LongFieldIsCutBetweenCharacters) {
  NoticeSubject longer = subject();
  longer.community.clear();
  for (int i = 0; i < 200; ++i) longer.community += "社";
  std::string text = render_text("{community}", longer, {});
  EXPECT_LE(text.size(), kFieldBytesMax);
  EXPECT_GT(text.size(), kFieldBytesMax - 3);
  EXPECT_TRUE(is_utf8(text));
}

TEST(NoticeText, AcceptsEachFieldOfEachTopic) {
  for (const NoticeTopic& topic : notice_topics()) {
    for (std::string_view name : topic.placeholders) {
      EXPECT_TRUE(check_template("{" + std::string(name) + "}", topic).ok()) << name;
    }
  }
}

TEST(NoticeText, RefusesFieldsThatArePersonalOrUnknown) {
  for (const NoticeTopic& topic : notice_topics()) {
    for (const char* text : {"{phone}", "{content}", "{name}", "{address}", "{}", "{Order_no}"}) {
      auto checked = check_template(text, topic);
      ASSERT_FALSE(checked.ok()) << text;
      EXPECT_NE(checked.error().message.find("{order_no}"), std::string::npos) << text;
    }
  }
}

TEST(NoticeText, RefusesFieldsThatTheTopicDoesNotKnow) {
  EXPECT_TRUE(check_template("{percent}", *find_notice_topic("deadline.warned")).ok());
  EXPECT_FALSE(check_template("{percent}", *find_notice_topic("order.dispatched")).ok());
  EXPECT_FALSE(check_template("{lead_unit}", *find_notice_topic("order.unrouted")).ok());
}

TEST(NoticeText, RefusesLooseBraces) {
  const NoticeTopic& topic = *find_notice_topic("deadline.warned");
  for (const char* text : {"{", "}", "{order_no", "order_no}", "{{order_no}}", "{order_no}}", ""}) {
    EXPECT_FALSE(check_template(text, topic).ok()) << text;
  }
}

// DOMAIN §4.3: whoever reads a notice must not meet an English word.
TEST(NoticeText, EveryClockHasAName) {
  for (const char* clock : {"sign", "forward", "return", "contact", "internal", "audit", "due",
                            "redo", "appeal", "review"}) {
    NoticeSubject about = subject();
    about.clock = clock;
    EXPECT_NE(render_text("{clock}", about, {}), clock);
  }
}

TEST(NoticeText, ALinkIsPutInOnTheWayOutAndIntoCallsOnly) {
  EXPECT_TRUE(check_template("{link}", *find_notice_topic("call.deadline")).ok());
  EXPECT_FALSE(check_template("{link}", *find_notice_topic("deadline.warned")).ok());
  EXPECT_FALSE(check_template("{link}", *find_notice_topic("digest")).ok());
  const std::string text = render_text("{order_no}: {link}", subject(), {});
  EXPECT_TRUE(has_link(text));
  EXPECT_FALSE(has_link("A1"));
  EXPECT_EQ(with_link(text, "https://a/b"), subject().order_no + ": https://a/b");
  EXPECT_EQ(with_link("{link}{link}", ""), "");
}

}  // namespace
}  // namespace jieban
