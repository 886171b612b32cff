// Goal: of a hand-over are the texts of its signatures, of its notes and of what let it pass, and
// of no other; and they leave the archive sealed.
#include "daemons/archiver/handover_written.h"

#include "common/json/json.h"
#include "tests/unit/daemons/archiver/day.h"

namespace jieban {
namespace {

using namespace archiver_test;

class HandoverWritten : public testing::Test {
 protected:
  void say(std::string_view topic, const std::string& at, uint64_t number,
           const std::string& text) {
    HandoverMove move;
    move.handover = number;
    if (!text.empty()) move.sealed = SealedBox{Bytes{"key of " + text}, Bytes{text}};
    if (topic == "handover.noted") move.arguments.emplace()["note_kind"] = "event";
    if (topic == "handover.signed_out") {
      HandoverSection& section = move.section.emplace();
      section.since = since;
      section.at = local(at);
    }
    if (topic == "handover.signed_in") since = local(at);
    streams.say("router", topic, 0, local(at), move);
  }
  std::vector<std::string> texts_of(const std::string& number) {
    auto parts = find_written(place.archive(), number);
    EXPECT_TRUE(parts.ok());
    std::vector<std::string> texts;
    for (const WrittenPart& part : *parts) texts.push_back(part.sealed.box.data);
    return texts;
  }
  Place place;
  Streams streams;
  Timestamp since = local("2026-07-18 00:00:00");
};

using Texts = std::vector<std::string>;

TEST_F(HandoverWritten, EachTextIsOfItsOwnHandOver) {
  say("handover.noted", "2026-07-18 03:00:00", 1, "note 1");
  say("handover.signed_out", "2026-07-18 08:30:00", 1, "log 1");
  say("handover.signed_in", "2026-07-18 08:35:00", 1, "");
  say("handover.noted", "2026-07-18 12:00:00", 2, "note 2");
  say("handover.signed_out", "2026-07-18 20:30:00", 2, "log 2");
  streams.deliver(place);
  EXPECT_EQ(texts_of("1"), (Texts{"note 1", "log 1"}));
  EXPECT_EQ(texts_of("2"), (Texts{"note 2", "log 2"}));
  EXPECT_EQ(find_written(place.archive(), "3").error().code, ErrorCode::not_found);
}

TEST_F(HandoverWritten, AnOverrideIsOfEveryLogOfItsWatchThatItLetPass) {
  say("handover.overridden", "2026-07-18 08:00:00", 1, "why it passes");
  say("handover.signed_out", "2026-07-18 08:30:00", 1, "log 1");
  say("handover.withdrawn", "2026-07-18 08:40:00", 1, "nobody came");
  say("handover.signed_out", "2026-07-18 09:00:00", 2, "log 2");
  say("handover.overridden", "2026-07-18 09:05:00", 2, "another one");
  say("handover.signed_in", "2026-07-18 09:10:00", 2, "");
  say("handover.overridden", "2026-07-18 20:00:00", 3, "of the evening");
  streams.deliver(place);
  EXPECT_EQ(texts_of("1"), (Texts{"why it passes", "log 1", "nobody came"}));
  EXPECT_EQ(texts_of("2"), (Texts{"why it passes", "log 2", "another one"}));
}

TEST_F(HandoverWritten, APartSaysWhoWroteItAndStaysSealed) {
  say("handover.noted", "2026-07-18 03:00:00", 1, "note 1");
  say("handover.signed_out", "2026-07-18 08:30:00", 1, "log 1");
  streams.deliver(place);
  auto parts = find_written(place.archive(), "1");
  ASSERT_TRUE(parts.ok());
  EXPECT_EQ(to_json(written_value({parts->front()})),
            R"({"parts":[{"topic":"handover.noted","label":"值班记事","at":"2026-07-18 03:00:00",)"
            R"("by":"system","kind":"event","key_id":"a2V5IG9mIG5vdGUgMQ==",)"
            R"("box":"bm90ZSAx"}]})");
}

TEST_F(HandoverWritten, WhoWasShownTheTextsStandsWithTheLog) {
  say("handover.signed_out", "2026-07-18 08:30:00", 1, "log 1");
  const HandoverReading reading{1, "team_leader", "desk", {"00"}};
  const HandoverReading other{2, "seat", "desk", {"01"}};
  streams.say("receiver", kHandoverReadTopic, 0, local("2026-07-18 09:00:00"), reading);
  streams.say("receiver", kHandoverReadTopic, 0, local("2026-07-18 09:01:00"), other);
  streams.deliver(place);
  auto found = find_handover(place.archive(), "1");
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(to_json(*handover_value(*found).find("readings")),
            R"([{"at":"2026-07-18 09:00:00","by":"system","role":"team_leader"}])");
}

}  // namespace
}  // namespace jieban
