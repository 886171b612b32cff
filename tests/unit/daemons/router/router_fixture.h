// A router with rules of its own, and short ways to say what comes from the receiver.
#pragma once

#include <gtest/gtest.h>

#include "common/domain/topics.h"
#include "daemons/router/router.h"
#include "tests/support/core_harness.h"

namespace jieban {

inline RoutingRule routing_rule(const std::string& id, uint64_t priority,
                                std::optional<std::string> category, const std::string& unit) {
  RoutingRule rule;
  rule.id = id;
  rule.priority = priority;
  rule.category = std::move(category);
  rule.lead_unit = unit;
  return rule;
}

inline RouterRules router_rules() {
  RouterRules rules;
  rules.version = "7";
  rules.default_queue = "team_leader";
  rules.rules = {routing_rule("heating", 100, "公共服务>供暖", "heating_company"),
                 routing_rule("parking", 100, "交通管理>停车", "urban_office")};
  rules.rules[0].assist_units = {"urban_office", "community"};
  rules.class_rules = {{"公共服务>供暖", std::nullopt, std::nullopt, "utility"},
                       {std::nullopt, std::nullopt, std::nullopt, "general"}};
  return rules;
}

inline OrderIntake heating_order(const std::string& order_no = "A-1") {
  OrderIntake intake;
  intake.facts.order_no = order_no;
  intake.facts.category = "公共服务>供暖>停暖";
  intake.facts.community = "真武庙社区";
  intake.sealed = {Bytes{"key"}, Bytes{"box"}};
  return intake;
}

class RouterFixture : public CoreHarness<Router> {
 public:
  explicit RouterFixture(const RouterRules& rules = router_rules())
      : CoreHarness<Router>("router") {
    load(rules);
  }

  StepOutcome load(const RouterRules& rules) { return input(rules_input("router", rules)); }
  StepOutcome receive(uint64_t order_id, const OrderIntake& intake = heating_order()) {
    return event("receiver", topics::kOrderReceived, order_id, intake);
  }
  StepOutcome update(uint64_t order_id, const OrderIntake& intake) {
    return event("receiver", topics::kOrderUpdated, order_id, intake);
  }
  StepOutcome command(uint64_t order_id, const std::string& command,
                      std::map<std::string, std::string> arguments = {}) {
    CommandRequest request;
    request.order_no = "A-1";
    request.command = command;
    request.idempotency_key = "k";
    request.role = role;
    request.sealed = sealed;
    request.arguments = std::move(arguments);
    if (!texts.empty()) request.arguments["sealed_fields"] = texts;
    return event("receiver", std::string(topics::kCommandPrefix) + command, order_id, request);
  }

  // The code of a refusal; "" when the command was taken.
  std::string refusal(uint64_t order_id, const std::string& word,
                      std::map<std::string, std::string> arguments = {}) {
    auto events = events_of(command(order_id, word, std::move(arguments)));
    CHECK(!events.empty());
    if (events.front().topic != topics::kCommandRefused) return "";
    reason = payload_of<CommandRefusal>(events.front()).reason;
    return payload_of<CommandRefusal>(events.front()).code;
  }
  // As one person of the desk, in a role.
  RouterFixture& as(const std::string& who, const std::string& in_role) {
    actor = who;
    role = in_role;
    return *this;
  }
  // Free text under these names comes with each of the next commands.
  RouterFixture& with_texts(const std::string& names) {
    sealed = SealedBox{Bytes{"key"}, Bytes{"box"}};
    texts = names;
    return *this;
  }
  RouterFixture& without_texts() {
    sealed.reset();
    texts.clear();
    return *this;
  }

  OrderCourse course(uint64_t order_id) {
    Transaction txn = read();
    auto row = core().courses().get(txn, make_key(order_id));
    CHECK(row.ok());
    return row->value_or(OrderCourse());
  }
  std::optional<RouterOrder> order(uint64_t order_id) {
    Transaction txn = read();
    auto row = core().orders().get(txn, make_key(order_id));
    CHECK(row.ok());
    return *row;
  }
  OrderState state(uint64_t order_id) { return order(order_id)->state; }

  std::string role;  // the desk
  std::optional<SealedBox> sealed;
  std::string texts;
  std::string reason;  // of the last refusal

  // The counts by state and the unsigned list, checked against the orders themselves.
  void expect_counts_add_up() {
    Transaction txn = read();
    std::map<std::string, uint64_t> wanted;
    uint64_t unsigned_wanted = 0;
    auto scanned = core().orders().scan(txn, {}, [&](std::string_view key, const RouterOrder& row) {
      ++wanted[make_key(to_string(row.state))];
      bool waits = row.state == OrderState::new_order;
      unsigned_wanted += waits ? 1 : 0;
      EXPECT_EQ(core().unsigned_orders().get(txn, key)->has_value(), waits);
      return true;
    });
    ASSERT_TRUE(scanned.ok());
    for (OrderState each : all_order_states()) {
      auto row = core().counts().get(txn, make_key(to_string(each)));
      ASSERT_TRUE(row.ok());
      EXPECT_EQ(*row ? (*row)->orders : 0, wanted[make_key(to_string(each))]) << to_string(each);
    }
    EXPECT_EQ(*core().unsigned_orders().count(txn), unsigned_wanted);
  }
};

}  // namespace jieban
