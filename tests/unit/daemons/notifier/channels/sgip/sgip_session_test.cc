// Goal: only the answer to the very request counts, and it is waited for no longer than allowed.
#include "daemons/notifier/channels/sgip/sgip_session.h"

#include <gtest/gtest.h>

#include "tests/support/sgip_smg.h"

namespace jieban {
namespace {

constexpr SgipSequence kFirst = {3010012345, 203040506, 16};

Duration soon() { return monotonic_now() + std::chrono::milliseconds(200); }
Duration later() { return monotonic_now() + std::chrono::seconds(10); }

Result<uint8_t> bound_by(SmgManner manner, Duration deadline, uint8_t result = 0) {
  SmgPlan plan;
  plan.on_bind = manner;
  plan.bind_result = result;
  SgipSmg smg(plan);
  auto session = SgipSession::connect(smg.address(), later());
  if (!session.ok()) return session.error();
  return session->ask({kFirst, SgipBind{1, "demo", "pass"}}, deadline);
}

TEST(SgipSession, TheAnswersCodeIsTold) {
  EXPECT_EQ(*bound_by(SmgManner::proper, later()), 0);
  EXPECT_EQ(*bound_by(SmgManner::proper, later(), 33), 33);
  EXPECT_EQ(*bound_by(SmgManner::twice, later()), 0);
  EXPECT_EQ(*bound_by(SmgManner::dribble, later()), 0);
}

TEST(SgipSession, AnswersToSomethingElseAreNone) {
  for (SmgManner manner :
       {SmgManner::wrong_sequence, SmgManner::wrong_command, SmgManner::silent, SmgManner::late}) {
    auto result = bound_by(manner, soon());
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code, ErrorCode::io);
    EXPECT_EQ(result.error().message, "no answer in time");
  }
}

TEST(SgipSession, AFloodOfOtherAnswersEndsIt) {
  auto result = bound_by(SmgManner::chatter, later());
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().message, "SGIP: many answers, and none to what was asked");
}

TEST(SgipSession, WhatIsNoPacketEndsIt) {
  for (SmgManner manner :
       {SmgManner::garbage, SmgManner::oversize, SmgManner::reset, SmgManner::hang_up}) {
    auto result = bound_by(manner, later());
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code, ErrorCode::io);
  }
}

TEST(SgipSession, TheSecondAnswerToOneRequestIsNotTheFirstToTheNext) {
  SmgPlan plan;
  plan.on_bind = SmgManner::twice;
  SgipSmg smg(plan);
  auto session = SgipSession::connect(smg.address(), later());
  ASSERT_TRUE(session.ok());
  EXPECT_EQ(*session->ask({kFirst, SgipBind{1, "demo", "pass"}}, later()), 0);
  SgipSequence second = kFirst;
  second.counter = 17;
  EXPECT_EQ(*session->ask({second, SgipUnbind{}}, later()), 0);
  EXPECT_EQ(smg.unbinds(), 1U);
}

TEST(SgipSession, WhatCannotBeEncodedDoesNotLeave) {
  SgipSmg smg;
  auto session = SgipSession::connect(smg.address(), later());
  ASSERT_TRUE(session.ok());
  auto result = session->ask({kFirst, SgipBind{1, std::string(17, 'x'), "pass"}}, later());
  EXPECT_EQ(result.error().code, ErrorCode::invalid);
  EXPECT_EQ(smg.binds(), 0U);
}

}  // namespace
}  // namespace jieban
