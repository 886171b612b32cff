// Each figure of DOMAIN §17: who counts, who is met, who is named.
#include "common/assessment/ledger.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

const LedgerFacts kAll = {"signed", "forwarded", "needs_forward", "submitted", "told", "rejected"};

Timestamp at(const char* text) { return *parse_local(std::string("2026-07-") + text); }

LedgerScope scope() {
  return {{at("01 00:00:00"), at("31 00:00:00")}, at("20 00:00:00"), std::chrono::minutes(30)};
}

// As it should be.
LedgerOrder good(const std::string& number = "1") {
  LedgerOrder order;
  order.order_no = number;
  order.dispatched_at = at("02 08:00:00");
  order.signed_at = at("02 08:10:00");
  order.forwarded_at = at("02 09:00:00");
  order.submitted_at = at("05 08:00:00");
  order.due_at = at("05 08:00:00");
  order.caller_told_at = at("05 09:00:00");
  order.hotline_told_at = at("05 10:00:00");
  return order;
}

std::string told(const std::vector<LedgerOrder>& orders, const LedgerFacts& facts = kAll) {
  std::string text;
  for (const LedgerFigure& figure : ledger_figures(orders, facts, scope()).figures) {
    text += std::string(figure.code) + " " +
            (figure.known ? std::to_string(figure.rate.met) + "/" + std::to_string(figure.rate.of)
                          : "?") +
            " ";
  }
  return text;
}

std::string missed(const std::vector<LedgerOrder>& orders) {
  std::string text;
  for (const LedgerMiss& miss : ledger_figures(orders, kAll, scope()).misses) {
    text += miss.order_no + ":" + std::string(miss.figure) + " ";
  }
  return text;
}

TEST(Ledger, AGoodOrderMeetsAll) {
  LedgerOrder order = good();
  order.needs_forward = true;
  EXPECT_EQ(told({order}),
            "sign 1/1 sign_in_time 1/1 forward 1/1 forward_strict 1/1 on_time 1/1 feedback 1/1 "
            "rejected 0/1 first_pass 1/1 ");
  EXPECT_EQ(missed({order}), "");
}

// DOMAIN §19, scenario 8.
TEST(Ledger, ExactlyAtTheDeadlineIsInTimeAndASecondLaterIsNot) {
  LedgerOrder late = good();
  late.submitted_at = *late.due_at + std::chrono::seconds(1);
  EXPECT_EQ(missed({good(), late}), "1:on_time ");
}

TEST(Ledger, WhatHappenedAfterTheInstantHasNotHappened) {
  LedgerOrder order = good();
  order.signed_at = at("20 00:00:01");
  order.caller_told_at = at("25 00:00:00");
  EXPECT_EQ(missed({order}), "1:sign 1:feedback ");
  LedgerOrder later = good();
  later.dispatched_at = at("21 00:00:00");
  later.due_at = at("22 00:00:00");
  EXPECT_EQ(told({later}, {"signed", "submitted"}).substr(0, 9), "sign 0/0 ");
  EXPECT_EQ(missed({later}), "");
}

TEST(Ledger, CancelledOrdersCountNowhereReturnedOnesNotAsDue) {
  LedgerOrder cancelled = good();
  cancelled.cancelled = true;
  LedgerOrder returned = good();
  returned.returned = true;
  returned.forwarded_at.reset();
  returned.submitted_at.reset();
  EXPECT_EQ(told({cancelled, returned}),
            "sign 1/1 sign_in_time 1/1 forward 1/1 forward_strict 0/0 on_time 0/0 feedback 0/0 "
            "rejected 0/0 first_pass 0/0 ");
}

TEST(Ledger, WhatIsAnsweredByTheDeskIsForwardedButNotStrictly) {
  LedgerOrder own = good();
  own.self_answered = true;
  own.forwarded_at.reset();
  own.needs_forward = false;
  LedgerOrder stuck = good("2");
  stuck.forwarded_at.reset();
  stuck.needs_forward = true;
  const std::string text = told({own, stuck});
  EXPECT_NE(text.find("forward 1/2 forward_strict 0/1"), std::string::npos) << text;
  EXPECT_EQ(missed({own, stuck}), "2:forward ");
}

TEST(Ledger, FeedbackNeedsBothTheCallerAndTheHotline) {
  LedgerOrder caller_only = good();
  caller_only.hotline_told_at.reset();
  EXPECT_EQ(missed({caller_only}), "1:feedback ");
}

TEST(Ledger, WhatTheSourceCannotTellIsNotKnownAndNotMissed) {
  const LedgerOrder order = good();
  EXPECT_EQ(told({order}, {"signed"}),
            "sign 1/1 sign_in_time 1/1 forward ? forward_strict ? on_time ? feedback ? rejected ? "
            "first_pass ? ");
  const LedgerAnswer answer = ledger_figures({order}, {}, scope());
  EXPECT_TRUE(answer.misses.empty());
  EXPECT_EQ(format_rate(answer.figures[0].rate), "—");
}

TEST(Ledger, LateSignaturesAreSignedButNotInTime) {
  LedgerOrder late = good();
  late.signed_at = *late.dispatched_at + std::chrono::minutes(31);
  EXPECT_EQ(told({late}, {"signed"}).substr(0, 26), "sign 1/1 sign_in_time 0/1 ");
}

}  // namespace
}  // namespace jieban
