// Goal: a silence has an end, a reason and conditions, and never covers an emergency.
#include "daemons/notifier/callout/callouts.h"
#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Calls = std::vector<std::string>;

TEST(CalloutSilences, ASilenceKeepsQuietUntilItsEndAndNeverAnEmergency) {
  CalloutFixture desk;
  const SilenceAdd silence{"s1",         "unit=urban_office, level=~\"orange|yellow\"",
                           std::nullopt, desk.now + hours(1),
                           "zhou",       "管网检修"};
  EXPECT_EQ(desk.answer(topics::kSilenceAdd, silence), "taken");
  EXPECT_EQ(desk.answer(topics::kSilenceAdd, silence), "repeated");
  desk.deadline(1, "A-1", "orange");
  EXPECT_TRUE(calls_in(desk.advance(minutes(50))).empty());
  EXPECT_EQ(calls_in(desk.emergency(2, "A-2")), Calls{"li/sms"});
  EXPECT_FALSE(calls_in(desk.advance(minutes(20))).empty())
      << "it still fires when the hour is over";
}

TEST(CalloutSilences, ASilenceNeedsAnEndAReasonAndConditions) {
  CalloutFixture desk;
  SilenceAdd silence{"s1", "unit=urban_office", std::nullopt, desk.now + hours(1), "zhou", "检修"};
  EXPECT_NE(desk.answer(topics::kSilenceAdd, silence), "taken") << "the reason is too short";
  silence.reason = "管网检修作业";
  silence.ends_at = desk.now + hours(30);
  EXPECT_NE(desk.answer(topics::kSilenceAdd, silence), "taken") << "too long";
  silence.ends_at = desk.now + hours(1);
  silence.matchers = "";
  EXPECT_NE(desk.answer(topics::kSilenceAdd, silence), "taken") << "it would cover everything";
  silence.matchers = "unit=urban_office";
  EXPECT_EQ(desk.answer(topics::kSilenceAdd, silence), "taken");
  EXPECT_EQ(desk.answer(topics::kSilenceLift, SilenceLift{"s1", "zhou"}), "taken");
  EXPECT_EQ(desk.answer(topics::kSilenceLift, SilenceLift{"s2", "zhou"}), "not_found");
}

TEST(CalloutSilences, OnesThatWereOverLongAgoAreForgottenWithTheNext) {
  CalloutFixture desk;
  const auto add = [&](const std::string& id) {
    const SilenceAdd wanted{id,     "unit=urban_office", std::nullopt, desk.now + hours(1),
                            "zhou", "管网检修作业"};
    EXPECT_EQ(desk.answer(topics::kSilenceAdd, wanted), "taken") << id;
  };
  const auto kept = [&] {
    auto txn = desk.fold().environment().read();
    return *desk.core().callouts().tables().silences().count(*txn);
  };
  add("s1");
  desk.now += hours(24) * 90;
  add("s2");
  EXPECT_EQ(kept(), 2U);
  desk.now += hours(24) * 3;
  add("s3");
  EXPECT_EQ(kept(), 2U);
}

}  // namespace
}  // namespace jieban
