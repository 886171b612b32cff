// Goal: health for everybody, the rest for the holder of the token; operators see what was set
// aside, settle it, and find a hole in a stream.
#include "common/daemon/ops_server.h"

#include <future>

#include "common/http/client.h"
#include "common/json/json.h"
#include "tests/support/wait_until.h"
#include "tests/unit/common/daemon/engine_fixture.h"

namespace jieban {
namespace {

class OpsServerTest : public EngineFixture {
 protected:
  void SetUp() override {
    open();
    auto admin = [](const HttpRequest& request) -> Result<std::string> {
      if (request.header("authorization") == "Bearer right") return std::string("admin");
      return Error{ErrorCode::unauthenticated, "no"};
    };
    registry_.counter("jieban_things_total", "things").increment(3);
    ops_ = std::make_unique<OpsServer>("127.0.0.1:0", admin, registry_, *engine_);
    ASSERT_TRUE(ops_->start().ok());
  }
  void TearDown() override {
    if (ops_) ops_->stop();
  }
  HttpReply call(const std::string& method, const std::string& target,
                 const std::string& token = "right") const {
    HttpCall call;
    call.url = "http://127.0.0.1:" + std::to_string(ops_->port()) + target;
    call.method = method;
    if (!token.empty()) call.headers.emplace_back("Authorization", "Bearer " + token);
    auto reply = http_call(call);
    CHECK(reply.ok());
    return *reply;
  }
  Value get(const std::string& target) const {
    HttpReply reply = call("GET", target);
    EXPECT_EQ(reply.status, 200) << target << reply.body;
    auto value = parse_json(reply.body);
    CHECK(value.ok());
    return *value;
  }
  // A call that the loop has to answer: it turns until the reply is there.
  HttpReply post(const std::string& target) {
    auto reply = std::async(std::launch::async, [&] { return call("POST", target); });
    EXPECT_TRUE(wait_until([&] {
      turn();
      return reply.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    }));
    return reply.get();
  }
  void refuse_one() {
    transport_.deliver(frame(1, {record("add", 1), record("refuse", 2)}));
    turn();
  }

