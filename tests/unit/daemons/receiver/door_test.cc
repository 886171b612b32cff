// Goal: what an edge hands in arrives sealed and as one group, and each row's answer comes back.
#include "daemons/receiver/door.h"

#include "daemons/receiver/intake_edge.h"
#include "tests/unit/daemons/receiver/receiver_fixture.h"

namespace jieban {
namespace {

using Outcomes = std::vector<OrderOutcome>;

class DoorTest : public testing::Test {
 protected:
  bool shows(const std::string& line) {
    return receiver.metrics.expose().find(line + "\n") != std::string::npos;
  }

  ReceiverFixture receiver;
  Settings settings = *parse_settings("", "receiver.yaml", receiver_parameters());
  EdgeContext context = receiver.context(settings);
  Door door{context, receiver.sealer};
  ReceiverLoop loop{receiver};
};

TEST_F(DoorTest, EachOrderHasItsOutcomeInItsPlace) {
  loop.start();
  Submission other = leak_order("260310000002");
  auto first = door.submit("b-1", "city", "city", {leak_order(), other, leak_order()});
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(*first, (Outcomes{OrderOutcome::added, OrderOutcome::added, OrderOutcome::added}));
  other.community = "三里河社区";
  auto second = door.submit("b-2", "city", "city", {other, leak_order()});
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(*second, (Outcomes{OrderOutcome::updated, OrderOutcome::unchanged}));
  door.count_rejected(2);
  EXPECT_TRUE(shows("jieban_orders_taken_total{outcome=\"new\"} 3"));
  EXPECT_TRUE(shows("jieban_orders_taken_total{outcome=\"updated\"} 1"));
  EXPECT_TRUE(shows("jieban_orders_taken_total{outcome=\"rejected\"} 2"));
  loop.stop();
  EXPECT_EQ(receiver.contents()["orders"].size(), 2U);
  EXPECT_EQ(receiver.contents()[kKeyringTable].size(), 3U);
}

TEST_F(DoorTest, ACommandsTextIsSealed) {
  receiver.submit(leak_order());
  loop.start();
  CommandRequest request;
  request.order_no = leak_order().order_no;
  request.command = "sign";
  request.idempotency_key = "k-1";
  auto asked = door.command(request, "seat-1", "操作员写的自由文字");
  ASSERT_TRUE(asked.ok());
  EXPECT_EQ(asked->outcome, "pending");
  loop.stop();
  auto record = receiver.fold().outbox().get(receiver.read(), asked->sequence);
  ASSERT_TRUE(record.ok() && *record);
  auto told = payload_of<CommandRequest>(*decode_record(**record));
  ASSERT_TRUE(told.sealed.has_value());
  auto fields = receiver.open_box(1, *told.sealed, *receiver.sealer);
  ASSERT_TRUE(fields.ok());
  EXPECT_EQ(fields->at("text"), "操作员写的自由文字");
}

TEST_F(DoorTest, SeveralTextsAreSealedTogetherAndKnownByName) {
  receiver.submit(leak_order());
  loop.start();
  CommandRequest request;
  request.order_no = leak_order().order_no;
  request.command = "draft_return";
  request.idempotency_key = "k-1";
  request.arguments["reason_code"] = "DUTY";
  auto asked = door.command(
      request, "seat-1", std::map<std::string, std::string>{{"basis", "三定方案"}, {"text", "某"}});
  ASSERT_TRUE(asked.ok());
  loop.stop();
  auto record = receiver.fold().outbox().get(receiver.read(), asked->sequence);
  ASSERT_TRUE(record.ok() && *record);
  EXPECT_EQ((*record)->find("三定方案"), std::string::npos);
  auto told = payload_of<CommandRequest>(*decode_record(**record));
  EXPECT_EQ(told.arguments.at("sealed_fields"), "basis,text");
  EXPECT_EQ(told.arguments.at("reason_code"), "DUTY");
  auto fields = receiver.open_box(1, *told.sealed, *receiver.sealer);
  ASSERT_TRUE(fields.ok());
  EXPECT_EQ(fields->at("basis"), "三定方案");
}

TEST_F(DoorTest, WhatTheStoreHasNoRoomForIsToldSoAndNothingIsCounted) {
  loop.full = true;
  loop.start();
  auto taken = door.submit("b-1", "city", "city", {leak_order()});
  ASSERT_FALSE(taken.ok());
  EXPECT_EQ(taken.error().code, ErrorCode::full);
  EXPECT_TRUE(shows("jieban_orders_taken_total{outcome=\"new\"} 0"));
  loop.stop();
  receiver.inbox.close(Error{ErrorCode::unavailable, "stopping"});
  EXPECT_EQ(door.submit("b-1", "city", "city", {leak_order()}).error().code,
            ErrorCode::unavailable);
}

}  // namespace
}  // namespace jieban
