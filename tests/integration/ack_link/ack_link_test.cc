// Goal: the link that the real notifier puts into a call acknowledges when its button is pressed,
// once, in the name of the person called; looking at it does nothing.
#include <gtest/gtest.h>

#include <filesystem>

#include "common/base/file.h"
#include "common/http/client.h"
#include "common/json/json.h"
#include "tests/support/ringing_site.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

constexpr Duration kPatience = std::chrono::seconds(60);
constexpr const char* kBase = "https://desk.example";

struct AckLink : testing::Test {
  AckLink() : site("  []\n", std::string("links: {base: \"") + kBase + "\"}\n") { write_rules(); }

  void write_rules() {
    const std::string rules =
        "version: \"2\"\nattempts_max: 60\nretry_first: 20ms\nretry_max: 100ms\n"
        "templates: {call: \"{summary} {link}\"}\nchannels:\n"
        "  - {name: relay, kind: spool, target: " +
        site.path("relay") + ", method: sms}\n";
    ASSERT_TRUE(write_file(site.path("etc/notices.yaml"), rules, 0600).ok());
  }
  // The text that the relay has been given, with its link.
  std::string relayed() const {
    std::error_code none;
    for (const auto& file : std::filesystem::directory_iterator(site.path("relay"), none)) {
      auto text = read_file(file.path(), 100'000);
      if (!text.ok() || file.path().extension() != ".json") continue;
      auto event = parse_json(*text);
      const Value* data = event.ok() ? event->find("data") : nullptr;
      if (data != nullptr) return *data->find("text")->string();
    }
    return {};
  }
  HttpReply ask(const std::string& method, const std::string& path) const {
    HttpCall call;
    call.method = method;
    call.url = "http://" + site.site().site().daemon("notifier").api_address + path;
    auto reply = http_call(call);
    return reply.ok() ? *reply : HttpReply{};
  }
  size_t acknowledged() { return site.count_events("alert.acknowledged"); }

  mutable RingingSite site;
};

TEST_F(AckLink, PressedOnceAcknowledgesInTheNameOfThePersonCalled) {
  site.start();
  ASSERT_TRUE(site.raise({"DaemonDown"}, kPatience)) << site.logs();
  ASSERT_TRUE(wait_until([&] { return !relayed().empty(); }, kPatience)) << site.logs();
  const std::string text = relayed();
  const std::string beginning = std::string("DaemonDown ") + kBase;
  ASSERT_TRUE(text.starts_with(beginning + "/a/")) << text;
  const std::string path = text.substr(beginning.size());

  EXPECT_EQ(ask("GET", path).status, 200);
  EXPECT_EQ(acknowledged(), 0U);
  std::string forged = path;
  forged[forged.size() / 2] = forged[forged.size() / 2] == 'A' ? 'B' : 'A';
  EXPECT_EQ(ask("POST", forged).status, 404);
  EXPECT_EQ(acknowledged(), 0U);

  EXPECT_EQ(ask("POST", path).status, 200);
  EXPECT_EQ(ask("POST", path).status, 200);
  ASSERT_EQ(acknowledged(), 1U);
  for (const ToldEvent& event : site.events()) {
    if (event.topic != "alert.acknowledged") continue;
    EXPECT_EQ(*event.payload.find("person")->string(), RingingSite::kPerson);
    EXPECT_EQ(*event.payload.find("via")->string(), "link");
  }
  // No event holds the link: whoever reads the stream cannot press it.
  for (const ToldEvent& event : site.events()) {
    EXPECT_EQ(to_json(event.payload).find(path), std::string::npos) << event.topic;
  }
}

TEST_F(AckLink, ATextWithALinkAndNoAddressForLinksStopsTheStart) {
  RingingSite other("  []\n");
  const std::string rules = *read_file(site.path("etc/notices.yaml"), 100'000);
  ASSERT_TRUE(write_file(other.path("etc/notices.yaml"), rules, 0600).ok());
  other.start();
  auto code = other.site().wait_ended("notifier", kPatience);
  ASSERT_TRUE(code.has_value());
  EXPECT_EQ(*code, 78);
  EXPECT_NE(other.logs().find("links.base"), std::string::npos) << other.logs();
}

}  // namespace
}  // namespace jieban
