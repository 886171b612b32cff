// Goal: what is personal goes into the box and nowhere else, and only its key opens it.
#include "daemons/receiver/sealer.h"

#include "tests/unit/daemons/receiver/receiver_fixture.h"

namespace jieban {
namespace {

TEST(Sealer, OpenFieldsBecomeFactsAndPersonalOnesDoNot) {
  Submission order = leak_order();
  order.confidential = true;
  order.due_at = local_time("2026-03-11 08:00:00");
  OrderIntake intake = test_sealer()->seal_order(order, "city", "b-1").intake;
  EXPECT_EQ(intake.facts.order_no, order.order_no);
  EXPECT_EQ(intake.facts.category, "住房城乡建设>房屋质量");
  EXPECT_TRUE(intake.facts.confidential);
  EXPECT_EQ(intake.facts.due_at, order.due_at);
  EXPECT_EQ(intake.facts.others.at("source_channel"), "电话");
  EXPECT_EQ(intake.facts.keyword_groups, std::vector<std::string>{"emergency"});
  EXPECT_EQ(intake.facts.keywords, std::vector<std::string>{"渗漏"});
  EXPECT_EQ(intake.facts.lexicon_version, "9");
  EXPECT_EQ(intake.source, "city");
  EXPECT_EQ(intake.batch_id, "b-1");
  EXPECT_EQ(intake.row_no, 4U);
  std::string payload = encode_payload(intake);
  for (const std::string& secret : kPlainTexts) {
    EXPECT_EQ(payload.find(secret), std::string::npos) << secret;
  }
}

TEST(Sealer, AWholePathComesBeforeTheLevels) {
  Submission order = leak_order();
  order.cat_path = "丙>丁";
  EXPECT_EQ(test_sealer()->seal_order(order, "", "").intake.facts.category, "丙>丁");
  order.cat_path.clear();
  order.cat1.clear();
  EXPECT_EQ(test_sealer()->seal_order(order, "", "").intake.facts.category, "");
}

TEST(Sealer, TheSameOrderHasTheSameHashesAndAnotherBox) {
  auto sealer = test_sealer();
  SealedSubmission one = sealer->seal_order(leak_order(), "city", "b-1");
  SealedSubmission two = sealer->seal_order(leak_order(), "city", "b-2");
  EXPECT_EQ(one.intake.row_hash, two.intake.row_hash);
  EXPECT_EQ(one.intake.hashes, two.intake.hashes);
  EXPECT_NE(one.intake.sealed.box, two.intake.sealed.box);
  EXPECT_NE(one.intake.sealed.key_id, two.intake.sealed.key_id);
  Submission other = leak_order();
  other.caller_phone += "4";
  SealedSubmission three = sealer->seal_order(other, "city", "b-1");
  EXPECT_NE(three.intake.row_hash, one.intake.row_hash);
  EXPECT_NE(three.intake.hashes.at("caller_phone"), one.intake.hashes.at("caller_phone"));
  EXPECT_EQ(three.intake.hashes.at("title"), one.intake.hashes.at("title"));
}

// What finds repeats: nothing beside the fields' own hashes, where these are in their normal form.
TEST(Sealer, NormalFormsOfPhoneAndAddressHaveTheHashThatTheFieldWouldHave) {
  Submission order = leak_order();
  order.caller_phone = "13800000000";
  order.address = "月坛南街1号";
  const OrderIntake plain = test_sealer()->seal_order(order, "", "").intake;
  EXPECT_FALSE(plain.caller || plain.place);
  order.caller_phone = "138-0000-0000";
  order.address = "月坛南街 1号";
  OrderIntake typed = test_sealer()->seal_order(order, "", "").intake;
  EXPECT_EQ(typed.caller, plain.hashes.at("caller_phone"));
  EXPECT_EQ(typed.place, plain.hashes.at("address"));
  EXPECT_NE(typed.hashes.at("caller_phone"), plain.hashes.at("caller_phone"));
  order.caller_phone.clear();
  order.contact_phone = "13800000000";
  order.address = "不详";
  typed = test_sealer()->seal_order(order, "", "").intake;
  EXPECT_EQ(typed.caller, plain.hashes.at("caller_phone")) << "the phone that there is";
  EXPECT_EQ(typed.place, Bytes()) << "says nothing";
}

// Else whoever reads a stream could tell that two people share a name and a phone.
TEST(Sealer, EqualTextsInTwoFieldsHaveDifferentHashes) {
  Submission order = leak_order();
  order.contact_phone = order.caller_phone;
  auto hashes = test_sealer()->seal_order(order, "", "").intake.hashes;
  EXPECT_NE(hashes.at("contact_phone"), hashes.at("caller_phone"));
}

TEST(Sealer, ABoxOpensOnlyWithItsOwnKeyUnderItsOwnMaster) {
  auto sealer = test_sealer();
  SealedText one = sealer->seal_text("自由文字");
  SealedText two = sealer->seal_text("自由文字");
  auto fields = sealer->open(one.box, one.wrapped_key);
  ASSERT_TRUE(fields.ok());
  EXPECT_EQ(fields->at("text"), "自由文字");
  EXPECT_FALSE(sealer->open(one.box, two.wrapped_key).ok());
  EXPECT_FALSE(test_sealer('x')->open(one.box, one.wrapped_key).ok());
  SealedBox damaged = one.box;
  damaged.box.data.back() = char(damaged.box.data.back() ^ 1);
  EXPECT_FALSE(sealer->open(damaged, one.wrapped_key).ok());
  SealedBox exchanged{two.box.key_id, one.box.box};
  EXPECT_FALSE(sealer->open(exchanged, two.wrapped_key).ok());
}

TEST(Sealer, OfATextItTellsLengthAndAKeyedSignatureAndNothingOfTheTextItself) {
  const std::string text = "工作人员到现场核查，情况属实，已当日清理完毕并反馈。";
  const auto facts = test_sealer()->text_facts({{"text", text}});
  EXPECT_EQ(facts.at("text").characters, 26U);
  ASSERT_TRUE(facts.at("text").signature);
  EXPECT_EQ(facts.at("text").signature,
            test_sealer()->text_facts({{"text", text}}).at("text").signature);
  auto lexicon = Lexicon::build("9", {{"routing", {"渗漏"}}});
  const Sealer other(key_of('m'), key_of('j'), std::move(*lexicon));
  EXPECT_NE(other.text_facts({{"text", text}}).at("text").signature, facts.at("text").signature);
}

TEST(Sealer, AFileOpensUnderItsOwnHashOnly) {
  const auto sealer = test_sealer();
  auto sealed = sealer->seal_file("a.jpg", "content", "h1");
  const auto& [box, key] = sealed.name;
  EXPECT_EQ(*sealer->open_file(sealed.content, box.key_id, key, "h1"), "content");
  EXPECT_EQ(sealer->open_file(sealed.content, box.key_id, key, "h2").error().code,
            ErrorCode::corrupt);
  EXPECT_EQ((*sealer->open(box, key)).at("file_name"), "a.jpg");
  auto again = sealer->seal_name("b.jpg", box.key_id, key);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ((*sealer->open(again->box, key)).at("file_name"), "b.jpg");
}

}  // namespace
}  // namespace jieban
