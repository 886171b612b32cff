#include "daemons/notifier/last_call/round.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <map>

namespace jieban {
namespace {

using Told = std::vector<std::string>;
using Persons = std::set<std::string>;

const Persons kBoth = {"a", "b"};

// Channels that take what they are told to, and remember whom.
class Street {
 public:
  std::map<std::string, DeliveryOutcome> outcomes;  // by channel; else accepted
  Told told;                                        // "channel person"
  Told refused;                                     // of those

  OpenChannel open() {
    return [this](const ChannelRule& rule) -> std::unique_ptr<Channel> {
      return std::make_unique<Line>(*this, rule.name);
    };
  }
  std::set<std::string> call(const std::set<std::string>& persons,
                             const std::vector<std::string>& methods) {
    std::set<std::string> begun;
    std::set<std::string> groups;
    return call_round({"id", "notifier.down", "text", Timestamp()}, persons, methods, rules(),
                      open(), {begun, groups, [](const std::string&) {}, [] {}});
  }
  static NotifierRules rules() {
    NotifierRules rules;
    const auto add = [&](const char* name, ChannelKind kind, const char* method) {
      ChannelRule& rule = rules.channels.emplace_back();
      rule.name = name;
      rule.kind = kind;
      if (*method != '\0') rule.method = method;
    };
    add("hook", ChannelKind::webhook, "");
    add("kannel", ChannelKind::kannel_sms, "sms");
    add("modem", ChannelKind::smstools_sms, "sms");
    add("group", ChannelKind::wecom_robot, "robot");
    return rules;
  }

 private:
  struct Line : Channel {
    Line(Street& owner, std::string channel) : street(owner), name(std::move(channel)) {}
    DeliveryReport deliver(const OutgoingNotice& notice) override {
      street.told.push_back(name + " " + notice.person);
      if (std::ranges::find(street.refused, street.told.back()) != street.refused.end()) {
        return {DeliveryOutcome::failed};
      }
      auto found = street.outcomes.find(name);
      return {found == street.outcomes.end() ? DeliveryOutcome::accepted : found->second};
    }
    Street& street;
    std::string name;
  };
};

TEST(LastCallRound, EachPersonIsToldOnceByTheFirstMeans) {
  Street street;
  EXPECT_EQ(street.call({"a", "b"}, {"sms", "robot"}), kBoth);
  EXPECT_EQ(street.told, (Told{"kannel a", "kannel b"}));
}

TEST(LastCallRound, WhatIsRefusedOrUnknownGoesOnToTheNextWayAndAGroupIsToldOnce) {
  Street street;
  street.outcomes = {{"kannel", DeliveryOutcome::failed}, {"modem", DeliveryOutcome::unknown}};
  EXPECT_EQ(street.call({"a", "b"}, {"sms", "robot"}), kBoth);
  EXPECT_EQ(street.told, (Told{"kannel a", "modem a", "group a", "kannel b", "modem b"}));
}

TEST(LastCallRound, WhomNothingReachesIsNotAmongThoseWhoWereTold) {
  Street street;
  street.outcomes = {{"group", DeliveryOutcome::denied}};
  EXPECT_EQ(street.call({"a", "b"}, {"voice", "robot"}), Persons{});
  EXPECT_EQ(street.call({}, {"sms"}), Persons{});
  street.refused = {"kannel a", "modem a"};
  EXPECT_EQ(street.call({"a", "b"}, {"sms"}), Persons{"b"});
}

// A look that systemd ends, at the N-th thing that it does, and those that go on with its round.
class EndedLook {
 public:
  struct Ended {};
  struct Call {
    std::string id;
    bool marked = false;
    bool answered = false;
  };
  struct Kept {
    std::set<std::string> open;
    std::set<std::string> groups;
    std::set<std::string> told;
    auto operator<=>(const Kept&) const = default;
  };

  EndedLook(int ends_at, NotifierRules rules) : left_(ends_at), rules_(std::move(rules)) {}

