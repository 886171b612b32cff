#include "daemons/notifier/last_call/round.h"

#include <gtest/gtest.h>

#include <algorithm>

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
    return call_round({"id", "notifier.down", "text", Timestamp()}, persons, methods, rules(),
                      open());
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

TEST(LastCallRound, WhoeverHasTheRoleIsCalledAndThoseWhoAreListed) {
  RotaBook book;
  book.persons = {{"li", "", {"seat"}}, {"zhou", "", {"seat", "team_leader"}}, {"wu", "", {}}};
  EXPECT_EQ(called_persons(book, "team_leader", {"wu", "zhou"}),
            (std::set<std::string>{"wu", "zhou"}));
  EXPECT_EQ(called_persons(book, "", {}), std::set<std::string>{});
}

}  // namespace
}  // namespace jieban
