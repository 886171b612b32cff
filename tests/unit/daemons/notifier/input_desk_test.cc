// Goal: what comes in reaches the core without a number in it, and its answer comes back.
#include "daemons/notifier/input_desk.h"

#include "tests/support/log_lines.h"
#include "tests/unit/daemons/notifier/door_harness.h"

namespace jieban {
namespace {

struct InputDeskTest : testing::Test {
  InputDeskTest() {
    contacts = std::move(*ContactBook::open(harness.path("contacts.yaml")));
    desk = std::make_unique<InputDesk>(harness.context(), *contacts);
    harness.go_on();
  }
  double ignored(const std::string& why) {
    return harness.metric("jieban_replies_ignored_total{why=\"" + why + "\"}");
  }
  double inputs(const std::string& input, const std::string& outcome) {
    return harness.metric("jieban_door_inputs_total{input=\"" + input + "\",outcome=\"" + outcome +
                          "\"}");
  }
  DoorHarness harness;
  std::unique_ptr<ContactBook> contacts;
  std::unique_ptr<InputDesk> desk;
  LogLines lines;
};

TEST_F(InputDeskTest, AReplyBecomesAPersonAndACode) {
  auto answer = desk->reply({"sms", "+8613800138000", " １ "});
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(*answer, "taken");
  auto seen = harness.core.seen_as<AlertAcknowledge>(topics::kAlertAcknowledge);
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].person, "p-li");
  EXPECT_EQ(seen[0].via, "reply");
  EXPECT_EQ(seen[0].code, "1");
  EXPECT_EQ(harness.core.seen()[0].actor, "p-li");
  EXPECT_EQ(inputs("acknowledgement", "taken"), 1);
}

TEST_F(InputDeskTest, TheWordsOfTheRulesInForceCount) {
  DoorHarness other;
  ReplyWords words;
  InputDesk worded(other.context(), *contacts, [&] { return words; });
  other.go_on();
  EXPECT_EQ(*worded.reply({"sms", kLiPhone, "收到"}), kIgnored);
  words.acknowledge = {"收到"};
  EXPECT_EQ(*worded.reply({"sms", kLiPhone, "收到"}), "taken");
  auto seen = other.core.seen_as<AlertAcknowledge>(topics::kAlertAcknowledge);
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].code, "1");
}

TEST_F(InputDeskTest, AnUnknownSenderIsCountedAndLoggedWithoutTheNumber) {
  auto answer = desk->reply({"sms", "13912345678", "1"});
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(*answer, kIgnored);
  EXPECT_TRUE(harness.core.seen().empty());
  EXPECT_EQ(ignored("unknown_sender"), 1);
  EXPECT_EQ(lines.count("reply_ignored channel=sms why=unknown_sender"), 1u);
  EXPECT_EQ(lines.count("139"), 0u);
}

TEST_F(InputDeskTest, AReplyWithoutACodeGoesNoFurther) {
  EXPECT_EQ(*desk->reply({"sms", kLiPhone, "我是李四，知道了"}), kIgnored);
  EXPECT_TRUE(harness.core.seen().empty());
  EXPECT_EQ(ignored("no_code"), 1);
  EXPECT_EQ(lines.count("李四"), 0u);
}

TEST_F(InputDeskTest, WhatTheCoreRefusesComesBackAndIsCounted) {
  harness.core.say(Result<std::string>(Error{ErrorCode::refused, "没有这个代码"}));
  auto answer = desk->reply({"sms", kLiPhone, "9"});
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, ErrorCode::refused);
  EXPECT_EQ(inputs("acknowledgement", "refused"), 1);
  harness.core.say(Result<std::string>("repeated"));
  EXPECT_EQ(*desk->receipt({"sms", "n", "", "delivered"}, "sms"), "repeated");
  EXPECT_EQ(inputs("receipt", "repeated"), 1);
}

TEST_F(InputDeskTest, AlertsOfABatchAreAnsweredOneByOne) {
  harness.core.say([](const Event& event) -> Result<std::string> {
    auto alert = decode_payload<AlertRaised>(event.payload);
    if (alert->labels.contains("bad")) return Error{ErrorCode::refused, "不认识"};
    return std::string("taken");
  });
  auto answers = desk->alerts({{"a", {{"x", "1"}}, {}}, {"a", {{"bad", "1"}}, {}}}, "am");
  ASSERT_TRUE(answers.ok());
  ASSERT_EQ(answers->size(), 2u);
  EXPECT_TRUE((*answers)[0].ok());
  EXPECT_FALSE((*answers)[1].ok());
  EXPECT_EQ(inputs("alert", "taken"), 1);
  EXPECT_EQ(inputs("alert", "refused"), 1);
  EXPECT_TRUE(desk->alerts({}, "am")->empty());
}

TEST_F(InputDeskTest, AFullInboxIsAnError) {
  harness.halt();
  harness.fill_inbox();
  for (const auto& answer :
       {desk->receipt({"sms", "n", "", "failed"}, "sms"), desk->reply({"sms", kLiPhone, "1"}),
        desk->add_silence({}, "desk"), desk->lift_silence({}, "desk"),
        desk->request_duty({}, "desk"), desk->decide_duty({}, "desk")}) {
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().code, ErrorCode::unavailable);
  }
  auto alerts = desk->alerts({{"a", {{"x", "1"}}, {}}}, "am");
  ASSERT_FALSE(alerts.ok());
  EXPECT_EQ(inputs("alert", "refused"), 1);
}

}  // namespace
}  // namespace jieban
