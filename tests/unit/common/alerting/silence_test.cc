#include "common/alerting/silence.h"

#include "tests/unit/common/alerting/payloads.h"

namespace jieban {
namespace {

using std::chrono::hours;

const SilenceRules kRules{24ULL * 3600 * 1'000'000, 4, {*parse_matcher("class=emergency")}};

Silence maintenance() {
  Silence silence;
  silence.id = "s-1";
  silence.matchers = {*parse_matcher("unit=a")};
  silence.starts_at = second(0);
  silence.ends_at = second(3600);
  silence.created_by = "p-1";
  silence.reason = "系统检修";
  silence.created_at = second(0);
  return silence;
}

template <class Change>
ErrorCode refusal(Change change) {
  Silence silence = maintenance();
  change(silence);
  auto checked = check_silence(silence, kRules, second(0));
  EXPECT_FALSE(checked.ok());
  return checked.ok() ? ErrorCode::internal : checked.error().code;
}

TEST(Silence, NeedsAnEndAReasonAndAName) {
  EXPECT_TRUE(check_silence(maintenance(), kRules, second(0)).ok());
  EXPECT_EQ(refusal([](Silence& s) { s.ends_at = Timestamp(); }), ErrorCode::refused);
  EXPECT_EQ(refusal([](Silence& s) { s.ends_at = s.starts_at; }), ErrorCode::refused);
  EXPECT_EQ(refusal([](Silence& s) { s.reason = "  "; }), ErrorCode::refused);
  EXPECT_EQ(refusal([](Silence& s) { s.reason = "系统检"; }), ErrorCode::refused);
  EXPECT_EQ(refusal([](Silence& s) { s.created_by = " "; }), ErrorCode::refused);
}

std::string reason_of(const Silence& silence, const SilenceRules& rules = kRules) {
  auto checked = check_silence(silence, rules, second(0));
  return checked.ok() ? "" : checked.error().message;
}

TEST(Silence, ARefusalSaysWhatWouldBeTaken) {
  Silence silence = maintenance();
  silence.reason = "检修";
  EXPECT_EQ(reason_of(silence), "静默须说明理由，至少4个字");
  silence.reason = "系统检修";
  silence.ends_at = second(25 * 3600);
  EXPECT_EQ(reason_of(silence), "静默时间过长，最长24小时");
  EXPECT_EQ(reason_of(silence, {90ULL * 60 * 1'000'000, 4, {}}), "静默时间过长，最长90分钟");
}

TEST(Silence, OverlongOrOverIsRefused) {
  Silence day = maintenance();
  day.ends_at = day.starts_at + hours(24);
  EXPECT_TRUE(check_silence(day, kRules, second(0)).ok());
  day.ends_at += Duration(1);
  EXPECT_EQ(check_silence(day, kRules, second(0)).error().code, ErrorCode::refused);
  EXPECT_EQ(refusal([](Silence& s) { s.ends_at = kTimestampMax; }), ErrorCode::refused);
  EXPECT_EQ(refusal([](Silence& s) { s.starts_at = from_micros(INT64_MIN); }), ErrorCode::refused);
  EXPECT_FALSE(check_silence(maintenance(), kRules, second(3600)).ok());
}

TEST(Silence, OneThatCoversEverythingIsRefused) {
  EXPECT_EQ(refusal([](Silence& s) { s.matchers.clear(); }), ErrorCode::refused);
  EXPECT_EQ(refusal([](Silence& s) { s.matchers = {*parse_matcher("unit=~.*")}; }),
            ErrorCode::refused);
  EXPECT_EQ(refusal([](Silence& s) { s.matchers[0].label = "a b"; }), ErrorCode::invalid);
}

TEST(Silence, HoldsFromItsStartToJustBeforeItsEnd) {
  const LabelSet labels = {{"unit", "a"}};
  EXPECT_FALSE(silences(maintenance(), kRules, labels, second(-1)));
  EXPECT_TRUE(silences(maintenance(), kRules, labels, second(0)));
  EXPECT_TRUE(silences(maintenance(), kRules, labels, second(3599)));
  EXPECT_FALSE(silences(maintenance(), kRules, labels, second(3600)));
  EXPECT_FALSE(silences(maintenance(), kRules, {{"unit", "b"}}, second(0)));
}

TEST(Silence, NeverCoversWhatTheRulesExcept) {
  EXPECT_FALSE(silences(maintenance(), kRules, {{"unit", "a"}, {"class", "emergency"}}, second(0)));
  EXPECT_TRUE(silences(maintenance(), {}, {{"unit", "a"}, {"class", "emergency"}}, second(0)));
}

TEST(Silence, RulesWithoutALengthAreRefused) {
  EXPECT_TRUE(check_silence_rules(kRules).ok());
  EXPECT_FALSE(check_silence_rules({}).ok());
  EXPECT_FALSE(check_silence_rules({1, 1, {{"a b", MatchKind::equal, ""}}}).ok());
}

TEST(Silence, IsLiftedOnceAndByName) {
  Silence silence = maintenance();
  EXPECT_FALSE(lift_silence(silence, " ", second(10)).ok());
  ASSERT_TRUE(lift_silence(silence, "p-2", second(10)).ok());
  EXPECT_TRUE(is_active(silence, second(9)));
  EXPECT_FALSE(is_active(silence, second(10)));
  EXPECT_EQ(lift_silence(silence, "p-2", second(11)).error().code, ErrorCode::refused);
  Silence over = maintenance();
  EXPECT_FALSE(lift_silence(over, "p-2", second(3600)).ok());
}

TEST(Silence, IsAPayload) {
  Silence silence = maintenance();
  expect_payload(silence);
  ASSERT_TRUE(lift_silence(silence, "p-2", second(10)).ok());
  expect_payload(silence);
  expect_payload(kRules);
}

}  // namespace
}  // namespace jieban