  MetricRegistry registry_;
  std::unique_ptr<OpsServer> ops_;
};

TEST_F(OpsServerTest, HealthAndMetricsAreOpen) {
  EXPECT_EQ(call("GET", "/healthz", "").body, "alive\n");
  HttpReply metrics = call("GET", "/metrics", "");
  EXPECT_EQ(metrics.status, 200);
  EXPECT_NE(metrics.body.find("jieban_things_total 3"), std::string::npos);
  EXPECT_EQ(call("GET", "/readyz", "").status, 503) << "before anything was published";
  ops_->publish(Value(), "");
  EXPECT_EQ(call("GET", "/readyz", "").status, 200);
  ops_->publish(Value(), "demo.receiver: not caught up");
  HttpReply waiting = call("GET", "/readyz", "");
  EXPECT_EQ(waiting.status, 503);
  EXPECT_EQ(waiting.body, "demo.receiver: not caught up\n");
}

TEST_F(OpsServerTest, WhoLivesAndCannotWorkIsNotHealthyAndAnUpstreamIsNoPartOfIt) {
  ops_->publish(Value(), "demo.receiver: not caught up");
  EXPECT_EQ(call("GET", "/healthz", "").status, 200);
  ops_->publish(Value(), "store: full", "store: full");
  HttpReply ill = call("GET", "/healthz", "");
  EXPECT_EQ(ill.status, 503);
  EXPECT_EQ(ill.body, "store: full\n");
  ops_->publish(Value(), "");
  EXPECT_EQ(call("GET", "/healthz", "").body, "alive\n");
}

TEST_F(OpsServerTest, ALoopThatStandsStillIsNotHealthyThoughTheServerAnswers) {
  auto nobody = [](const HttpRequest&) -> Result<std::string> {
    return Error{ErrorCode::unauthenticated, "no"};
  };
  ops_->stop();
  // Whatever was published is too old already.
  ops_ = std::make_unique<OpsServer>("127.0.0.1:0", nobody, registry_, *engine_, Duration(-1));
  ASSERT_TRUE(ops_->start().ok());
  ops_->publish(Value(), "");
  HttpReply ill = call("GET", "/healthz", "");
  EXPECT_EQ(ill.status, 503);
  EXPECT_EQ(ill.body, "loop: it stands still\n");
}

TEST_F(OpsServerTest, EverythingElseNeedsTheToken) {
  const std::string place = "/admin/quarantine/demo.receiver/2";
  for (const std::string& target :
       {std::string("/admin/status"), std::string("/admin/stream"), std::string("/admin/verify"),
        std::string("/admin/quarantine"), place}) {
    EXPECT_EQ(call("GET", target, "").status, 401) << target;
    EXPECT_EQ(call("GET", target, "wrong").status, 401) << target;
  }
  refuse_one();
  for (const char* action : {"/retry", "/drop"}) {
    EXPECT_EQ(call("POST", place + action, "").status, 401);
    EXPECT_EQ(call("GET", place + action).status, 405);
  }
  turn();
  EXPECT_EQ(get("/admin/quarantine").find("items")->array()->size(), 1U);
}

TEST_F(OpsServerTest, StatusTellsWhatTheLoopPublished) {
  refuse_one();
  transport_.ask(fetch("notifier", 1, 0));
  turn();
  ops_->publish(engine_status(*engine_, "router", clock_, 1, now_), "");
  Value status = get("/admin/status");
  EXPECT_EQ(*status.find("daemon")->string(), "router");
  EXPECT_EQ(*status.find("stream")->string(), kOwn);
  EXPECT_EQ(*status.find("head")->integer(), 2);
  EXPECT_TRUE(*status.find("ready")->boolean());
  EXPECT_FALSE(*status.find("stalled")->boolean());
  EXPECT_EQ(*status.find("quarantine")->integer(), 1);
  const Value& upstream = status.find("upstreams")->array()->at(0);
  EXPECT_EQ(*upstream.find("applied")->integer(), 2);
  EXPECT_EQ(*upstream.find("lag")->integer(), 0);
  const Value& notifier = status.find("consumers")->array()->at(1);
  EXPECT_EQ(*notifier.find("name")->string(), "notifier");
  EXPECT_EQ(*notifier.find("lag")->integer(), 1);
  EXPECT_EQ(*status.find("store")->find("map_bytes")->integer(), 8 << 20);
}

TEST_F(OpsServerTest, StreamShowsEventsFromWhereItIsAsked) {
  add(5, encode_payload(Count{42}));
  Value some = get("/admin/stream?from=2&count=3");
  EXPECT_EQ(*some.find("head")->integer(), 5);
  const auto& events = *some.find("events")->array();
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(*events[0].find("sequence")->integer(), 2);
  EXPECT_EQ(*events[0].find("topic")->string(), "counted");
  EXPECT_EQ(*events[0].find("payload")->find("value")->integer(), 42);
  EXPECT_EQ(get("/admin/stream").find("events")->array()->size(), 5U);
  EXPECT_EQ(get("/admin/stream?count=0").find("events")->array()->size(), 0U);
  EXPECT_EQ(get("/admin/stream?from=6").find("events")->array()->size(), 0U);
}

TEST_F(OpsServerTest, VerifyWalksTheStreamAndFindsAHole) {
  EXPECT_TRUE(*get("/admin/verify").find("ok")->boolean()) << "an empty stream is whole";
  add(5);
  Value whole = get("/admin/verify");
  EXPECT_TRUE(*whole.find("ok")->boolean());
  EXPECT_EQ(*whole.find("checked")->integer(), 5);
  {
    auto txn = engine_->fold().environment().write();
    ASSERT_TRUE(*txn->erase(engine_->fold().outbox().table(), make_key(uint64_t{3})));
    ASSERT_TRUE(txn->commit().ok());
  }
  Value broken = get("/admin/verify");
  EXPECT_FALSE(*broken.find("ok")->boolean());
  EXPECT_NE(broken.find("error")->string()->find("3"), std::string::npos);
}

TEST_F(OpsServerTest, VerifyFindsARecordThatIsDamaged) {
  add(3);
  {
    auto txn = engine_->fold().environment().write();
    auto table = engine_->fold().outbox().table();
    ASSERT_TRUE(txn->put(table, make_key(uint64_t{2}), "no record").ok());
    ASSERT_TRUE(txn->commit().ok());
  }
  Value broken = get("/admin/verify");
  EXPECT_FALSE(*broken.find("ok")->boolean());
  EXPECT_EQ(*broken.find("error")->string(), "record 2 is damaged");
}

TEST_F(OpsServerTest, TheQuarantineIsListedAndShown) {
  refuse_one();
  const Value list = get("/admin/quarantine");
  ASSERT_EQ(list.find("items")->array()->size(), 1U);
  EXPECT_EQ(*list.find("items")->array()->at(0).find("error")->string(), "this one is not wanted");
  Value one = get("/admin/quarantine/demo.receiver/2");
  EXPECT_EQ(*one.find("topic")->string(), "refuse");
  EXPECT_EQ(*one.find("event")->find("payload")->find("value")->integer(), 2);
  for (const std::string& place :
       {std::string("demo.receiver/1"), std::string("demo.other/2"),
        std::string("demo.receiver/two"), std::string(600, 'x') + "/2"}) {
    EXPECT_EQ(call("GET", "/admin/quarantine/" + place).status, 404) << place;
  }
}

TEST_F(OpsServerTest, RetryAndDropGoThroughTheLoop) {
  refuse_one();
  const std::string place = "/admin/quarantine/demo.receiver/2";
  EXPECT_EQ(post(place + "/retry").status, 409) << "still refused";
  service_.misbehaves = false;
  HttpReply applied = post(place + "/retry");
  EXPECT_EQ(applied.status, 200);
  EXPECT_NE(applied.body.find("applied"), std::string::npos);
  EXPECT_EQ(count_of(engine_->fold(), service_, 2), 1U);
  EXPECT_EQ(post(place + "/drop").status, 404) << "it is settled";
  EXPECT_EQ(post("/admin/quarantine/" + std::string(600, 'x') + "/2/drop").status, 404);
}

TEST_F(OpsServerTest, ADaemonThatStopsSaysTryAgain) {
  engine_->inbox().close(Error{ErrorCode::unavailable, "stopping"});
  EXPECT_EQ(call("POST", "/admin/quarantine/demo.receiver/2/drop").status, 503);
}

}  // namespace
}  // namespace jieban
