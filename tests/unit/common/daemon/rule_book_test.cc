// Goal: rules are state: the same content changes nothing, a load that was undone was never there.
#include "common/daemon/rule_book.h"

#include "common/daemon/rules_edge.h"
#include "tests/unit/common/daemon/engine_fixture.h"

namespace jieban {
namespace {

struct Tariff {
  std::string version;
  uint64_t price = 0;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("version", &Tariff::version);
    visit("price", &Tariff::price);
  }
};

// Answers "price" with the price in force; "load then fail" undoes what it loaded and looked at.
class Shop : public Service {
 public:
  Result<void> open(TableOpener& tables) override { return book.open(tables, "tariff"); }
  Result<void> apply(const Event& event, Step& step) override {
    if (event.topic == topics::kRulesLoaded) return book.load(event, step);
    if (event.topic == "load then fail") {
      RETURN_IF_ERROR(book.load(event, step));
      RETURN_IF_ERROR(tell(step));
      return Error{ErrorCode::refused, "on second thought"};
    }
    return tell(step);
  }
  RuleBook<Tariff> book;

 private:
  Result<void> tell(Step& step) {
    auto rules = book.current(step.store());
    if (!rules.ok()) return rules.error();
    step.answer(*rules == nullptr ? "none" : std::to_string((*rules)->price));
    return {};
  }
};

class RuleBookTest : public testing::Test {
 protected:
  void SetUp() override { open(); }
  void open() {
    fold_.reset();
    auto opened = Fold::open(store_options(dir_.path("store")), shop_);
    ASSERT_TRUE(opened.ok());
    fold_ = std::move(*opened);
  }
  std::string ask(Input asked) {
    auto outcome = fold_->run(Batch{clock_.now(), {input_part(std::move(asked))}});
    if (!outcome.ok()) return "!!" + outcome.error().message;
    const auto& answer = outcome->answers.at(0);
    return answer.ok() ? *answer : "!" + std::string(to_string(answer.error().code));
  }
  std::string load(const std::string& version, uint64_t price) {
    return ask(rules_input("tariff", Tariff{version, price}));
  }
  std::string load_and_fail(const std::string& version, uint64_t price) {
    Input failing = rules_input("tariff", Tariff{version, price});
    failing.topic = "load then fail";
    return ask(failing);
  }
  std::string price() { return ask(input("price", 0)); }

