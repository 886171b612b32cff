// Goal: a notifier that lives and cannot work is told from one that works, and why.
#include "daemons/notifier/last_call/health.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

NotifierHealth health_of(int status, const std::string& body) {
  HttpReply reply;
  reply.status = status;
  reply.body = body;
  return jieban::health_of(Result<HttpReply>(reply));
}

TEST(NotifierHealth, WhoAnswersThatItIsAliveWorks) {
  EXPECT_TRUE(health_of(200, "alive\n").works());
}

TEST(NotifierHealth, WhoDoesNotAnswerHasNoAilmentAndDoesNotWork) {
  const NotifierHealth health =
      jieban::health_of(Result<HttpReply>(Error{ErrorCode::unavailable, "refused"}));
  EXPECT_FALSE(health.works());
  EXPECT_FALSE(health.answers);
  EXPECT_EQ(health.ailment, "");
  EXPECT_EQ(health.said, "refused");
}

TEST(NotifierHealth, EachWordOfTheDaemonsHasItsText) {
  struct Row {
    const char* body;
    const char* ailment;
  };
  for (const Row& row : {Row{"store: the store or the disk is full\n", "存储或磁盘已满"},
                         Row{"rules: those of rota are not loaded\n", "规则未载入"},
                         Row{"channel: kannel stands still\n", "发送线程停住"},
                         Row{"loop: it stands still\n", "主循环停住"},
                         Row{"weather: it rains\n", "健康检查异常"}, Row{"", "健康检查异常"}}) {
    const NotifierHealth health = health_of(503, row.body);
    EXPECT_TRUE(health.answers) << row.body;
    EXPECT_FALSE(health.works()) << row.body;
    EXPECT_EQ(health.ailment, row.ailment) << row.body;
    EXPECT_EQ(health.said.find('\n'), std::string::npos);
  }
  EXPECT_FALSE(health_of(404, "alive\n").works()) << "another program's door";
  EXPECT_LE(health_of(500, std::string(5000, 'x')).said.size(), 200U);
}

}  // namespace
}  // namespace jieban
