// Goal: the door opens with its keys and contacts, or says which of them is wrong.
#include "tests/support/log_lines.h"
#include "tests/unit/daemons/notifier/door_harness.h"

namespace jieban {
namespace {

std::string refusal_of(DoorHarness& harness) {
  auto started = harness.start();
  EXPECT_FALSE(started.ok());
  return started.ok() ? "" : started.error().message;
}

TEST(DoorEdge, SaysWhichKeyIsMissing) {
  for (const char* name : {"keys/link.key", "keys/clients.yaml", "contacts.yaml"}) {
    DoorHarness harness;
    std::filesystem::remove(harness.path(name));
    EXPECT_NE(refusal_of(harness).find(harness.path(name)), std::string::npos) << name;
  }
}

TEST(DoorEdge, DoesNotOpenWithContactsThatOthersRead) {
  DoorHarness harness;
  ASSERT_EQ(chmod(harness.path("contacts.yaml").c_str(), 0644), 0);
  EXPECT_NE(refusal_of(harness).find("chmod 0640"), std::string::npos);
}

TEST(DoorEdge, ListensBeyondThisHostOnlyWhereItIsTold) {
  DoorHarness harness;
  auto settings =
      parse_settings("api: {address: \"0.0.0.0:0\"}\n", "notifier.yaml", notifier_parameters());
  ASSERT_TRUE(settings.ok());
  EXPECT_FALSE(settings->boolean("api.beyond_loopback"));
  HttpServer::Options options;
  options.address = settings->text("api.address");
  EXPECT_FALSE(HttpServer(options).start().ok());
}

TEST(DoorEdge, ReloadsContactsAndKeepsTheOldOnesWhereTheNewAreWrong) {
  DoorHarness harness;
  ASSERT_TRUE(harness.start().ok());
  LogLines lines;
  harness.put("contacts.yaml", "version: \"2\"\npersons: {p-sun: {sms: \"13912345678\"}}\n");
  EXPECT_TRUE(harness.door().reload().ok());
  const std::string reply = "/kannel/mo?text=1&key=" + kKannelKey + "&from=13912345678";
  EXPECT_EQ(harness.get_open(reply).status, 200);
  ASSERT_EQ(harness.core.seen().size(), 1u);
  EXPECT_EQ(harness.core.seen()[0].actor, "p-sun");
  harness.put("contacts.yaml", "persons: {p-sun: {sms: \"13912345678\"}}\n");
  EXPECT_FALSE(harness.door().reload().ok());
  EXPECT_EQ(harness.get_open(reply).status, 200);
  EXPECT_EQ(harness.core.seen().size(), 2u);
}

TEST(DoorEdge, WhatItHasNotGotIsNotThere) {
  DoorHarness harness;
  harness.parts.kannel_reply = nullptr;
  ASSERT_TRUE(harness.start().ok());
  EXPECT_EQ(harness.get_open("/kannel/mo?key=" + kKannelKey).status, 404);
  EXPECT_EQ(harness.get("/api/v1/silences").status, 405) << "they can be added, not listed";
  EXPECT_EQ(harness.get("/").status, 404);
}

TEST(DoorEdge, StopsWhileSomebodyIsConnected) {
  DoorHarness harness;
  ASSERT_TRUE(harness.start().ok());
  auto connection =
      HttpConnection::open("http://127.0.0.1:" + std::to_string(harness.door().port()));
  ASSERT_TRUE(connection.ok());
  HttpCall call;
  call.url = "/a/x";
  ASSERT_TRUE(connection->call(call).ok());
  harness.door().stop();
  EXPECT_FALSE(connection->call(call).ok());
}

}  // namespace
}  // namespace jieban
