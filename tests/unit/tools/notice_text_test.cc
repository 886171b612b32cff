// Goal: an operator reads what was told and what came of it, in Chinese.
#include "tools/jieban/notice_text.h"

#include <gtest/gtest.h>

#include "common/json/json.h"

namespace jieban {
namespace {

const char* const kNotice =
    R"({"id":"s:7:sms","channel":"sms","topic":"deadline.warned","order_no":"A1","text":"工单A1",)"
    R"("state":"waiting","attempts":2,"failures":1,"created_at":"2026-02-03 12:00:00",)"
    R"("due_at":"2026-02-03 12:00:30","possible_repeat":true,"error":"503",)"
    R"("cause":{"stream":"s","sequence":7}})";

TEST(NoticeText, AListHasOneLineANoticeAndTheNextPage) {
  auto page = parse_json(std::string(R"({"notices":[)") + kNotice + R"(],"next":"00ff"})");
  const std::string text = notice_list_text(*page);
  EXPECT_NE(text.find("待重试（可能重复）"), std::string::npos) << text;
  EXPECT_NE(text.find("s:7:sms"), std::string::npos);
  EXPECT_NE(text.find("下一页：--cursor 00ff"), std::string::npos);
  EXPECT_EQ(notice_list_text(*parse_json(R"({"notices":[],"next":null})")),
            "没有符合条件的通知。\n");
}

TEST(NoticeText, OneIsShownWithItsCourse) {
  const std::string text = notice_text(*parse_json(kNotice));
  for (const char* part : {"内容  工单A1\n", "次数  2（计入失败 1）\n", "错误  503\n",
                           "下次  2026-02-03 12:00:30\n", "来源  s 7\n"}) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
  }
}

TEST(NoticeText, AShortMessageSaysHowManyTheOperatorCounts) {
  const std::string text = notice_text(
      *parse_json(R"({"id":"n","state":"sent","segments":2,"alphabet":"UCS-2","steps":[]})"));
  EXPECT_NE(text.find("短信条数  2（UCS-2）\n"), std::string::npos) << text;
  EXPECT_EQ(notice_text(*parse_json(kNotice)).find("短信条数"), std::string::npos);
}

TEST(NoticeText, ALinkIsNamedAndNotShown) {
  const std::string text = notice_text(
      *parse_json(R"({"id":"n","state":"sent","text":"工单A1 确认 {link} 或 {link}","steps":[]})"));
  EXPECT_NE(text.find("内容  工单A1 确认 （确认链接，只发给本人） 或 （确认链接，只发给本人）\n"),
            std::string::npos)
      << text;
}

TEST(NoticeText, SilencesHaveTheirStateInWords) {
  const std::string text = silence_list_text(*parse_json(
      R"({"silences":[{"id":"a","matchers":"x=y","starts_at":null,"ends_at":"2026-02-03 14:00:00",)"
      R"("created_by":"desk","reason":"搬家","lifted_by":null,"state":"active"}]})"));
  EXPECT_NE(text.find("生效中"), std::string::npos) << text;
  EXPECT_NE(text.find("搬家"), std::string::npos);
  EXPECT_EQ(silence_list_text(*parse_json(R"({"silences":[]})")), "没有静默。\n");
}

TEST(NoticeText, TheAnswerOfTheCoreIsAWord) {
  EXPECT_EQ(input_answer_text(*parse_json(R"({"answer":"taken"})")), "已记录。\n");
  EXPECT_EQ(input_answer_text(*parse_json(R"({"id":"s-1","answer":"repeated"})")),
            "s-1  先前已记录，没有变化。\n");
}

TEST(NoticeText, AListTellsWhomItCallsAndWhatItTellsOf) {
  const auto list = parse_json(
      R"({"id":"n+","persons":["p-li","p-wu"],"state":"sent","members":[)"
      R"({"id":"n1","order_no":"A1","says":"A1等2件","person":"p-li","alert":"a1"},)"
      R"({"id":"n2","order_no":"","says":"收件程序停了","person":"p-wu","alert":"a2"}],"steps":[)"
      R"({"what":"acknowledged","at":"2026-02-03 12:00:00","detail":"cli","by":"p-zhou"},)"
      R"({"what":"answered","at":"2026-02-03 12:01:00","detail":"reply","after":"p-zhou"}]})");
  ASSERT_TRUE(list.ok());
  const std::string text = notice_text(*list);
  for (const char* part : {"接收人  p-li、p-wu\n", "A1等2件", "收件程序停了", "a2", "n1",
                           "确认  cli（p-zhou）\n", "答复（p-zhou 已先确认）  reply\n"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  const std::string lines = notice_list_text(*parse_json(
      R"({"notices":[{"id":"n+","persons":["p-li","p-wu"],"state":"sent"}],"next":null})"));
  EXPECT_NE(lines.find("p-li、p-wu"), std::string::npos) << lines;
}

}  // namespace
}  // namespace jieban
