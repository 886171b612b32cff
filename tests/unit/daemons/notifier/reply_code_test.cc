// Goal: what people really type acknowledges, and nothing that may mean anything else does.
#include "daemons/notifier/reply_code.h"

#include <gtest/gtest.h>

#include "daemons/notifier/notice_rules_file.h"

namespace jieban {
namespace {

const ReplyWords kWords{{"收到", "已收到", "知道了", "确认"}, {"回复"}};

TEST(ReplyCode, IsLettersAndDigitsOnly) {
  for (const ReplyWords& words : {ReplyWords(), kWords}) {
    EXPECT_EQ(reply_code("1", words), "1");
    EXPECT_EQ(reply_code(" 1a \r\n", words), "1a");
    EXPECT_EQ(reply_code("１２Ａ", words), "12A");
    EXPECT_EQ(reply_code("　１　", words), "1");
    EXPECT_EQ(reply_code("ABCDEFGHIJ12", words), "ABCDEFGHIJ12");
    for (const char* text : {"", "  ", "1 2", "1.2", "ABCDEFGHIJ123", "李四", "\xff", "1\xff"}) {
      EXPECT_EQ(reply_code(text, words), "") << text;
    }
    EXPECT_EQ(reply_code(std::string(1000, ' ') + "1", words), "") << "nobody types so";
  }
}

TEST(ReplyCode, PunctuationAroundItSaysNothing) {
  for (const char* text :
       {"1.",    "1。", "１。",  "1,",  "1，",           "1、",     "1!",    "1！",
        "【1】", "“1”", "\"1\"", "(1)", "（1）",         "'1'",     "「1」", "1…",
        "1~",    "1～", "1;",    "：1", "\u200b1\u00a0", "\ufeff1", "1．",   "\n1\n"}) {
    EXPECT_EQ(reply_code(text, {}), "1") << text;
  }
  // A question, a sum, a list or a span is something else.
  for (const char* text : {"1?", "1？", "1、2", "-1", "+1", "1/2", "1-2", "1*", "#1", "1%",
                           "1=", "1@", "1&2", "。", "…"}) {
    EXPECT_EQ(reply_code(text, kWords), "") << text;
  }
}

TEST(ReplyCode, WordsThatSayNothingElseMayStandBesideIt) {
  for (const char* text : {"1 收到", "1收到", "1，收到。", "收到1", "收到，1", "回复1", "回复：1",
                           "回复“1”确认", "1\n收到", "１　知道了！", "1已收到", "回复1 收到 知道了",
                           "1收到知道了", "收到", "收到。", "已收到！", "知道了", "收到，知道了"}) {
    EXPECT_EQ(reply_code(text, kWords), "1") << text;
  }
  EXPECT_EQ(reply_code("A7K 收到", kWords), "A7K");
  EXPECT_EQ(reply_code("回复a7k", kWords), "a7k");
  EXPECT_EQ(reply_code("收到10", kWords), "10") << "a code, and none that is known";
}

TEST(ReplyCode, WhatMayMeanSomethingElseDoesNotAcknowledge) {
  for (const char* text :
       {"12点到",   "1号楼着火",    "1楼",       "没收到",    "没有收到",  "未收到1",
        "不知道了", "收到吗",       "收到1号楼", "1收到吗？", "收到？",    "1 没空",
        "1 不是我", "收到但是没空", "回复",      "回复了",    "1收到李四", "我是李四，知道了",
        "1 1",      "收到 1 2",     "OK 1",      "第1",       "1个",       "1分钟后到"}) {
    EXPECT_EQ(reply_code(text, kWords), "") << text;
  }
  for (const char* text : {"收到", "1 收到", "回复1"}) {
    EXPECT_EQ(reply_code(text, {}), "") << text << ", where no rules name the word";
  }
}

TEST(ReplyCode, AWordThatNoReplyCanHaveIsRefused) {
  EXPECT_TRUE(check_reply_words(kWords).ok());
  EXPECT_TRUE(check_reply_words({}).ok());
  for (const char* word :
       {"", "1收到", "ok", "收 到", "收到。", "收到！", "１", "\xff", "收到？"}) {
    EXPECT_FALSE(check_reply_words({{word}, {}}).ok()) << word;
    EXPECT_FALSE(check_reply_words({{}, {word}}).ok()) << word;
  }
  std::string long_word;
  for (int i = 0; i < 13; ++i) long_word += "收";
  EXPECT_FALSE(check_reply_words({{long_word}, {}}).ok());
  auto many = check_reply_words({std::vector<std::string>(65, "收到"), {}});
  ASSERT_FALSE(many.ok());
  EXPECT_EQ(many.error().code, ErrorCode::limit);
}

TEST(ReplyCode, TheShippedWordsAcknowledge) {
  auto rules = load_notice_rules(JIEBAN_SOURCE_DIR "/config/notices.yaml", "/var/spool");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  ASSERT_TRUE(rules->replies.has_value());
  for (const char* text : {"1", "1。", "１", "1 收到", "收到", "已收到", "知道了", "回复1"}) {
    EXPECT_EQ(reply_code(text, *rules->replies), "1") << text;
  }
  for (const char* text : {"12点到", "1号楼着火", "没收到", "回复"}) {
    EXPECT_EQ(reply_code(text, *rules->replies), "") << text;
  }
}

}  // namespace
}  // namespace jieban