  TempDir dir_{"/dev/shm"};
  FakeClock clock_;
  Shop shop_;
  std::unique_ptr<Fold> fold_;
};

TEST_F(RuleBookTest, ThereAreNoRulesBeforeAnyWereLoaded) { EXPECT_EQ(price(), "none"); }

TEST_F(RuleBookTest, WhatIsLoadedIsInForceAlsoAfterARestart) {
  EXPECT_EQ(load("1", 10), "loaded");
  EXPECT_EQ(price(), "10");
  EXPECT_EQ(load("2", 20), "loaded");
  EXPECT_EQ(price(), "20");
  open();
  EXPECT_EQ(price(), "20");
  EXPECT_EQ(topics_of(*fold_), (std::vector<std::string>{"rules.loaded", "rules.loaded"}));
}

TEST_F(RuleBookTest, TheSameContentChangesNothing) {
  EXPECT_EQ(load("1", 10), "loaded");
  auto before = all_rows(*fold_);
  EXPECT_EQ(load("1", 10), "unchanged");
  EXPECT_EQ(all_rows(*fold_), before);
}

TEST_F(RuleBookTest, AnUndoneLoadLeavesTheOldRulesInForce) {
  ASSERT_EQ(load("1", 10), "loaded");
  EXPECT_EQ(load_and_fail("2", 20), "!refused");
  EXPECT_EQ(price(), "10");
}

TEST_F(RuleBookTest, AnUndoneLoadDoesNotStandInForTheNextOne) {
  ASSERT_EQ(load("1", 10), "loaded");
  ASSERT_EQ(load_and_fail("2", 20), "!refused");
  ASSERT_EQ(load("3", 30), "loaded");
  EXPECT_EQ(price(), "30");
}

TEST_F(RuleBookTest, RulesOfAnotherNameAndDamagedOnesAreRefused) {
  ASSERT_EQ(load("1", 10), "loaded");
  EXPECT_EQ(ask(rules_input("calendar", Tariff{"2", 20})), "!invalid");
  Input damaged = rules_input("tariff", Tariff{"2", 20});
  damaged.payload = encode_payload(RulesLoaded{"tariff", "2", Bytes{"no tariff"}});
  EXPECT_EQ(ask(damaged), "!corrupt");
  EXPECT_EQ(price(), "10");
}

TEST_F(RuleBookTest, TheEdgeHandsInTheFileAndKeepsTheOldRulesWhenItIsBroken) {
  Inbox inbox;
  MetricRegistry metrics;
  auto settings = parse_settings("", "test", {});
  ASSERT_TRUE(settings.ok());
  EdgeContext context{"demo", "router", *settings, clock_, inbox, *fold_, metrics};
  bool broken = false;
  RulesEdge<Tariff> edge("tariff", [&](const Settings&) -> Result<Tariff> {
    if (broken) return invalid("line 3: no price");
    return Tariff{"1", 10};
  });
  ASSERT_TRUE(edge.start(context).ok());
  auto group = inbox.take(SIZE_MAX);
  ASSERT_TRUE(group.has_value());
  EXPECT_EQ(ask(group->inputs.at(0)), "loaded");
  EXPECT_EQ(price(), "10");
  group->done({std::nullopt, {Result<std::string>(std::string("loaded"))}});
  broken = true;
  EXPECT_FALSE(edge.reload().ok());
  EXPECT_TRUE(inbox.empty()) << "nothing was handed in";
  edge.stop();
}

TEST_F(RuleBookTest, WhatTheStoreHadNoRoomForIsHandedInAgainAndTheEdgeAilsUntilThen) {
  Inbox inbox;
  MetricRegistry metrics;
  auto settings = parse_settings("", "test", {});
  ASSERT_TRUE(settings.ok());
  EdgeContext context{"demo", "router", *settings, clock_, inbox, *fold_, metrics};
  RulesEdge<Tariff> edge("tariff", [](const Settings&) -> Result<Tariff> {
    return Tariff{"1", 10};
  });
  const auto observe = [&] {
    auto txn = fold_->environment().read();
    ASSERT_TRUE(txn.ok());
    edge.observe(*txn);
  };
  ASSERT_TRUE(edge.start(context).ok());
  for (int i = 0; i < 3; ++i) {
    auto group = inbox.take(SIZE_MAX);
    ASSERT_TRUE(group.has_value()) << i;
    observe();
    EXPECT_TRUE(inbox.empty()) << "not twice at a time";
    group->done({Error{ErrorCode::full, "no room"}, {}});
    EXPECT_EQ(edge.ailment(Duration()), "rules: those of tariff are not loaded");
    observe();
  }
  auto group = inbox.take(SIZE_MAX);
  ASSERT_TRUE(group.has_value());
  group->done({std::nullopt, {Result<std::string>(ask(group->inputs.at(0)))}});
  EXPECT_EQ(price(), "10");
  EXPECT_EQ(edge.ailment(Duration()), "");
  observe();
  EXPECT_TRUE(inbox.empty());
  edge.stop();
}

TEST_F(RuleBookTest, RulesThatAReloadCouldNotBringLeaveTheOldOnesAndNoAilment) {
  Inbox inbox;
  MetricRegistry metrics;
  auto settings = parse_settings("", "test", {});
  ASSERT_TRUE(settings.ok());
  EdgeContext context{"demo", "router", *settings, clock_, inbox, *fold_, metrics};
  RulesEdge<Tariff> edge("tariff", [](const Settings&) -> Result<Tariff> {
    return Tariff{"1", 10};
  });
  ASSERT_TRUE(edge.start(context).ok());
  inbox.take(SIZE_MAX)->done({std::nullopt, {Result<std::string>(std::string("loaded"))}});
  ASSERT_TRUE(edge.reload().ok());
  const Error wrong{ErrorCode::invalid, "no such rules"};
  inbox.take(SIZE_MAX)->done({std::nullopt, {Result<std::string>(wrong)}});
  EXPECT_EQ(edge.ailment(Duration()), "");
  edge.stop();
}

}  // namespace
}  // namespace jieban
