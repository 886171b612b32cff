// Contracts and notes are read strictly; the shipped ones say what the papers say.
#include "common/assessment/contract.h"

#include <gtest/gtest.h>

#include "tests/support/calendars.h"

namespace jieban {
namespace {

Contract shipped(const std::string& name) {
  auto read = load_contract(JIEBAN_SOURCE_DIR "/config/contracts/" + name);
  EXPECT_TRUE(read.ok()) << (read.ok() ? "" : read.error().message);
  return read.ok() ? *read : Contract();
}

std::string refusal(const std::string& text, bool notes) {
  auto document = Document::parse(text, "c.yaml");
  if (!document.ok()) return document.error().message;
  if (notes) {
    auto read = read_notes(*document);
    return read.ok() ? "read" : read.error().message;
  }
  auto read = read_contract(*document);
  return read.ok() ? "read" : read.error().message;
}

std::string with(const std::string& rest) {
  return "version: v\nstreet: \"1\"\nname: n\nparty_a: a\nparty_b: b\nsigned: 2026-01-01\n"
         "term: 2026-02-01/2026-12-31\ntotal_fen: 100\n" +
         rest;
}

// DOMAIN §1.1, §1.3.
TEST(Contract, OfTheFirstStreetIsAsItsPaperSays) {
  const Contract contract = shipped("yuetan.yaml");
  EXPECT_FALSE(contract.official);
  EXPECT_EQ(contract.total_fen, 185'076'100u);
  EXPECT_EQ(to_text(contract.signed_on), "2026-01-28");
  EXPECT_EQ(contract.targets.size(), 4u);
  uint64_t posts = 0;
  for (const Post& post : contract.posts) posts += post.count;
  EXPECT_EQ(posts, 11u);
  ASSERT_EQ(contract.obligations.size(), 5u);
  EXPECT_EQ(contract.obligations[0].amount_fen * 2, contract.total_fen);
  EXPECT_EQ(contract.obligations[1].amount_fen * 10, contract.total_fen * 3);
  ASSERT_EQ(contract.penalties.size(), 1u);
  EXPECT_EQ(contract.penalties[0].permille, 100u);
  EXPECT_FALSE(contract.rectification_limit);
}

TEST(Contract, OfTheSecondStreetIsAsItsPaperSays) {
  const Contract contract = shipped("desheng.yaml");
  EXPECT_FALSE(contract.official);
  EXPECT_EQ(contract.total_fen, 195'656'400u);
  EXPECT_EQ(contract.replacement_days, 10u);
  EXPECT_EQ(contract.rectification_limit, 3u);
  EXPECT_TRUE(contract.targets.empty());
  EXPECT_EQ(contract.obligations.size(), 9u);
  EXPECT_EQ(contract.obligations[0].amount_fen * 2, contract.total_fen);
  EXPECT_EQ(contract.penalties[0].permille, 10u);
}

TEST(Contract, WhatIsHalfSaidIsRefused) {
  EXPECT_EQ(refusal(with(""), false), "read");
  const std::string duty = "  - {id: p, kind: payment, party: a, title: t, source: s, due: ";
  for (const std::string& rest :
       {std::string("targets: [speed]\n"), "obligations:\n" + duty + "{days: 3}}\n",
        "obligations:\n" + duty + "{after: signed}}\n",
        "obligations:\n" + duty + "{on: 2026-03-01, days: 3}}\n",
        "obligations:\n" + duty + "{after: signed, days: 3, months: 1}}\n",
        "obligations:\n" + duty + "{before: other, workdays: 3}}\n",
        "obligations:\n" + duty + "{after: signed, before_event: stop, days: 3}}\n",
        "obligations:\n" + duty + "{on: 2026-03-01}}\n" + duty + "{on: 2026-03-01}}\n",
        std::string("penalties:\n  - {title: t, when: always, permille: 1, source: s}\n"),
        std::string("penalties:\n  - {title: t, when: rate_missed, permille: 1}\n"),
        std::string("posts: [{title: t, count: 0}]\n"), std::string("colour: red\n")}) {
    const std::string told = refusal(with(rest), false);
    EXPECT_TRUE(told.starts_with("c.yaml:")) << rest << told;
  }
}

TEST(LedgerNotes, AreReadAndContradictionsRefused) {
  auto document = Document::parse(
      "version: 1\nevents: {audit_done: 2027-07-10}\n"
      "done:\n  - {obligation: payment_1, on: 2026-02-20, evidence: 回单}\n"
      "staffing: [{title: 坐席人员岗, count: 4}]\n"
      "misses:\n  - {order_no: \"1\", figure: sign, cause: upstream, agreed: true, evidence: e}\n"
      "rectifications:\n  - {id: R1, demanded: 2026-08-01, due: 2026-08-05, text: t}\n"
      "replacements:\n  - {post: 坐席, demanded: 2026-08-01}\n",
      "n.yaml");
  auto notes = read_notes(*document);
  ASSERT_TRUE(notes.ok()) << notes.error().message;
  EXPECT_EQ(to_text(notes->events.at("audit_done")), "2027-07-10");
  EXPECT_EQ(notes->done.at("payment_1").evidence, "回单");
  EXPECT_TRUE(notes->misses.at({"1", "sign"}).excused());
  EXPECT_EQ(notes->rectifications.size() + notes->replacements.size(), 2u);
  const std::string miss = "  - {order_no: \"1\", figure: sign, cause: staff}\n";
  EXPECT_TRUE(refusal("version: 1\nmisses:\n" + miss + miss, true).starts_with("c.yaml:"));
  EXPECT_TRUE(
      refusal("version: 1\nmisses:\n  - {order_no: \"1\", figure: sign, cause: luck}\n", true)
          .starts_with("c.yaml:"));
}

TEST(LedgerNotes, WhatTheContractDoesNotHaveIsRefused) {
  const Contract contract = shipped("yuetan.yaml");
  const auto fits = [&](const auto& change) {
    LedgerNotes notes;
    change(notes);
    return check_notes(contract, notes).ok();
  };
  const Date when = day("2026-07-01");
  EXPECT_TRUE(fits([&](LedgerNotes& notes) { notes.done["payment_1"] = {when, ""}; }));
  EXPECT_FALSE(fits([&](LedgerNotes& notes) { notes.done["paymnet_1"] = {when, ""}; }));
  EXPECT_TRUE(fits([](LedgerNotes& notes) { notes.filled["班组长岗"] = 1; }));
  EXPECT_FALSE(fits([](LedgerNotes& notes) { notes.filled["组长岗"] = 1; }));
  EXPECT_FALSE(fits([](LedgerNotes& notes) { notes.misses[{"1", "speed"}] = {}; }));
  EXPECT_FALSE(fits([](LedgerNotes& notes) {
    notes.misses[{"1", "sign"}] = {"staff", "", {}, "R9"};
  }));
}

TEST(LedgerNotes, OnlyAnAgreedCauseFromOutsideExcuses) {
  EXPECT_FALSE((MissNote{"staff", "", true, ""}).excused());
  EXPECT_FALSE((MissNote{"upstream", "", {}, ""}).excused());
  EXPECT_FALSE((MissNote{"force_majeure", "", false, ""}).excused());
  EXPECT_TRUE((MissNote{"force_majeure", "", true, ""}).excused());
}

}  // namespace
}  // namespace jieban