  // A look of its own, by what was kept. True when it came to its end.
  bool look() {
    Kept now = kept_;
    std::set<std::string> persons;
    std::ranges::set_difference(kBoth, now.told, std::inserter(persons, persons.end()));
    const RoundNotes notes{now.open, now.groups,
                           [&](const std::string& person) { now.told.insert(person); },
                           [&] {
                             burn();
                             kept_ = now;
                             burn();
                           }};
    try {
      call_round({"round", "notifier.down", "text", Timestamp()}, persons, {"sms", "robot"}, rules_,
                 open(), notes);
    } catch (const Ended&) {
      return false;
    }
    return true;
  }
  const Kept& kept() const { return kept_; }

  std::vector<Call> calls;
  std::set<std::string> silent;  // channels that take a message and say nothing

 private:
  // Each step of the program is one at which it may end; -1: nothing ends it.
  void burn() {
    if (left_-- == 0) throw Ended();
  }
  OpenChannel open() {
    return [this](const ChannelRule& rule) { return std::make_unique<Line>(*this, rule.name); };
  }
  struct Line : Channel {
    Line(EndedLook& owner, std::string channel) : site(owner), name(std::move(channel)) {}
    DeliveryReport deliver(const OutgoingNotice& notice) override {
      site.burn();
      const bool says = !site.silent.contains(name);
      site.calls.push_back({notice.notice_id, notice.possible_repeat, false});
      site.burn();
      site.calls.back().answered = says;
      return {says ? DeliveryOutcome::accepted : DeliveryOutcome::unknown};
    }
    EndedLook& site;
    std::string name;
  };

  int left_;
  NotifierRules rules_;
  Kept kept_;
};

constexpr int kStepsOfALook = 24;

TEST(LastCallRound, WhereverALookIsEndedTheNextOnesRepeatOnlyWhatHadNoAnswerUnderItsIdMarked) {
  for (int ends_at = 0; ends_at < kStepsOfALook; ++ends_at) {
    NotifierRules one_gateway = Street::rules();
    std::erase_if(one_gateway.channels, [](const auto& each) { return each.name != "kannel"; });
    EndedLook site(ends_at, one_gateway);
    while (!site.look()) {
    }
    EXPECT_EQ(site.kept().told, kBoth) << ends_at;
    EXPECT_EQ(site.kept().open, Persons{}) << ends_at;
    std::map<std::string, int> times;
    for (const EndedLook::Call& call : site.calls) {
      const bool repeated = ++times[call.id] > 1;
      EXPECT_LE(repeated, call.marked) << ends_at << ": not marked: " << call.id;
      EXPECT_LE(times[call.id], 2) << ends_at;
    }
    const size_t unsure = site.calls.size() - kBoth.size();
    EXPECT_LE(unsure, 1U) << ends_at << ": more was repeated than one call without an answer";
  }
}

TEST(LastCallRound, AGatewayThatHangsHoldsUpNobodyElse) {
  EndedLook site(3, Street::rules());  // in the first call: begun, and no answer
  site.silent = {"kannel"};
  EXPECT_FALSE(site.look());
  ASSERT_EQ(site.calls.size(), 1U);
  site.calls.clear();
  EXPECT_TRUE(site.look());
  std::vector<std::string> ids;
  for (const auto& call : site.calls) ids.push_back(call.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"round:a:modem", "round:b:kannel", "round:b:modem"}))
      << "the next means, the next person, and no repeat for whom another way has reached";
}

TEST(LastCallRound, AGroupThatHasTheWordsIsToldNoMoreByTheNextLook) {
  std::set<std::string> open;
  std::set<std::string> groups = {"group"};
  Street street;
  const auto told =
      call_round({"id", "notifier.down", "text", Timestamp()}, {"b"}, {"robot"}, Street::rules(),
                 street.open(), {open, groups, [](const std::string&) {}, [] {}});
  EXPECT_EQ(told, Persons{"b"});
  EXPECT_EQ(street.told, Told{});
}

TEST(LastCallRound, WhoeverHasTheRoleIsCalledAndThoseWhoAreListed) {
  RotaBook book;
  book.persons = {{"li", "", {"seat"}}, {"zhou", "", {"seat", "team_leader"}}, {"wu", "", {}}};
  EXPECT_EQ(called_persons(book, "team_leader", {"wu", "zhou"}),
            (std::set<std::string>{"wu", "zhou"}));
  EXPECT_EQ(called_persons(book, "", {}), std::set<std::string>{});
}

}  // namespace
}  // namespace jieban
