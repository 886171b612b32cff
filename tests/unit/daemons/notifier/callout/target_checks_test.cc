// Goal: a ladder that names a rota or a person that there is not is found before the night in which
// nobody would be called.
#include "daemons/notifier/callout/target_checks.h"

#include "common/duty/rota_file.h"
#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using Lines = std::vector<std::string>;

// The small ladders, with another first step of the emergency.
TargetFindings found_with(const std::string& target, const std::string& more = "") {
  std::string text = kLadders + more;
  const std::string old = "{tell: [{rota: seat}], wait: 5m}";
  text.replace(text.find(old), old.size(), "{tell: [{" + target + "}], wait: 5m}");
  auto ladders = parse_alerting_rules(text, "ladders");
  EXPECT_TRUE(ladders.ok()) << ladders.error().message;
  Contacts contacts;
  EXPECT_TRUE(contacts.add_person("outside", {}).ok());
  EXPECT_TRUE(contacts.add_other("urban_office", {}).ok());
  return check_targets(*ladders, two_seats(), contacts);
}

TEST(TargetChecks, WhatTheRotaKnowsIsInOrder) {
  for (const char* target : {"rota: seat", "person: li", "role: seat", "unit: lead"}) {
    const TargetFindings found = found_with(target);
    EXPECT_EQ(found.faults, Lines()) << target;
    EXPECT_EQ(found.doubts, Lines()) << target;
  }
}

TEST(TargetChecks, ARotaOrAPersonThatThereIsNotIsAFault) {
  EXPECT_EQ(found_with("rota: seatt").faults, Lines{"policy emergency: no rota 'seatt'"});
  EXPECT_EQ(found_with("person: lii").faults, Lines{"policy emergency: no person 'lii'"});
}

TEST(TargetChecks, TheRotaWhoseShiftsAreWatchedIsThere) {
  EXPECT_EQ(found_with("rota: seat", "handover: {rota: seta, after: 5m, ahead: 1h}\n").faults,
            Lines{"handover: no rota 'seta'"});
}

TEST(TargetChecks, WhoStandsInTheContactsAloneIsKnown) {
  EXPECT_EQ(found_with("person: outside").faults, Lines());
  EXPECT_EQ(found_with("person: urban_office").faults.size(), 1U) << "that is a unit";
}

TEST(TargetChecks, ARoleThatNobodyHasIsADoubt) {
  const TargetFindings found = found_with("role: auditor");
  EXPECT_EQ(found.faults, Lines());
  EXPECT_EQ(found.doubts,
            Lines{"policy emergency: no role 'auditor': nobody in the rota file has it"});
}

TEST(TargetChecks, MeansOfOneWhoIsNowhereAreADoubt) {
  const TargetFindings found = found_with("rota: seat",
                                          "people:\n  li: {default: [{sms: 0s}]}\n"
                                          "  urban_office: {default: [{sms: 0s}]}\n"
                                          "  p-017: {default: [{sms: 0s}]}\n");
  EXPECT_EQ(found.doubts, Lines{"people: 'p-017' stands neither in the rota nor in the contacts"});
}

NotifierRules calling(ChannelKind kind, const std::string& method) {
  NotifierRules rules;
  rules.channels.resize(1);
  rules.channels[0].name = "gateway";
  rules.channels[0].kind = kind;
  rules.channels[0].method = method;
  return rules;
}

// At night it would be a rejected call, and the next step.
TEST(TargetChecks, WhoCannotBeReachedByTheMeansOfTheLaddersIsADoubt) {
  auto ladders = parse_alerting_rules(kLadders, "ladders");
  ASSERT_TRUE(ladders.ok());
  Contacts contacts;
  ASSERT_TRUE(contacts.add_person("li", {{"sms", "13800138000"}, {"mail", "li@b.cn"}}).ok());
  ASSERT_TRUE(contacts.add_person("wu", {{"mail", "wu@b.cn"}}).ok());
  const auto doubts = [&](ChannelKind kind, const std::string& method) {
    return check_addresses(*ladders, two_seats(), contacts, calling(kind, method));
  };
  const std::string end =
      " has no sms in the contacts: channel gateway cannot call whom the ladders name";
  EXPECT_EQ(doubts(ChannelKind::kannel_sms, "sms"), (Lines{"'wu'" + end, "'zhou'" + end}))
      << "zhao is in no rota";
  EXPECT_EQ(doubts(ChannelKind::spool, "sms"), Lines()) << "its relay knows them by their ids";
  EXPECT_EQ(doubts(ChannelKind::wecom_robot, "robot"), Lines()) << "the group is told";
  EXPECT_EQ(doubts(ChannelKind::mail, "mail"), Lines()) << "no ladder calls by mail";
  ladders->escalation.people["zhou"].by_severity["red"] = {{"mail", 0}};
  EXPECT_EQ(doubts(ChannelKind::mail, "mail").size(), 1U) << "by a rule of his own";
}

TEST(TargetChecks, TheShippedFilesFitEachOther) {
  auto ladders = load_alerting_rules(JIEBAN_SOURCE_DIR "/config/escalation.yaml");
  auto book = load_rota_book(JIEBAN_SOURCE_DIR "/config/rota.yaml");
  ASSERT_TRUE(ladders.ok() && book.ok());
  const TargetFindings found = check_targets(*ladders, *book, Contacts());
  EXPECT_EQ(found.faults, Lines());
  EXPECT_EQ(found.doubts, Lines());
}

}  // namespace
}  // namespace jieban
