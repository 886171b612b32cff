#include "daemons/router/order_material.h"

#include "common/domain/lifecycle.h"
#include "tests/unit/daemons/router/audit_fixture.h"

namespace jieban {
namespace {

const Timestamp kNow = local_time("2026-03-10 12:00:00");

TEST(MaterialCommand, EachIsACommandOfTheLifeCycle) {
  for (const char* word : {"hand_in", "contact", "feedback", "stage_report", "street_visit",
                           "self_answer", "attach", "audit_pass", "audit_fail"}) {
    EXPECT_NE(material_command(word), nullptr) << word;
    EXPECT_TRUE(is_command(word)) << word;
  }
  EXPECT_EQ(material_command("sign"), nullptr);
}

TEST(RecordOf, KeepsWhatIsFilledInAndWhenItHappened) {
  CommandRequest request;
  request.arguments = {{"method", "phone"}, {"summary", ""}, {"happened_at", "2026-03-10 09:00"}};
  MaterialRecord record = record_of("contact", request, kNow);
  EXPECT_EQ(record.at, local_time("2026-03-10 09:00:00"));
  EXPECT_TRUE(record.values.contains("method"));
  EXPECT_FALSE(record.values.contains("summary"));
  EXPECT_EQ(record_of("hand_in", request, kNow).at, kNow) << "nobody dates his own hand-in";
}

TEST(RecordOf, OfATextTheLengthAndMarksAreKeptAndNeverTheSignature) {
  CommandRequest request;
  request.sealed = SealedBox{};
  request.texts = FactsByText{{"text", {9, {"date"}, Bytes{"sig"}}}};
  EXPECT_EQ(record_of("hand_in", request, kNow).texts.at("text"),
            (TextFacts{9, {"date"}, std::nullopt}));
}

TEST(RecordOf, OfADoorThatToldNothingTheNamesAreKept) {
  CommandRequest request;
  request.sealed = SealedBox{};
  EXPECT_TRUE(record_of("hand_in", request, kNow).texts.contains("text"));
  request.arguments["sealed_fields"] = "plan,text";
  EXPECT_EQ(record_of("hand_in", request, kNow).texts.size(), 2u);
}

TEST(AddRecord, TheOldestGoesWhenThereAreTooMany) {
  OrderMaterial material;
  for (size_t i = 0; i <= kMaterialRecordsMax; ++i) {
    add_record(material, {std::to_string(i), kNow, {}, {}});
  }
  EXPECT_EQ(material.records.size(), kMaterialRecordsMax);
  EXPECT_EQ(material.records.front().kind, "1");
}

TEST(AddAttachment, TakesItsArgumentsAndTheSameContentOnce) {
  CommandRequest request;
  request.arguments = good_command("attach").arguments;
  request.arguments["taken_at"] = "2026-03-10 09:00";
  OrderMaterial material;
  add_attachment(material, request, kNow);
  add_attachment(material, request, kNow);
  ASSERT_EQ(material.attachments.size(), 1u);
  EXPECT_EQ(material.attachments[0].bytes, 1024u);
  EXPECT_EQ(material.attachments[0].taken_at, local_time("2026-03-10 09:00:00"));
}

}  // namespace
}  // namespace jieban
