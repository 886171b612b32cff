// Goal: what was written by hand in the log of a watch is read by those who may, and by nobody
// else; who read what is in the stream before he sees it, and no text of it is there.
#include "common/base/bytes.h"
#include "common/crypto/base64.h"
#include "common/crypto/hashes.h"
#include "common/domain/handover.h"
#include "daemons/receiver/http_edge.h"
#include "tests/unit/daemons/receiver/edge_scene.h"

namespace jieban {
namespace {

const std::string kInstruction = "秘密交办夜间巡查";

Value box_value(const SealedBox& box) {
  Value value;
  value.set("key_id", to_base64(box.key_id.data)).set("box", to_base64(box.box.data));
  return value;
}

class HandoverRoutes : public testing::Test {
 protected:
  void SetUp() override {
    scene.receiver.submit(leak_order());
    edge.use(std::make_shared<Door>(*scene.context, scene.receiver.sealer));
    ASSERT_TRUE(edge.start(*scene.context).ok());
    note = sealed_under("");
    of_an_order = sealed_under("260310000001");
    scene.loop.edge = &edge;
    scene.loop.start();
  }
  void TearDown() override {
    edge.stop();
    scene.loop.stop();
  }
  // The box of a command of the street, or of an order, that has come in.
  SealedBox sealed_under(const std::string& order_no) {
    const Input made = scene.receiver.command_input("k" + order_no, order_no, kInstruction);
    EXPECT_TRUE(scene.receiver.input(made).answers.at(0).ok());
    return *decode_payload<CommandRequest>(made.payload)->sealed;
  }
  HttpReply read(const std::vector<SealedBox>& boxes, const std::string& role = "team_leader",
                 const std::string& number = "3") {
    Value listed = Value::Array{};
    for (const SealedBox& box : boxes) listed.push(box_value(box));
    Value body;
    body.set("role", role).set("actor", "zhou").set("boxes", std::move(listed));
    const Caller caller(edge.port());
    return caller.call("POST", "/api/v1/handovers/" + number + "/readings", to_json(body));
  }
  std::vector<Event> readings() {
    std::vector<Event> told;
    const auto tables = scene.receiver.contents();
    for (const auto& [key, record] : tables.at("outbox")) {
      EXPECT_EQ(record.find(kInstruction), std::string::npos);
      auto event = decode_record(record);
      CHECK(event.ok());
      if (event->topic == kHandoverReadTopic) told.push_back(*event);
    }
    return told;
  }

  EdgeScene scene;
  HttpEdge edge{scene.receiver.core()};
  SealedBox note;
  SealedBox of_an_order;
};

TEST_F(HandoverRoutes, ThoseWhoMayReadSeeTheTextAndTheStreamSaysWho) {
  for (const char* role : {"seat", "team_leader", "street_leader"}) {
    const HttpReply reply = read({note}, role);
    ASSERT_EQ(reply.status, 200) << reply.body;
    const Value answer = json_of(reply);
    const Value& part = answer.find("parts")->array()->at(0);
    EXPECT_EQ(text_at(*part.find("texts"), "text"), kInstruction);
    EXPECT_EQ(reply.headers.at("cache-control"), "no-store");
  }
  const std::vector<Event> told = readings();
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(told[1].actor, "zhou");
  EXPECT_EQ(told[1].order_id, 0U);
  EXPECT_EQ(*decode_payload<HandoverReading>(told[1].payload),
            (HandoverReading{3, "team_leader", "city", {to_hex(blake2b(note.box.data))}}));
}

TEST_F(HandoverRoutes, OthersAreToldWhoMayAndNothingIsNoted) {
  for (const char* role : {"", "operator", "unit", "audit", "analyst", "nobody"}) {
    const HttpReply reply = read({note}, role);
    EXPECT_EQ(reply.status, 403) << role;
    EXPECT_EQ(reply.body.find(kInstruction), std::string::npos);
    EXPECT_NE(text_at(json_of(reply), "detail").find("坐席、班组长、街道领导"), std::string::npos);
  }
  EXPECT_TRUE(readings().empty());
}

TEST_F(HandoverRoutes, NoTextOfAnOrderIsOpened) {
  const HttpReply reply = read({of_an_order});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body.find(kInstruction), std::string::npos);
  EXPECT_NE(reply.body.find("密钥已不在"), std::string::npos) << reply.body;
  EXPECT_TRUE(readings().empty()) << "nobody has seen anything";
}

TEST_F(HandoverRoutes, WhatCannotBeOpenedLeavesTheRestReadable) {
  SealedBox damaged = note;
  damaged.box.data.back() = char(damaged.box.data.back() ^ 1);
  const HttpReply reply = read({damaged, note});
  const Value answer = json_of(reply);
  const Value::Array& parts = *answer.find("parts")->array();
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_TRUE(parts[0].find("texts")->is_null());
  EXPECT_NE(text_at(parts[0], "why").find("损坏"), std::string::npos);
  EXPECT_EQ(text_at(*parts[1].find("texts"), "text"), kInstruction);
  ASSERT_EQ(readings().size(), 1U);
  EXPECT_EQ(decode_payload<HandoverReading>(readings()[0].payload)->boxes.size(), 1U);
}

TEST_F(HandoverRoutes, NothingIsShownThatIsNotNoted) {
  scene.loop.full = true;
  const HttpReply reply = read({note});
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.body.find(kInstruction), std::string::npos);
}

TEST_F(HandoverRoutes, EachFaultIsNamed) {
  EXPECT_EQ(read({}).status, 400);
  EXPECT_EQ(read({note}, "seat", "three").status, 400);
  EXPECT_EQ(read(std::vector<SealedBox>(kReadingBoxesMax + 1, note)).status, 400);
  const Caller caller(edge.port());
  for (const char* body : {"[]", "{", R"({"role":7})", R"({"role":"seat","boxes":[7]})",
                           R"({"role":"seat","boxes":[{"key_id":"AA==","box":"*"}]})"}) {
    EXPECT_EQ(caller.call("POST", "/api/v1/handovers/3/readings", body).status, 400) << body;
  }
}

TEST_F(HandoverRoutes, SoManyBoxesFitIntoARequestWhateverTheyHold) {
  const SealedText largest = scene.receiver.sealer->seal_text(std::string(size_t{4} * 24000, 'x'));
  EXPECT_EQ(read(std::vector<SealedBox>(kReadingBoxesMax, largest.box)).status, 200);
}

}  // namespace
}  // namespace jieban
