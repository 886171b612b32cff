// Goal: an answer is judged by its code, and never called undelivered when it may be out.
#include "daemons/notifier/channels/gateway_reply.h"

#include <gtest/gtest.h>

#include "common/base/bytes.h"

namespace jieban {
namespace {

using enum DeliveryOutcome;

constexpr CodeMeaning kTable[] = {{45009, held}, {93000, denied}};

WebReply reply_of(int status, std::string body) {
  WebReply reply;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

TEST(GatewayReply, AnErrorBeforeTheRequestIsFailedAndOneAfterItUnknown) {
  EXPECT_EQ(report_of(Error{ErrorCode::unavailable, "x"}).outcome, failed);
  EXPECT_EQ(report_of(Error{ErrorCode::invalid, "x"}).outcome, failed);
  EXPECT_EQ(report_of(Error{ErrorCode::refused, "x"}).outcome, denied) << "by a proxy";
  EXPECT_EQ(report_of(Error{ErrorCode::io, "x"}).outcome, unknown);
  EXPECT_EQ(report_of(Error{ErrorCode::limit, "x"}).outcome, unknown);
  EXPECT_EQ(denied_by(Error{ErrorCode::invalid, "x"}).outcome, denied);
}

TEST(GatewayReply, EachStatusMeansWhatItShould) {
  struct Meaning {
    int status;
    DeliveryOutcome outcome;
  };
  for (const Meaning& meaning :
       {Meaning{200, accepted}, Meaning{202, accepted}, Meaning{302, failed},
        Meaning{400, rejected}, Meaning{401, denied},   Meaning{403, denied},
        Meaning{404, denied},   Meaning{407, denied},   Meaning{406, failed},
        Meaning{408, failed},   Meaning{409, failed},   Meaning{410, rejected},
        Meaning{413, rejected}, Meaning{422, rejected}, Meaning{429, failed},
        Meaning{500, unknown},  Meaning{501, failed},   Meaning{502, unknown},
        Meaning{503, failed},   Meaning{504, unknown}}) {
    EXPECT_EQ(outcome_of_status(meaning.status), meaning.outcome) << meaning.status;
  }
}

TEST(GatewayReply, AGatewayThatIsBusyMaySayForHowLong) {
  WebReply reply = reply_of(503, "");
  auto hold = [&](const char* text) {
    reply.headers = {{"retry-after", text}};
    return report_of_status(reply).hold;
  };
  EXPECT_EQ(hold("7"), std::chrono::seconds(7));
  EXPECT_EQ(hold("999999999999"), std::chrono::minutes(10));
  EXPECT_EQ(hold("0"), std::nullopt);
  EXPECT_EQ(hold("-5"), std::nullopt);
  EXPECT_EQ(hold("soon"), std::nullopt);
  reply.status = 404;
  EXPECT_EQ(hold("7"), std::nullopt);
}

TEST(GatewayReply, TheCodeDecidesAndTheWordsDoNot) {
  struct Case {
    int status;
    const char* body;
    DeliveryOutcome outcome;
  };
  for (const Case& one :
       {Case{200, R"({"errcode":0,"errmsg":"ok"})", accepted},
        Case{200, R"({"errcode":0,"errmsg":"fail"})", accepted},
        Case{200, R"({"errcode":93000,"errmsg":"ok"})", denied},
        Case{200, R"({"errcode":-7,"errmsg":"ok"})", failed},
        Case{400, R"({"errcode":93000})", denied}, Case{500, R"({"errcode":45009})", held},
        // Well by one sign and ill by the other.
        Case{500, R"({"errcode":0})", unknown}, Case{404, R"({"errcode":0})", unknown},
        // Nobody's code.
        Case{200, R"({"errmsg":"ok"})", unknown}, Case{200, R"({"errcode":"0"})", unknown},
        Case{200, R"({"errcode":null})", unknown}, Case{200, R"([0])", unknown},
        Case{200, R"({"errcode":0)", unknown}, Case{200, "", unknown},
        Case{200, "<html>ok</html>", unknown}, Case{404, "<html>", denied},
        Case{503, "busy", failed},
        // DOMAIN §15.2: any status but 200 is tried again.
        Case{400, "<html>", failed}, Case{410, "", failed}, Case{413, "", failed},
        Case{415, "", failed}, Case{422, "{}", failed}}) {
    EXPECT_EQ(judge(reply_of(one.status, one.body), "errcode", kTable).report.outcome, one.outcome)
        << one.status << one.body;
  }
}

// DOMAIN §15.2: by errcode, never by errmsg, and so also where errmsg is no UTF-8.
TEST(GatewayReply, TheWordsMayBeInAnyEncoding) {
  struct Case {
    std::string body;
    DeliveryOutcome outcome;
  };
  const std::string busy = "\xcf\xb5\xcd\xb3\xb7\xb1\xc3\xa6";  // 系统繁忙 in GBK
  const std::string backslash = "\x95\x5c\x81\x7b";             // 昞亄, whose ends are \ and {
  for (const Case& one :
       {Case{R"({"errcode":45009,"errmsg":")" + busy + R"("})", held},
        Case{R"({"errmsg":")" + busy + R"(","errcode":0})", accepted},
        Case{R"({"errmsg":")" + backslash + R"(","errcode":93000})", denied},
        // Cut within a character.
        Case{R"({"errcode":45009,"errmsg":"\u7cfb)" + busy.substr(0, 3) + R"("})", held},
        Case{R"({"errcode":45009,"errmsg":")" + std::string("\xff\xfe") + R"("})", held},
        Case{busy, unknown}, Case{"{\"errcode\":0" + busy + "}", unknown}}) {
    EXPECT_EQ(judge(reply_of(200, one.body), "errcode", kTable).report.outcome, one.outcome)
        << to_hex(one.body);
  }
}

TEST(GatewayReply, ARefusalNamesItsCodeForTheRules) {
  auto refused = judge(reply_of(200, R"({"errcode":45009})"), "errcode", kTable);
  EXPECT_EQ(refused.report.code, "45009");
  EXPECT_EQ(refused.report.hold, std::nullopt) << "for how long is the rules' to say";
  EXPECT_EQ(refused.code, 45009);
  EXPECT_EQ(judge(reply_of(200, R"({"errcode":0})"), "errcode", kTable).report.code, std::nullopt);
  EXPECT_EQ(judge(reply_of(503, "busy"), "errcode", kTable).report.code, std::nullopt);
}

TEST(GatewayReply, AnErrorNamesNumbersOnly) {
  EXPECT_EQ(judge(reply_of(200, R"({"errcode":93000,"errmsg":"13800138000"})"), "errcode", kTable)
                .report.error,
            "the gateway answered code 93000");
  EXPECT_EQ(judge(reply_of(200, "13800138000"), "errcode", kTable).report.error,
            "the gateway answered 200 without a code");
  EXPECT_EQ(report_of_status(reply_of(404, "13800138000")).error, "the gateway answered 404");
}

}  // namespace
}  // namespace jieban
