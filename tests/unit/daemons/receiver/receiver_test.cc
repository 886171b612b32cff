// Goal: an order is new once, changes are told with their history, a command counts once, and no
// personal text is anywhere but in boxes.
#include "daemons/receiver/receiver.h"

#include "tests/unit/daemons/receiver/receiver_fixture.h"

namespace jieban {
namespace {

using Topics = std::vector<std::string>;

std::string answer_of(const StepOutcome& outcome) { return *outcome.answers.at(0); }

TEST(Receiver, AnOrderIsNewThenUnchangedThenUpdated) {
  ReceiverFixture receiver;
  StepOutcome first = receiver.submit(leak_order());
  EXPECT_EQ(answer_of(first), "new");
  EXPECT_EQ(topics_of(first), Topics{"order.received"});
  EXPECT_EQ(events_of(first).front().order_id, 1U);
  EXPECT_EQ(events_of(first).front().actor, "city");

  StepOutcome again = receiver.submit(leak_order(), "b-2");
  EXPECT_EQ(answer_of(again), "unchanged");
  EXPECT_TRUE(again.records.empty());

  Submission later = leak_order();
  later.community = "三里河社区";
  StepOutcome updated = receiver.submit(later, "b-3");
  EXPECT_EQ(answer_of(updated), "updated");
  EXPECT_EQ(topics_of(updated), Topics{"order.updated"});
  EXPECT_EQ(answer_of(receiver.submit(leak_order("260310000002"), "b-3")), "new");
  EXPECT_EQ(receiver.known(2).facts.order_no, "260310000002");
}

TEST(Receiver, TheSameRowInTheSameBatchIsAnsweredAsTheFirstTime) {
  ReceiverFixture receiver;
  receiver.submit(leak_order(), "b-1");
  StepOutcome repeated = receiver.submit(leak_order(), "b-1");
  EXPECT_EQ(answer_of(repeated), "new");
  EXPECT_TRUE(repeated.records.empty());
  Submission later = leak_order();
  later.community = "三里河社区";
  receiver.submit(later, "b-2");
  EXPECT_EQ(answer_of(receiver.submit(later, "b-2")), "updated");
  EXPECT_EQ(answer_of(receiver.submit(later, "b-3")), "unchanged");
}

TEST(Receiver, AnUpdateTellsTheWholeOrderAndTheHistory) {
  ReceiverFixture receiver;
  receiver.submit(leak_order());
  Submission later;
  later.order_no = leak_order().order_no;
  later.content = "新的内容";
  later.community = "三里河社区";
  auto told = payload_of<OrderIntake>(events_of(receiver.submit(later, "b-2")).front());
  EXPECT_EQ(told.facts.category, "住房城乡建设>房屋质量");
  EXPECT_EQ(told.facts.community, "三里河社区");
  EXPECT_EQ(told.facts.others.at("source_channel"), "电话");
  EXPECT_EQ(told.hashes.size(), 6U);
  ASSERT_EQ(told.changes.size(), 2U);
  EXPECT_EQ(told.changes[0], (FieldChange{"community", "真武庙社区", "三里河社区"}));
  EXPECT_EQ(told.changes[1].name, "content");
  EXPECT_EQ(told.changes[1].before.size(), 16U);
  EXPECT_NE(told.changes[1].before, told.changes[1].after);
  EXPECT_EQ(receiver.known(1).facts, told.facts);
}

TEST(Receiver, ABoxOpensWithTheKeyOfTheKeyringAndWithNoOther) {
  ReceiverFixture receiver;
  auto told = payload_of<OrderIntake>(events_of(receiver.submit(leak_order())).front());
  auto fields = receiver.open_box(1, told.sealed, *receiver.sealer);
  ASSERT_TRUE(fields.ok());
  EXPECT_EQ(fields->at("caller_phone"), kPlainTexts[3]);
  EXPECT_EQ(fields->at("address"), kPlainTexts[4]);
  EXPECT_NE(fields->at("extra").find(kPlainTexts[5]), std::string::npos);
  EXPECT_FALSE(receiver.open_box(1, told.sealed, *test_sealer('x')).ok());
  EXPECT_FALSE(receiver.open_box(2, told.sealed, *receiver.sealer).ok());
}

TEST(Receiver, NoByteOfTheStoreShowsAPersonalText) {
  ReceiverFixture receiver;
  receiver.submit(leak_order());
  Submission later = leak_order();
  later.caller_phone = "13900000456";
  receiver.submit(later, "b-2");
  receiver.input(receiver.command_input("k-1", leak_order().order_no, "操作员写的自由文字"));
  std::vector<std::string> secrets = kPlainTexts;
  secrets.insert(secrets.end(), {"13900000456", "操作员写的自由文字"});

  auto file = read_file(receiver.store_path() + "/data.mdb", size_t{64} << 20U);
  ASSERT_TRUE(file.ok());
  // The search finds what is open, so it would find a secret too.
  ASSERT_NE(file->find("真武庙社区"), std::string::npos);
  for (const std::string& secret : secrets) {
    EXPECT_EQ(file->find(secret), std::string::npos) << secret;
    for (const auto& [table, rows] : receiver.contents()) {
      for (const auto& [key, value] : rows) {
        EXPECT_EQ((key + value).find(secret), std::string::npos) << table << " " << secret;
      }
    }
  }
}

TEST(Receiver, ACommandCountsOnceForItsKey) {
  ReceiverFixture receiver;
  receiver.submit(leak_order());
  StepOutcome first = receiver.input(receiver.command_input("k-1"));
  ASSERT_EQ(topics_of(first), Topics{"command.sign"});
  EXPECT_EQ(events_of(first).front().order_id, 1U);
  EXPECT_EQ(events_of(first).front().actor, "seat-1");
  StepOutcome again = receiver.input(receiver.command_input("k-1"));
  EXPECT_TRUE(again.records.empty());
  EXPECT_EQ(answer_of(again), answer_of(first));
  EXPECT_EQ(topics_of(receiver.input(receiver.command_input("k-2"))), Topics{"command.sign"});
}

TEST(Receiver, ACommandForAnUnknownOrderIsRefusedAndLeavesNoTrace) {
  ReceiverFixture receiver;
  receiver.submit(leak_order());
  StepOutcome outcome = receiver.input(receiver.command_input("k-1", "26031000000"));
  auto told = decode_payload<CommandOutcome>(answer_of(outcome));
  EXPECT_EQ(told->outcome, "refused");
  EXPECT_EQ(told->code, "order_unknown");
  EXPECT_FALSE(outcome.changed);
  EXPECT_EQ(receiver.command("k-1").outcome, "pending");
}

TEST(Receiver, TheRoutersEventIsTheOutcome) {
  ReceiverFixture receiver;
  receiver.submit(leak_order());
  CommandOutcome asked = receiver.command("k-1");
  EXPECT_EQ(asked.outcome, "pending");
  StepOutcome decided = router_signs(receiver, asked.sequence);
  ASSERT_EQ(decided.signals.size(), 1U);
  EXPECT_EQ(decided.signals[0].topic, kCommandSignal);
  EXPECT_EQ(decided.signals[0].id, asked.sequence);
  CommandOutcome known = receiver.known_command("k-1");
  EXPECT_EQ(known.outcome, "done");
  EXPECT_EQ(known.event, "order.signed");
  EXPECT_EQ(known.state, "SIGNED");
  // What follows from the same command, as a dispatch by the rules, changes nothing.
  EXPECT_TRUE(router_refuses(receiver, asked.sequence).signals.empty());
  EXPECT_EQ(receiver.known_command("k-1").outcome, "done");
  EXPECT_EQ(receiver.command("k-1").outcome, "done");
}

TEST(Receiver, ARefusalIsKeptWithItsReason) {
  ReceiverFixture receiver;
  receiver.submit(leak_order());
  CommandOutcome asked = receiver.command("k-1");
  router_refuses(receiver, asked.sequence);
  CommandOutcome known = receiver.known_command("k-1");
  EXPECT_EQ(known.outcome, "refused");
  EXPECT_EQ(known.code, "state");
  EXPECT_EQ(known.reason, "工单当前为“已签收”");
  EXPECT_EQ(known.state, "SIGNED");
}

TEST(Receiver, ACommandThatTheRouterSetAsideIsStillPendingAndAnsweredLater) {
  ReceiverFixture receiver;
  receiver.submit(leak_order());
  CommandOutcome asked = receiver.command("k-1");
  StepOutcome aside = receiver.event("router", topics::kQuarantined, 1,
                                     Quarantined{"110102007.receiver", asked.sequence, "why"},
                                     {"110102007.receiver", asked.sequence});
  EXPECT_EQ(aside.quarantined, 0U);
  EXPECT_EQ(receiver.known_command("k-1").outcome, "pending");
  router_signs(receiver, asked.sequence);
  EXPECT_EQ(receiver.known_command("k-1").outcome, "done");
}

TEST(Receiver, AnInputOfAnotherTopicIsAnswered) {
  ReceiverFixture receiver;
  Input odd;
  odd.topic = "order.removed";
  StepOutcome outcome = receiver.input(odd);
  EXPECT_EQ(outcome.answers.at(0).error().code, ErrorCode::invalid);
  EXPECT_TRUE(outcome.records.empty());
}

TEST(Receiver, AReplayOfTheJournalGivesTheSameTablesButNoKeys) {
  ReceiverFixture receiver;
  for (int i = 1; i <= 5; ++i) receiver.submit(leak_order("26031000000" + std::to_string(i)));
  Submission later = leak_order();
  later.caller_phone = "13900000456";
  receiver.submit(later, "b-2");
  CommandOutcome asked = receiver.command("k-1");
  receiver.input(receiver.command_input("k-2", leak_order().order_no, "自由文字"));
  router_signs(receiver, asked.sequence);

  CoreHarness<Receiver> again("receiver");
  again.replay(receiver);
  auto wanted = receiver.contents();
  auto got = again.contents();
  EXPECT_EQ(wanted[kKeyringTable].size(), 7U);
  EXPECT_TRUE(got[kKeyringTable].empty());
  wanted.erase(kKeyringTable);
  got.erase(kKeyringTable);
  EXPECT_EQ(got, wanted);
}

// A command attach for an order, as the edge hands it in.
CommandOutcome attach(ReceiverFixture& receiver, const std::string& key,
                      const std::string& order_no, const SealedText& name) {
  CommandRequest request;
  request.order_no = order_no;
  request.command = kAttach;
  request.idempotency_key = key;
  request.arguments = {{"attachment", std::string(64, 'a')}, {"media_type", "image/png"}};
  request.sealed = name.box;
  Input made;
  made.topic = kCommandSubmitted;
  made.payload = encode_payload(request);
  made.secret = name.wrapped_key;
  return *decode_payload<CommandOutcome>(*receiver.input(made).answers.at(0));
}

std::vector<uint64_t> orders_with(ReceiverFixture& receiver) {
  auto row = receiver.core().attachments().get(receiver.read(),
                                               make_key(std::string_view(std::string(64, 'a'))));
  CHECK(row.ok());
  return *row ? (*row)->order_ids : std::vector<uint64_t>();
}

TEST(Receiver, AnAttachmentBelongsToEachOrderThatHasItUntilTheRouterRefuses) {
  ReceiverFixture receiver;
  receiver.submit(leak_order("260310000001"));
  receiver.submit(leak_order("260310000002"));
  const SealedText name = receiver.sealer->seal_text("a.jpg");
  attach(receiver, "k-1", "260310000001", name);
  const CommandOutcome second = attach(receiver, "k-2", "260310000002", name);
  EXPECT_EQ(orders_with(receiver), (std::vector<uint64_t>{1, 2}));
  // Refused once more for an order that has it already: it stays.
  router_refuses(receiver, attach(receiver, "k-3", "260310000001", name).sequence);
  EXPECT_EQ(orders_with(receiver), (std::vector<uint64_t>{1, 2}));
  router_refuses(receiver, second.sequence);
  EXPECT_EQ(orders_with(receiver), std::vector<uint64_t>{1});
}

TEST(Receiver, AFileUnderAnotherKeyTakesThePlaceOfOneWhoseKeyIsGone) {
  ReceiverFixture receiver;
  receiver.submit(leak_order("260310000001"));
  receiver.submit(leak_order("260310000002"));
  attach(receiver, "k-1", "260310000001", receiver.sealer->seal_text("a.jpg"));
  attach(receiver, "k-2", "260310000002", receiver.sealer->seal_text("a.jpg"));
  EXPECT_EQ(orders_with(receiver), std::vector<uint64_t>{2});
}

}  // namespace
}  // namespace jieban
