// Goal: over a real socket, each fault has its own status, and an answer says what became of each
// order and of each command.
#include "daemons/receiver/http_edge.h"

#include "common/domain/handover.h"
#include "tests/support/wait_until.h"
#include "tests/unit/daemons/receiver/edge_scene.h"

namespace jieban {
namespace {

const std::string kOrder = R"({"order_no":"260310000001","content":"路灯不亮"})";

std::string batch_of(const std::string& orders, const std::string& id = "b-1") {
  return R"({"batch_id":")" + id + R"(","orders":[)" + orders + "]}";
}

class HttpEdgeTest : public testing::Test {
 protected:
  void SetUp() override {
    edge.use(std::make_shared<Door>(*scene.context, scene.receiver.sealer));
    ASSERT_TRUE(edge.start(*scene.context).ok());
    scene.loop.edge = &edge;
    caller.emplace(edge.port());
  }
  void TearDown() override {
    edge.stop();
    scene.loop.stop();
  }

  EdgeScene scene;
  HttpEdge edge{scene.receiver.core()};
  std::optional<Caller> caller;
};

TEST_F(HttpEdgeTest, ABatchIsAnsweredOrderByOrder) {
  scene.loop.start();
  std::string second = R"({"order_no":"260310000002","content":"占道"})";
  std::string empty = R"({"order_no":"260310000003","content":""})";
  HttpReply reply = caller->push(batch_of(kOrder + "," + empty + "," + second));
  EXPECT_EQ(reply.status, 200);
  Value answer = json_of(reply);
  EXPECT_EQ(text_at(answer, "code"), "0000");
  EXPECT_EQ(number_at(answer, "accepted"), 2);
  EXPECT_EQ(number_at(answer, "updated"), 0);
  const Value::Array& rejected = *answer.find("rejected")->array();
  ASSERT_EQ(rejected.size(), 1U);
  EXPECT_EQ(number_at(rejected[0], "index"), 1);
  EXPECT_EQ(text_at(rejected[0], "order_no"), "260310000003");
  EXPECT_NE(text_at(rejected[0], "reason").find("content"), std::string::npos);
  const Value::Array& results = *answer.find("results")->array();
  ASSERT_EQ(results.size(), 3U);
  EXPECT_EQ(text_at(results[0], "outcome"), "new");
  EXPECT_EQ(text_at(results[1], "outcome"), "rejected");
  EXPECT_EQ(text_at(results[2], "outcome"), "new");
  // Sent again, as by a client that did not hear the answer.
  EXPECT_EQ(caller->push(batch_of(kOrder + "," + empty + "," + second)).body, reply.body);
}

TEST_F(HttpEdgeTest, ABadOptionalValueIsAWarningBesideATakenOrder) {
  scene.loop.start();
  Value answer = json_of(
      caller->push(batch_of(kOrder + R"(,{"order_no":"2","content":"x","due_at":"2026-02-30"})")));
  EXPECT_EQ(number_at(answer, "accepted"), 2);
  EXPECT_TRUE(answer.find("rejected")->array()->empty());
  const Value::Array& warnings = *answer.find("warnings")->array();
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(number_at(warnings[0], "index"), 1);
  EXPECT_EQ(text_at(warnings[0], "order_no"), "2");
  EXPECT_EQ(text_at(warnings[0], "column"), "due_at");
  EXPECT_EQ(text_at(warnings[0], "reason"), "日期或时间不存在");
}

TEST_F(HttpEdgeTest, ABatchOfRejectsOnlyIsStillAnswered) {
  scene.loop.start();
  Value answer = json_of(caller->push(batch_of(R"({"content":"x"})")));
  EXPECT_EQ(number_at(answer, "accepted"), 0);
  EXPECT_EQ(answer.find("rejected")->array()->size(), 1U);
}

// What the stream says of imports, once so many events stand in it.
std::vector<ImportDone> imports_in(EdgeScene& scene, uint64_t events) {
  std::vector<ImportDone> found;
  EXPECT_TRUE(wait_until(
      [&] { return *scene.receiver.fold().outbox().head(scene.receiver.read()) >= events; }));
  scene.loop.stop();
  auto store = scene.receiver.read();
  for (uint64_t at = 1; at <= scene.receiver.fold().head(); ++at) {
    const Event event = *decode_record(**scene.receiver.fold().outbox().get(store, at));
    if (event.topic == topics::kImportDone) found.push_back(payload_of<ImportDone>(event));
  }
  return found;
}

TEST_F(HttpEdgeTest, APushLeavesWhatItCameTo) {
  scene.loop.start();
  std::string empty = R"({"order_no":"260310000003","content":""})";
  ASSERT_EQ(caller->push(batch_of(kOrder + "," + empty)).status, 200);
  EXPECT_EQ(imports_in(scene, 2),
            (std::vector<ImportDone>{{"city", 1, 2, 1, 0, 0, 1, scene.receiver.now}}));
}

TEST_F(HttpEdgeTest, APushOfNothingIsAnImportToo) {
  scene.loop.start();
  ASSERT_EQ(caller->push(batch_of("")).status, 200);
  EXPECT_EQ(imports_in(scene, 1),
            (std::vector<ImportDone>{{"city", 1, 0, 0, 0, 0, 0, scene.receiver.now}}));
}

TEST_F(HttpEdgeTest, APushThatIsRefusedAsAWholeIsNone) {
  scene.loop.start();
  ASSERT_EQ(caller->push("{").status, 400);
  ASSERT_EQ(caller->call("POST", "/api/v1/orders", batch_of(kOrder), "wrong-token").status, 401);
  scene.loop.full = true;
  ASSERT_EQ(caller->push(batch_of("")).status, 503) << "it would not be remembered";
  ASSERT_EQ(caller->push(batch_of(kOrder)).status, 503);
  EXPECT_TRUE(imports_in(scene, 0).empty());
}

TEST_F(HttpEdgeTest, EachFaultHasItsStatus) {
  scene.loop.start();
  EXPECT_EQ(caller->push("{").status, 400);
  EXPECT_EQ(caller->push(R"({"orders":[]})").status, 400);
  EXPECT_EQ(caller->call("POST", "/api/v1/orders", batch_of(kOrder), "wrong-token").status, 401);
  EXPECT_EQ(caller->call("GET", "/api/v1/nothing").status, 404);
  EXPECT_EQ(caller->push(batch_of(std::string(limits::kRequestBytesMax, ' '))).status, 413);
  std::string many = "1";
  for (size_t i = 0; i < limits::kOrdersPerRequestMax; ++i) many += ",1";
  HttpReply reply = caller->push(batch_of(many));
  EXPECT_EQ(reply.status, 413);
  EXPECT_EQ(reply.headers.find("content-type")->second, "application/problem+json");
  EXPECT_NE(text_at(json_of(reply), "detail").find("上限"), std::string::npos);
}

TEST_F(HttpEdgeTest, AFullStoreIsTryAgainLater) {
  scene.loop.full = true;
  scene.loop.start();
  HttpReply reply = caller->push(batch_of(kOrder));
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.headers.find("retry-after")->second, "10");
  EXPECT_EQ(caller->command("260310000001", "sign", R"({"idempotency_key":"k"})").status, 503);
  scene.loop.full = false;
  EXPECT_EQ(caller->push(batch_of(kOrder)).status, 200);
}

TEST_F(HttpEdgeTest, ACommandIsAnsweredWithWhatTheRouterDecided) {
  scene.loop.decide = [](ReceiverFixture& receiver, const Event& command) {
    auto asked = payload_of<CommandRequest>(command);
    bool good = asked.idempotency_key == "k-1";
    return good ? router_signs(receiver, command.sequence)
                : router_refuses(receiver, command.sequence);
  };
  scene.loop.start();
  caller->push(batch_of(kOrder));
  HttpReply done = caller->command("260310000001", "sign",
                                   R"({"idempotency_key":"k-1","actor":"zhang","text":"好"})");
  EXPECT_EQ(done.status, 200);
  EXPECT_EQ(text_at(json_of(done), "outcome"), "done");
  EXPECT_EQ(text_at(json_of(done), "event"), "order.signed");
  EXPECT_EQ(text_at(json_of(done), "state"), "SIGNED");
  EXPECT_EQ(caller->command("260310000001", "sign", R"({"idempotency_key":"k-1"})").body,
            done.body);

  HttpReply refused = caller->command("260310000001", "sign", R"({"idempotency_key":"k-2"})");
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(text_at(json_of(refused), "code"), "state");
  EXPECT_EQ(text_at(json_of(refused), "reason"), "工单当前为“已签收”");

  HttpReply shown = caller->call("GET", "/api/v1/commands/k-2");
  EXPECT_EQ(shown.status, 200);
  EXPECT_EQ(shown.body, refused.body);
  EXPECT_EQ(caller->call("GET", "/api/v1/commands/k-9").status, 404);
}

TEST_F(HttpEdgeTest, ACommandOfTheStreetNamesNoOrder) {
  std::optional<Event> heard;
  scene.loop.decide = [&](ReceiverFixture& receiver, const Event& command) {
    heard = command;
    HandoverMove move;
    move.state = "signed_out";
    return receiver.event("router", "handover.signed_out", 0, move,
                          {receiver.fold().stream(), command.sequence});
  };
  scene.loop.start();
  const std::string body =
      R"({"idempotency_key":"h-1","role":"seat","arguments":{"shift_out":"NIGHT","shift_in":"DAY",)"
      R"("instructions":"秘密交办","equipment":"无"}})";
  HttpReply done = caller->call("POST", "/api/v1/street/commands/handover_out", body);
  EXPECT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(text_at(json_of(done), "event"), "handover.signed_out");
  EXPECT_EQ(text_at(json_of(done), "state"), "signed_out");
  ASSERT_TRUE(heard.has_value());
  EXPECT_EQ(heard->topic, "command.handover_out");
  EXPECT_EQ(heard->order_id, 0U);
  EXPECT_EQ(heard->payload.find("秘密交办"), std::string::npos) << "free text is sealed";
  EXPECT_EQ(payload_of<CommandRequest>(*heard).arguments.at("sealed_fields"),
            "equipment,instructions");
  EXPECT_EQ(caller->call("POST", "/api/v1/street/commands/handover_out", body).body, done.body)
      << "the same key is answered, not done again";
  EXPECT_EQ(caller->call("POST", "/api/v1/street/commands/sign", body).status, 404);
}

TEST_F(HttpEdgeTest, WhatNamesNothingIsNotFound) {
  scene.loop.start();
  std::string key = R"({"idempotency_key":"k-1"})";
  EXPECT_EQ(caller->command("260310000009", "sign", key).status, 404);
  EXPECT_EQ(caller->command("260310000001", "fly", key).status, 404);
  // Longer than any key of the store may be.
  EXPECT_EQ(caller->command(std::string(600, '1'), "sign", key).status, 404);
  EXPECT_EQ(caller->call("GET", "/api/v1/commands/" + std::string(600, 'k')).status, 400);
}

TEST_F(HttpEdgeTest, ACommandIsReadStrictly) {
  scene.loop.start();
  const std::vector<std::string> bad = {
      "[]",
      "{}",
      R"({"idempotency_key":""})",
      R"({"idempotency_key":3})",
      R"({"idempotency_key":")" + std::string(129, 'k') + "\"}",
      R"({"idempotency_key":"k","arguments":{"note":"自由文字"}})",
      R"({"idempotency_key":"k","arguments":{"sealed_fields":"basis"}})",
      R"({"idempotency_key":"k","arguments":{"reason_code":"请尽快处理"}})",
      R"({"idempotency_key":"k","arguments":{"due_at":"明天"}})",
      R"({"idempotency_key":"k","arguments":{"unit":")" + std::string(513, 'u') + "\"}}",
      R"({"idempotency_key":"k","arguments":[]})"};
  for (const std::string& body : bad) {
    EXPECT_EQ(caller->command("260310000001", "sign", body).status, 400) << body;
  }
}

}  // namespace
}  // namespace jieban
