// Goal: the life of a notice, step by step: no attempt without its turn, none without its outcome.
#include "daemons/notifier/delivery.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "common/domain/topics.h"
#include "daemons/notifier/backoff.h"

namespace jieban {
namespace {

constexpr Timestamp kNow = from_micros(1'770'000'000'000'000);

NotifierRules rules() {
  NotifierRules made;
  made.attempts_max = 4;
  made.retry_first_micros = 30'000'000;
  made.retry_max_micros = 60'000'000;
  return made;
}

NoticeRow queued() {
  NoticeRow row;
  row.notice_id = "s:1:desk";
  row.due_at = kNow;
  return row;
}

NoticeRow attempting() {
  NoticeRow row = queued();
  EXPECT_TRUE(begin_attempt(row, 1, kNow));
  return row;
}

DeliveryEnd end_of(uint64_t attempt, DeliveryOutcome outcome) {
  return {"s:1:desk", attempt, outcome, "why"};
}

TEST(Delivery, NamesOfStatesAndOutcomesRoundTrip) {
  for (NoticeState state : {NoticeState::queued, NoticeState::attempting, NoticeState::sent,
                            NoticeState::waiting, NoticeState::abandoned}) {
    NoticeState out{};
    EXPECT_TRUE(from_string(to_string(state), out));
    EXPECT_EQ(out, state);
  }
  EXPECT_EQ(outcome_meanings().size(), 9U);
  for (DeliveryOutcome outcome :
       {DeliveryOutcome::accepted, DeliveryOutcome::failed, DeliveryOutcome::denied,
        DeliveryOutcome::rejected, DeliveryOutcome::unknown, DeliveryOutcome::unsent,
        DeliveryOutcome::busy, DeliveryOutcome::held, DeliveryOutcome::disabled}) {
    EXPECT_EQ(meaning_of(outcome).outcome, outcome);
    DeliveryOutcome out{};
    EXPECT_TRUE(from_string(to_string(outcome), out));
    EXPECT_EQ(out, outcome);
  }
  NoticeState none{};
  EXPECT_FALSE(from_string("lost", none));
}

TEST(Delivery, BeginsOnlyTheNextAttemptAndOnlyWhenDue) {
  NoticeRow row = queued();
  EXPECT_FALSE(begin_attempt(row, 2, kNow));
  EXPECT_FALSE(begin_attempt(row, 1, kNow - Duration(1)));
  EXPECT_TRUE(begin_attempt(row, 1, kNow));
  EXPECT_FALSE(begin_attempt(row, 2, kNow));
  EXPECT_EQ(row.attempts, 1U);
}

TEST(Delivery, DeliveredIsSent) {
  NoticeRow row = attempting();
  EXPECT_EQ(end_attempt(row, end_of(1, DeliveryOutcome::accepted), rules(), kNow),
            topics::kNoticeSent);
  EXPECT_EQ(row.state, NoticeState::sent);
  EXPECT_FALSE(row.possible_repeat);
}

TEST(Delivery, RetriesFollowTheBackoffAndEndAtTheMaximum) {
  NoticeRow row = queued();
  Timestamp now = kNow;
  for (uint64_t attempt = 1; attempt <= 3; ++attempt) {
    ASSERT_TRUE(begin_attempt(row, attempt, now));
    EXPECT_EQ(end_attempt(row, end_of(attempt, DeliveryOutcome::failed), rules(), now),
              topics::kNoticeFailed);
    Duration expected =
        backoff_delay(rules().retry_first(), rules().retry_max(), attempt, row.notice_id);
    EXPECT_EQ(row.due_at, now + expected);
    now = row.due_at;
  }
  ASSERT_TRUE(begin_attempt(row, 4, now));
  EXPECT_EQ(end_attempt(row, end_of(4, DeliveryOutcome::failed), rules(), now),
            topics::kNoticeAbandoned);
  EXPECT_EQ(row.state, NoticeState::abandoned);
  EXPECT_FALSE(begin_attempt(row, 5, now + std::chrono::hours(1)));
}

TEST(Delivery, RejectedIsAbandonedAtOnce) {
  NoticeRow row = attempting();
  EXPECT_EQ(end_attempt(row, end_of(1, DeliveryOutcome::rejected), rules(), kNow),
            topics::kNoticeAbandoned);
  EXPECT_EQ(row.error, "why");
}

TEST(Delivery, DeniedIsRetriedAndNoRepeat) {
  NoticeRow row = attempting();
  EXPECT_EQ(end_attempt(row, end_of(1, DeliveryOutcome::denied), rules(), kNow),
            topics::kNoticeFailed);
  EXPECT_EQ(row.state, NoticeState::waiting);
  EXPECT_EQ(row.failures, 1U);
  EXPECT_FALSE(row.possible_repeat);
}

TEST(Delivery, UnknownIsRetriedAndMarkedEverAfter) {
  NoticeRow row = attempting();
  EXPECT_EQ(end_attempt(row, end_of(1, DeliveryOutcome::unknown), rules(), kNow),
            topics::kNoticeFailed);
  EXPECT_TRUE(row.possible_repeat);
  ASSERT_TRUE(begin_attempt(row, 2, row.due_at));
  EXPECT_EQ(end_attempt(row, end_of(2, DeliveryOutcome::accepted), rules(), row.due_at),
            topics::kNoticeSent);
  EXPECT_TRUE(row.possible_repeat);
}

TEST(Delivery, UnsentCountsNeitherAsFailureNorAsRepeat) {
  NoticeRow row = queued();
  for (uint64_t attempt = 1; attempt <= 10; ++attempt) {
    ASSERT_TRUE(begin_attempt(row, attempt, kNow));
    EXPECT_EQ(end_attempt(row, end_of(attempt, DeliveryOutcome::unsent), rules(), kNow),
              topics::kNoticeFailed);
    EXPECT_EQ(row.due_at, kNow);
  }
  EXPECT_EQ(row.failures, 0U);
  EXPECT_FALSE(row.possible_repeat);
}

// DOMAIN §15.2: errcode -1.
TEST(Delivery, ABusyGatewayIsTriedAgainAfterOneTwoAndFourSecondsFirst) {
  for (bool call : {false, true}) {
    NoticeRow row = queued();
    if (call) row.method = "sms";
    Timestamp now = kNow;
    for (int64_t pause : {1, 2, 4}) {
      ASSERT_TRUE(begin_attempt(row, row.attempts + 1, now));
      EXPECT_EQ(end_attempt(row, end_of(row.attempts, DeliveryOutcome::busy), rules(), now),
                topics::kNoticeFailed);
      EXPECT_EQ(row.due_at, now + std::chrono::seconds(pause));
      now = row.due_at;
    }
    EXPECT_EQ(row.failures, 0U);
    EXPECT_FALSE(row.possible_repeat);
    ASSERT_TRUE(begin_attempt(row, 4, now));
    EXPECT_EQ(end_attempt(row, end_of(4, DeliveryOutcome::busy), rules(), now),
              call ? topics::kNoticeAbandoned : topics::kNoticeFailed)
        << "a call goes on by the next means";
  }
}

// As after any other failure: nobody else brings it.
TEST(Delivery, ANoticeThatABusyGatewayNeverTookIsTriedAgainAsOrdinaryFailuresAre) {
  NoticeRow row = queued();
  Timestamp now = kNow;
  for (uint64_t quick = 0; quick < kBusyRetries; ++quick) {
    ASSERT_TRUE(begin_attempt(row, row.attempts + 1, now));
    end_attempt(row, end_of(row.attempts, DeliveryOutcome::busy), rules(), now);
    now = row.due_at;
  }
  for (uint64_t failures = 1; failures < rules().attempts_max; ++failures) {
    ASSERT_TRUE(begin_attempt(row, row.attempts + 1, now));
    EXPECT_EQ(end_attempt(row, end_of(row.attempts, DeliveryOutcome::busy), rules(), now),
              topics::kNoticeFailed);
    EXPECT_EQ(row.failures, failures);
    EXPECT_GT(row.due_at, now + std::chrono::seconds(4));
    now = row.due_at;
  }
  ASSERT_TRUE(begin_attempt(row, row.attempts + 1, now));
  EXPECT_EQ(end_attempt(row, end_of(row.attempts, DeliveryOutcome::busy), rules(), now),
            topics::kNoticeAbandoned);
}

TEST(Delivery, WhatIsHeldHasNotFailedHoweverOften) {
  NoticeRow row = queued();
  row.person = "li";
  row.method = "sms";
  for (uint64_t attempt = 1; attempt <= 10; ++attempt) {
    ASSERT_TRUE(begin_attempt(row, attempt, kNow));
    EXPECT_EQ(end_attempt(row, end_of(attempt, DeliveryOutcome::held), rules(), kNow),
              topics::kNoticeFailed);
    EXPECT_EQ(row.state, NoticeState::waiting);
  }
  EXPECT_EQ(row.failures, 0U);
  EXPECT_FALSE(row.possible_repeat);
}

TEST(Delivery, ADisabledChannelKeepsANoticeAndGivesACallToTheNextMeans) {
  NoticeRow row = attempting();
  EXPECT_EQ(end_attempt(row, end_of(1, DeliveryOutcome::disabled), rules(), kNow),
            topics::kNoticeFailed);
  EXPECT_EQ(row.failures, 1U);
  NoticeRow call = attempting();
  call.person = "li";
  call.method = "sms";
  EXPECT_EQ(end_attempt(call, end_of(1, DeliveryOutcome::disabled), rules(), kNow),
            topics::kNoticeAbandoned);
}

// Accepted in three parts.
NoticeRow in_parts() {
  NoticeRow row = attempting();
  DeliveryEnd end = end_of(1, DeliveryOutcome::accepted);
  end.parts = 3;
  EXPECT_EQ(end_attempt(row, end, rules(), kNow), topics::kNoticeSent);
  return row;
}

TEST(Delivery, AMessageHasTheNamesOfAllAttemptsThatMayBeOut) {
  using Names = std::vector<std::string>;
  NoticeRow row = queued();
  name_message(row, "a");
  name_message(row, "b");
  EXPECT_EQ(row.gateway_id, "b");
  EXPECT_EQ(row.former_ids, std::nullopt) << "nothing can have it";
  row.possible_repeat = true;
  name_message(row, "b");
  EXPECT_EQ(row.former_ids, std::nullopt);
  for (char name = 'c'; name <= 'm'; ++name) name_message(row, std::string(1, name));
  EXPECT_EQ(row.gateway_id, "m");
  EXPECT_EQ(row.former_ids, (Names{"e", "f", "g", "h", "i", "j", "k", "l"}));
  ASSERT_EQ(row.former_ids->size(), kFormerIds);
  ASSERT_TRUE(begin_attempt(row, 1, kNow));
  row.named_attempt = 1;
  end_attempt(row, end_of(1, DeliveryOutcome::busy), rules(), kNow);
  EXPECT_EQ(row.gateway_id, "l") << "that of an attempt that did not go out is none";
}

TEST(Delivery, ThatAMessageInPartsIsOnItsWayOnlyTheLastOfThemSays) {
  NoticeRow row = attempting();
  DeliveryEnd end = end_of(1, DeliveryOutcome::unknown);
  end.gateway_id = "gw";
  end.parts = 2;
  end_attempt(row, end, rules(), kNow);
  EXPECT_EQ(take_receipt(row, "buffered", std::nullopt, 1), "") << "the second may be missing";
  EXPECT_EQ(row.state, NoticeState::waiting);
  EXPECT_EQ(take_receipt(row, "buffered", std::nullopt, 2), topics::kNoticeSent);
  EXPECT_EQ(row.state, NoticeState::sent);
}

TEST(Delivery, AMessageInPartsIsDeliveredWhenAllPartsAreInAnyOrderAndTwice) {
  std::vector<uint64_t> order = {1, 2, 3};
  do {
    NoticeRow row = in_parts();
    for (size_t i = 0; i + 1 < order.size(); ++i) {
      for (int twice = 0; twice < 2; ++twice) {
        EXPECT_EQ(take_receipt(row, "delivered", std::nullopt, order[i]), "");
        EXPECT_EQ(row.state, NoticeState::sent);
      }
    }
    EXPECT_EQ(take_receipt(row, "delivered", std::nullopt, order[2]), topics::kNoticeDelivered);
    EXPECT_EQ(row.state, NoticeState::delivered);
    EXPECT_EQ(take_receipt(row, "failed", "SGIP 25", order[0]), "")
        << "what was delivered stays so";
  } while (std::ranges::next_permutation(order).found);
}

TEST(Delivery, OnePartThatFailedIsAMessageThatFailed) {
  NoticeRow row = in_parts();
  EXPECT_EQ(take_receipt(row, "delivered", std::nullopt, 3), "");
  EXPECT_EQ(take_receipt(row, "failed", "SGIP 25", 1), topics::kNoticeUndelivered);
  EXPECT_EQ(row.error, "SGIP 25");
  EXPECT_EQ(take_receipt(row, "delivered", std::nullopt, 2), "") << "half a text is none";
  EXPECT_EQ(row.state, NoticeState::undelivered);
  EXPECT_EQ(take_receipt(row, "delivered", std::nullopt, 1), topics::kNoticeDelivered)
      << "a late receipt mends it";
}

TEST(Delivery, AReceiptOfAPartThatIsNoneSaysNothingAndOneOfTheWholeSaysAll) {
  NoticeRow row = in_parts();
  for (uint64_t part : {0U, 4U, 64U}) {
    EXPECT_EQ(take_receipt(row, "delivered", std::nullopt, part), "");
  }
  EXPECT_EQ(row.parts_delivered, std::nullopt);
  EXPECT_EQ(take_receipt(row, "delivered", std::nullopt), topics::kNoticeDelivered);
  NoticeRow whole = attempting();
  EXPECT_EQ(end_attempt(whole, end_of(1, DeliveryOutcome::accepted), rules(), kNow),
            topics::kNoticeSent);
  EXPECT_EQ(take_receipt(whole, "delivered", std::nullopt, 1), topics::kNoticeDelivered)
      << "a message of one part";
}

TEST(Delivery, AnEndWithoutItsAttemptChangesNothing) {
  NoticeRow row = queued();
  EXPECT_EQ(end_attempt(row, end_of(0, DeliveryOutcome::accepted), rules(), kNow), "");
  row = attempting();
  EXPECT_EQ(end_attempt(row, end_of(2, DeliveryOutcome::accepted), rules(), kNow), "");
  EXPECT_EQ(row.state, NoticeState::attempting);
}

TEST(Delivery, TheIdNamesCauseAndChannel) {
  EXPECT_EQ(notice_id({"110102007.sla-watcher", 42}, "desk"), "110102007.sla-watcher:42:desk");
}

TEST(Delivery, ACallThatWasCancelledAndIsWantedAgainGoesOnWithItsAttempts) {
  NoticeRow cancelled;
  cancelled.state = NoticeState::cancelled;
  NoticeRow wanted;
  EXPECT_TRUE(take_up(wanted, cancelled));
  EXPECT_EQ(wanted.state, NoticeState::queued) << "never tried";
  cancelled.attempts = 2;
  cancelled.possible_repeat = true;
  cancelled.segments = 2;
  cancelled.alphabet = "UCS-2";
  EXPECT_TRUE(take_up(wanted, cancelled));
  EXPECT_EQ(wanted.segments, 2U) << "may be out";
  EXPECT_EQ(wanted.alphabet, "UCS-2");
  EXPECT_EQ(wanted.state, NoticeState::waiting);
  EXPECT_EQ(wanted.attempts, 2U);
  EXPECT_TRUE(wanted.possible_repeat);
  for (const NoticeState state : {NoticeState::sent, NoticeState::merged, NoticeState::queued}) {
    cancelled.state = state;
    EXPECT_FALSE(take_up(wanted, cancelled)) << to_string(state) << ": said once";
  }
}

TEST(Delivery, ADestinationIsAPersonOrAllWhoReadTheChannel) {
  NoticeRow row = queued();
  row.channel = "c";
  EXPECT_EQ(destination_of(row), "c:");
  EXPECT_FALSE(is_call(row));
  row.person = "li";
  row.method = "robot";
  EXPECT_TRUE(is_call(row));
  EXPECT_EQ(destination_of(row), "c:li");
  row.shared = true;
  EXPECT_EQ(destination_of(row), "c:") << "a group, whoever of it is called";
}

TEST(Delivery, OneThatWaitsInADigestMayBeTakenOutOfIt) {
  NoticeRow row = queued();
  EXPECT_FALSE(is_digest(row.notice_id));
  EXPECT_TRUE(is_digest(digest_id(row.notice_id)));
  row.state = NoticeState::merged;
  EXPECT_EQ(cancel(row), topics::kNoticeCancelled);
  EXPECT_EQ(row.state, NoticeState::cancelled);
  EXPECT_EQ(cancel(row), "") << "once";
}

TEST(Delivery, OfALongWayTheBeginningAndTheEndAreKept) {
  NoticeRow row;
  for (size_t i = 0; i < 3 * kStepsKept; ++i) note_step(row, std::to_string(i), kNow, "");
  ASSERT_EQ(row.steps->size(), kStepsKept);
  EXPECT_EQ(row.steps->front().what, "0");
  EXPECT_EQ(row.steps->at(1).what, std::to_string(2 * kStepsKept + 1));
  EXPECT_EQ(row.steps->back().what, std::to_string(3 * kStepsKept - 1));
}

}  // namespace
}  // namespace jieban
