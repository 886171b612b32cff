// Goal: of imports is told, whether they had news or not; at once, then once a minute of all that
// came meanwhile, and nothing is left out of the sums.
#include "daemons/receiver/import_log.h"

#include "tests/unit/daemons/receiver/receiver_fixture.h"

namespace jieban {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class ImportDesk : public ReceiverFixture {
 public:
  std::string bring(const ImportDone& done) {
    Input made;
    made.topic = kImportSubmitted;
    made.actor = done.source;
    made.payload = encode_payload(done);
    StepOutcome outcome = input(made);
    keep(outcome);
    const auto& answer = outcome.answers.at(0);
    return answer.ok() ? *answer : std::string(to_string(answer.error().code));
  }
  void turn() { keep(tick()); }
  Timestamp due() { return *core().next_due(read()); }

  std::vector<ImportDone> told;

 private:
  void keep(const StepOutcome& outcome) {
    for (const Event& event : events_of(outcome)) {
      ASSERT_EQ(event.topic, topics::kImportDone);
      EXPECT_EQ(event.order_id, 0U);
      told.push_back(payload_of<ImportDone>(event));
    }
  }
};

ImportDone a_push(const std::string& source = "city") {
  return import_done(source, {OrderOutcome::added, OrderOutcome::updated, OrderOutcome::unchanged},
                     2);
}

TEST(ImportLog, AnImportWithoutNewsIsToldOf) {
  ImportDesk desk;
  EXPECT_EQ(desk.bring(import_done("import", {}, 0)), "told");
  ASSERT_EQ(desk.told.size(), 1U);
  EXPECT_EQ(desk.told[0], (ImportDone{"import", 1, 0, 0, 0, 0, 0, desk.now}));
}

TEST(ImportLog, TheCountsAreThoseOfTheRows) {
  ImportDesk desk;
  desk.bring(a_push());
  EXPECT_EQ(desk.told.at(0), (ImportDone{"city", 1, 5, 1, 1, 1, 2, desk.now}));
}

TEST(ImportLog, WhatComesWithinAMinuteIsToldTogetherAtItsEnd) {
  ImportDesk desk;
  const Timestamp start = desk.now;
  desk.bring(a_push());
  for (int i = 0; i < 50; ++i) {
    desk.now += seconds(1);
    EXPECT_EQ(desk.bring(a_push()), "kept");
  }
  EXPECT_EQ(desk.told.size(), 1U);
  EXPECT_EQ(desk.due(), start + minutes(1));
  desk.now = start + minutes(1) - Duration(1);
  desk.turn();
  EXPECT_EQ(desk.told.size(), 1U) << "not yet";
  desk.now = start + minutes(1);
  desk.turn();
  ASSERT_EQ(desk.told.size(), 2U);
  EXPECT_EQ(desk.told[1], (ImportDone{"city", 50, 250, 50, 50, 50, 100, start + seconds(50)}))
      << "of the instant of the last one";
  EXPECT_EQ(desk.due(), kTimestampMax);
  desk.now += minutes(5);
  desk.turn();
  EXPECT_EQ(desk.told.size(), 2U) << "nothing waits";
  EXPECT_EQ(desk.bring(a_push()), "told");
}

TEST(ImportLog, SourcesDoNotWaitForEachOther) {
  ImportDesk desk;
  desk.bring(a_push("city"));
  EXPECT_EQ(desk.bring(a_push("import")), "told");
  EXPECT_EQ(desk.bring(a_push("city")), "kept");
}

TEST(ImportLog, WhatWaitsOutlivesACrashAndAReplayTellsTheSame) {
  ImportDesk desk;
  const Timestamp start = desk.now;
  desk.bring(a_push());
  desk.now += seconds(10);
  desk.bring(a_push());
  desk.reopen();
  desk.now = start + minutes(1);
  desk.turn();
  EXPECT_EQ(desk.told.size(), 2U);
  CoreHarness<Receiver> again("receiver");
  again.replay(desk);
  EXPECT_EQ(again.contents(), desk.contents());
}

TEST(ImportLog, AnImportOfNobodyIsRefused) {
  ImportDesk desk;
  EXPECT_EQ(desk.bring(a_push("")), "invalid");
  ImportDone nothing = a_push();
  nothing.batches = 0;
  EXPECT_EQ(desk.bring(nothing), "invalid");
  EXPECT_TRUE(desk.told.empty());
}

}  // namespace
}  // namespace jieban
