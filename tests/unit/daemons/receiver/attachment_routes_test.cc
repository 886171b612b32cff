// Goal: over a real socket, an upload is answered with what the router decided, and only those
// who may see an attachment get it.
#include "common/base/bytes.h"
#include "common/crypto/hashes.h"
#include "daemons/receiver/http_edge.h"
#include "tests/unit/daemons/receiver/edge_scene.h"

namespace jieban {
namespace {

const std::string kPhoto = "\xff\xd8\xff photo";
const std::string kHash = to_hex(sha256(kPhoto));

class AttachmentRoutes : public testing::Test {
 protected:
  void SetUp() override {
    scene.receiver.submit(leak_order());
    edge.use(std::make_shared<Door>(*scene.context, scene.receiver.sealer));
    ASSERT_TRUE(edge.start(*scene.context).ok());
    scene.loop.edge = &edge;
    scene.loop.decide = [this](ReceiverFixture& receiver, const Event& command) {
      return good ? router_signs(receiver, command.sequence)
                  : router_refuses(receiver, command.sequence);
    };
    scene.loop.start();
  }
  void TearDown() override {
    edge.stop();
    scene.loop.stop();
  }
  HttpReply call(const std::string& method, const std::string& target, const std::string& body = "",
                 const std::string& type = "image/jpeg") {
    HttpCall made;
    made.url = "http://127.0.0.1:" + std::to_string(edge.port()) + target;
    made.method = method;
    made.body = body;
    made.headers = {{"Authorization", "Bearer " + kToken}, {"Content-Type", type}};
    auto reply = http_call(made);
    CHECK(reply.ok());
    return std::move(*reply);
  }
  HttpReply upload(const std::string& body = kPhoto, const std::string& type = "image/jpeg") {
    return call("POST", "/api/v1/orders/260310000001/attachments?kind=photo&role=unit&name=a.jpg",
                body, type);
  }

  EdgeScene scene;
  HttpEdge edge{scene.receiver.core()};
  std::atomic<bool> good = true;
};

TEST_F(AttachmentRoutes, AnUploadIsAnsweredAfterItsEventAndGivenToThoseWhoMaySeeIt) {
  EXPECT_EQ(upload().status, 200);
  HttpReply shown = call("GET", "/api/v1/attachments/" + kHash + "?role=audit");
  EXPECT_EQ(shown.status, 200);
  EXPECT_EQ(shown.body, kPhoto);
  EXPECT_EQ(shown.headers["content-type"], "image/jpeg");
  EXPECT_EQ(shown.headers["x-content-type-options"], "nosniff");
  for (const char* role : {"analyst", "street_leader", "", "nobody"}) {
    EXPECT_EQ(call("GET", "/api/v1/attachments/" + kHash + "?role=" + role).status, 403) << role;
  }
  EXPECT_NE(call("GET", "/api/v1/attachments/" + kHash + "/verify").body.find("\"intact\":true"),
            std::string::npos);
}

TEST_F(AttachmentRoutes, ARefusedOneIsNotKept) {
  good = false;
  EXPECT_EQ(upload().status, 409);
  EXPECT_EQ(call("GET", "/api/v1/attachments/" + kHash + "?role=audit").status, 404);
}

TEST_F(AttachmentRoutes, EachFaultHasItsStatus) {
  EXPECT_EQ(upload("no photo").status, 400);
  EXPECT_EQ(upload(kPhoto, "text/html").status, 400);
  EXPECT_EQ(upload(kPhoto + std::string(9000, 'x')).status, 413);
  EXPECT_EQ(call("POST", "/api/v1/orders/269999999999/attachments?kind=photo", kPhoto).status, 404);
  EXPECT_EQ(call("POST", "/api/v1/orders/260310000001/attachments?taken_at=noon", kPhoto).status,
            400);
  EXPECT_EQ(call("POST", "/api/v1/orders/260310000001/commands/attach",
                 R"({"idempotency_key":"k"})", "application/json")
                .status,
            400);
  EXPECT_EQ(call("GET", "/api/v1/attachments/nonsense?role=audit").status, 400);
  scene.loop.full = true;
  EXPECT_EQ(upload().status, 503);
}

}  // namespace
}  // namespace jieban
