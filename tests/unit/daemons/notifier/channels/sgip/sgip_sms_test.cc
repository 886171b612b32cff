// Goal: a notice reaches the gateway whole and correct; whatever the gateway does, the report says
// neither less nor more than is known.
// Method: a strict gateway on loopback that does as it is told (tests/support/sgip_smg.h).
#include "daemons/notifier/channels/sgip/sgip_sms.h"

#include <gtest/gtest.h>

#include <set>

#include "common/base/bytes.h"
#include "daemons/notifier/channels/sgip/sgip_result.h"
#include "daemons/notifier/channels/sms_text.h"
#include "tests/support/sgip_smg.h"
#include "tests/unit/daemons/notifier/channels/sms_fixture.h"

namespace jieban {
namespace {

using Outcome = DeliveryOutcome;

class SgipSmsTest : public testing::Test {
 protected:
  DeliveryReport deliver(const std::string& address, const OutgoingNotice& notice = sms_notice()) {
    SgipSms channel(sms_rule(ChannelKind::sgip_sms, address, account_.path()), kShortTimeouts,
                    clock_);
    DeliveryReport report = channel.deliver(notice);
    EXPECT_TRUE(is_discreet(report.error.value_or(""))) << *report.error;
    return report;
  }

  AccountOnDisk account_{kSgipAccountText};
  SystemClock clock_;
};

std::string repeated(std::string_view text, size_t count) {
  std::string out;
  for (size_t i = 0; i < count; ++i) out += text;
  return out;
}

TEST_F(SgipSmsTest, AShortTextIsOneSubmitBetweenBindAndUnbind) {
  SgipSmg smg;
  DeliveryReport report = deliver(smg.address());
  EXPECT_EQ(report.outcome, Outcome::accepted) << report.error.value_or("");
  auto submits = smg.submits();
  ASSERT_EQ(submits.size(), 1U);
  EXPECT_EQ(submits[0].user, "8613800138000");
  EXPECT_EQ(to_hex(submits[0].content), "5de5535550ac529e");
  EXPECT_EQ(submits[0].udhi, 0);
  EXPECT_EQ(submits[0].report_flag, 1);
  EXPECT_EQ(report.parts, std::nullopt);
  EXPECT_EQ(smg.binds(), 1U);
  EXPECT_EQ(smg.unbinds(), 1U);
  EXPECT_EQ(smg.faults(), std::vector<std::string>{});
}

TEST_F(SgipSmsTest, APossibleRepeatSaysSoBeforeAllElse) {
  SgipSmg smg;
  OutgoingNotice notice = sms_notice();
  notice.possible_repeat = true;
  EXPECT_EQ(deliver(smg.address(), notice).outcome, Outcome::accepted);
  ASSERT_EQ(smg.submits().size(), 1U);
  EXPECT_EQ(utf8_of_ucs2(smg.submits()[0].content), "（可能重复）工单催办");
}

TEST_F(SgipSmsTest, ALongTextGoesInPartsThatTheReceiptNamesAsOne) {
  SgipSmg smg;
  const std::string text = repeated("工", 150) + "𠮷";
  DeliveryReport report = deliver(smg.address(), sms_notice(text));
  EXPECT_EQ(report.outcome, Outcome::accepted) << report.error.value_or("");
  auto submits = smg.submits();
  ASSERT_EQ(submits.size(), 3U);
  std::string whole;
  for (size_t i = 0; i < submits.size(); ++i) {
    EXPECT_EQ(submits[i].udhi, 1);
    EXPECT_EQ(submits[i].report_flag, 1) << "each part has a receipt";
    std::string header = submits[i].content.substr(0, 6);
    EXPECT_EQ(to_hex(header.substr(0, 3)), "050003");
    EXPECT_EQ(header[3], submits[0].content[3]);
    EXPECT_EQ(int(header[4]), 3);
    EXPECT_EQ(size_t(header[5]), i + 1);
    whole += *utf8_of_ucs2(submits[i].content.substr(6));
    SgipSequence sequence{read_u32(submits[i].sequence), read_u32(submits[i].sequence.substr(4)),
                          submits[i].counter};
    EXPECT_EQ(sgip_message_id(sequence), report.gateway_id);
    EXPECT_EQ(sgip_part(sequence), i + 1);
  }
  EXPECT_EQ(whole, text);
  EXPECT_EQ(report.parts, 3U) << "so many receipts will come";
  EXPECT_EQ(report.segments, (SmsSegments{SmsAlphabet::ucs2, 3}));
  EXPECT_EQ(smg.faults(), std::vector<std::string>{});
}

TEST_F(SgipSmsTest, ATextBeyondAllPartsIsCut) {
  SgipSmg smg;
  const DeliveryReport report = deliver(smg.address(), sms_notice(repeated("工", 1000)));
  EXPECT_EQ(report.outcome, Outcome::accepted);
  EXPECT_EQ(smg.submits().size(), kSmsPartsMax);
  EXPECT_EQ(report.segments->count, kSmsPartsMax) << "what went out counts";
  EXPECT_EQ(smg.faults(), std::vector<std::string>{});
}

TEST_F(SgipSmsTest, EachMessageHasAnIdOfItsOwn) {
  SgipSmg smg;
  SgipSms channel(sms_rule(ChannelKind::sgip_sms, smg.address(), account_.path()), kShortTimeouts,
                  clock_);
  std::set<std::string> ids;
  OutgoingNotice notice = sms_notice();
  for (int i = 0; i < 10; ++i) {
    ids.insert(channel.deliver(notice).gateway_id.value_or(""));
    ++notice.attempt;
  }
  for (int i = 0; i < 10; ++i) {
    notice.notice_id += "x";
    ids.insert(channel.deliver(notice).gateway_id.value_or(""));
  }
  EXPECT_EQ(ids.size(), 20U);
  EXPECT_EQ(smg.faults(), std::vector<std::string>{});
}

// It is committed before the SUBMIT leaves; a restart between its answer and our commit must not
// lose the receipt.
TEST_F(SgipSmsTest, TheIdOfAnAttemptIsKnownBeforeItAndTheSameInEachProcess) {
  OutgoingNotice notice = sms_notice(repeated("工", 150));
  notice.attempt = 2;
  std::vector<std::string> ids;
  for (int process = 0; process < 2; ++process) {
    SgipSmg smg;
    SgipSms channel(sms_rule(ChannelKind::sgip_sms, smg.address(), account_.path()), kShortTimeouts,
                    clock_);
    const AttemptPlan plan = channel.plan(notice);
    EXPECT_TRUE(smg.submits().empty());
    const DeliveryReport report = channel.deliver(notice);
    EXPECT_EQ(report.outcome, Outcome::accepted);
    EXPECT_EQ(plan.gateway_id, report.gateway_id);
    EXPECT_EQ(plan.parts, 3U);
    EXPECT_EQ(plan.parts, report.parts);
    ids.push_back(report.gateway_id.value_or("none"));
  }
  EXPECT_EQ(ids[0], ids[1]);
  ++notice.attempt;
  SgipSms next(sms_rule(ChannelKind::sgip_sms, "sgip://127.0.0.1:1", account_.path()),
               kShortTimeouts, clock_);
  EXPECT_NE(next.plan(notice).gateway_id, ids[0]);
  EXPECT_EQ(next.plan(sms_notice("工单")).parts, std::nullopt);
  account_.write("login_name: demo\n");
  EXPECT_EQ(next.plan(notice).gateway_id, std::nullopt) << "without an account nothing goes out";
}

TEST_F(SgipSmsTest, EachResultOfSubmitIsWhatTheTableSays) {
  for (int code = 0; code < 256; ++code) {
    bool listed = find_sgip_meaning(uint8_t(code)) != nullptr;
    if (!listed && code != 12 && code != 255) continue;
    SmgPlan plan;
    plan.submit_results = {uint8_t(code)};
    SgipSmg smg(plan);
    DeliveryReport report = deliver(smg.address());
    EXPECT_EQ(report.outcome, outcome_of_sgip(uint8_t(code))) << code;
    EXPECT_EQ(report.error.value_or(describe_sgip(0)), describe_sgip(uint8_t(code)));
    bool full = code == 2 || code == 3 || code == 11 || code == 33;
    EXPECT_EQ(report.hold.has_value(), full) << code;
    EXPECT_EQ(report.gateway_id.has_value(), code == 0);
    EXPECT_EQ(report.segments.has_value(), code == 0) << "what is refused costs nothing";
    EXPECT_EQ(smg.unbinds(), 1U);
  }
}

TEST_F(SgipSmsTest, EachResultOfBindIsWhatTheTableSaysAndNothingIsSubmitted) {
  for (const SgipMeaning& meaning : sgip_meanings()) {
    if (meaning.code == 0) continue;
    SmgPlan plan;
    plan.bind_result = meaning.code;
    SgipSmg smg(plan);
    DeliveryReport report = deliver(smg.address());
    EXPECT_EQ(report.outcome, meaning.outcome) << int(meaning.code);
    EXPECT_EQ(report.error, describe_sgip(meaning.code));
    EXPECT_EQ(smg.submits().size(), 0U);
  }
}

TEST_F(SgipSmsTest, WhateverHappensBeforeASubmitHasFailed) {
  for (SmgManner manner : {SmgManner::silent, SmgManner::late, SmgManner::reset, SmgManner::hang_up,
                           SmgManner::garbage, SmgManner::oversize, SmgManner::wrong_sequence,
                           SmgManner::wrong_command, SmgManner::chatter}) {
    SmgPlan plan;
    plan.on_bind = manner;
    SgipSmg smg(plan);
    DeliveryReport report = deliver(smg.address());
    EXPECT_EQ(report.outcome, Outcome::failed) << int(manner);
    EXPECT_EQ(smg.submits().size(), 0U);
  }
  EXPECT_EQ(deliver("127.0.0.1:1").outcome, Outcome::failed);
}

TEST_F(SgipSmsTest, WithoutAReadableAnswerToASubmitTheOutcomeIsUnknown) {
  for (SmgManner manner : {SmgManner::silent, SmgManner::late, SmgManner::reset, SmgManner::hang_up,
                           SmgManner::garbage, SmgManner::oversize, SmgManner::wrong_sequence,
                           SmgManner::wrong_command, SmgManner::chatter, SmgManner::dribble}) {
    SmgPlan plan;
    plan.on_submit = manner;
    SgipSmg smg(plan);
    DeliveryReport report = deliver(smg.address());
    EXPECT_EQ(report.outcome, Outcome::unknown) << int(manner);
    // A receipt may still come.
    EXPECT_TRUE(report.gateway_id.has_value());
    EXPECT_EQ(smg.submits().size(), 1U);
  }
}

TEST_F(SgipSmsTest, AnAnswerThatComesTwiceIsOne) {
  SmgPlan plan;
  plan.on_bind = SmgManner::twice;
  plan.on_submit = SmgManner::twice;
  SgipSmg smg(plan);
  EXPECT_EQ(deliver(smg.address(), sms_notice(repeated("工", 100))).outcome, Outcome::accepted);
  EXPECT_EQ(smg.submits().size(), 2U);
  EXPECT_EQ(smg.faults(), std::vector<std::string>{});
}

// What the gateway will never take is not sent again, with a first part that the phone has.
TEST_F(SgipSmsTest, AFinalRefusalOfALaterPartIsFinal) {
  for (const SgipMeaning& meaning : sgip_meanings()) {
    if (meaning.outcome != Outcome::rejected) continue;
    SmgPlan plan;
    plan.submit_results = {0, meaning.code};
    SgipSmg smg(plan);
    DeliveryReport report = deliver(smg.address(), sms_notice(repeated("工", 150)));
    EXPECT_EQ(report.outcome, Outcome::rejected) << int(meaning.code);
    EXPECT_EQ(report.error, "part 2 of 3: " + describe_sgip(meaning.code));
    EXPECT_EQ(report.segments, (SmsSegments{SmsAlphabet::ucs2, 1})) << "the first is charged";
    EXPECT_EQ(smg.submits().size(), 2U);
    EXPECT_EQ(smg.unbinds(), 1U);
  }
}

TEST_F(SgipSmsTest, OnceAPartIsOutNothingElseIsCertain) {
  for (uint8_t code : {uint8_t(11), uint8_t(1), uint8_t(99)}) {
    SmgPlan plan;
    plan.submit_results = {0, code};
    SgipSmg smg(plan);
    DeliveryReport report = deliver(smg.address(), sms_notice(repeated("工", 150)));
    EXPECT_EQ(report.outcome, Outcome::unknown) << int(code);
    EXPECT_EQ(report.error, "part 2 of 3: " + describe_sgip(code));
    EXPECT_EQ(smg.submits().size(), 2U);
  }
  SmgPlan plan;
  plan.on_submit = SmgManner::hang_up;
  plan.proper_submits = 2;
  SgipSmg smg(plan);
  const DeliveryReport report = deliver(smg.address(), sms_notice(repeated("工", 150)));
  EXPECT_EQ(report.outcome, Outcome::unknown);
  EXPECT_EQ(report.segments, (SmsSegments{SmsAlphabet::ucs2, 3})) << "the last one may be out";
  EXPECT_EQ(smg.submits().size(), 3U);
}

TEST_F(SgipSmsTest, AllPartsTogetherAreBoundedInTime) {
  SmgPlan plan;
  plan.on_submit = SmgManner::late;
  plan.lateness = std::chrono::milliseconds(150);  // each within the 200 ms of one answer
  SgipSmg smg(plan);
  Duration begin = monotonic_now();
  EXPECT_EQ(deliver(smg.address(), sms_notice(repeated("工", 500))).outcome, Outcome::unknown);
  EXPECT_LT(smg.submits().size(), kSmsPartsMax);
  EXPECT_LT(monotonic_now() - begin, std::chrono::seconds(5));
}

TEST_F(SgipSmsTest, AWrongPasswordIsDeniedUntilTheFileIsMended) {
  SgipSmg smg;
  SgipSms channel(sms_rule(ChannelKind::sgip_sms, smg.address(), account_.path()), kShortTimeouts,
                  clock_);
  std::string wrong = kSgipAccountText;
  account_.write(wrong.replace(wrong.find("pass\n"), 4, "else"));
  EXPECT_EQ(channel.deliver(sms_notice()).outcome, Outcome::denied);
  account_.write("login_name: demo\n");
  EXPECT_EQ(channel.deliver(sms_notice()).outcome, Outcome::denied);
  account_.write(kSgipAccountText);
  EXPECT_EQ(channel.deliver(sms_notice()).outcome, Outcome::accepted);
}

TEST_F(SgipSmsTest, WhatIsConfiguredWronglyIsDenied) {
  EXPECT_EQ(deliver("smg.example:8801").outcome, Outcome::denied);
  SgipSmg smg;
  account_.write(std::string(kSgipAccountText) + "service_type: eleven-long\n");
  EXPECT_EQ(deliver(smg.address()).outcome, Outcome::denied);
  EXPECT_EQ(smg.binds(), 0U);
}

TEST_F(SgipSmsTest, WhoIsToldIsTheNoticesMatterThenTheAccounts) {
  SgipSmg smg;
  OutgoingNotice notice = sms_notice();
  notice.address.clear();
  EXPECT_EQ(deliver(smg.address(), notice).outcome, Outcome::denied);
  account_.write(std::string(kSgipAccountText) + "phone: '13900139000'\n");
  EXPECT_EQ(deliver(smg.address(), notice).outcome, Outcome::accepted);
  EXPECT_EQ(deliver(smg.address()).outcome, Outcome::accepted);
  notice.address = "010-66001234";
  EXPECT_EQ(deliver(smg.address(), notice).outcome, Outcome::rejected);
  ASSERT_EQ(smg.submits().size(), 2U);
  EXPECT_EQ(smg.submits()[0].user, "8613900139000");
  EXPECT_EQ(smg.submits()[1].user, "8613800138000");
}

TEST(SgipMessageId, IsThatOfTheMessageWhicheverItsPart) {
  EXPECT_EQ(sgip_message_id({3010012345, 203040506, 32}), "3010012345.203040506.32");
  EXPECT_EQ(sgip_message_id({3010012345, 203040506, 47}), "3010012345.203040506.32");
  EXPECT_EQ(sgip_message_id({3010012345, 203040506, 48}), "3010012345.203040506.48");
}

}  // namespace
}  // namespace jieban
