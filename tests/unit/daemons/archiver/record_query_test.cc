// Goal: every record of the desk stands in the list of its kind, newest first, page by page, and of
// one order; and no list shows another kind's.
#include "daemons/archiver/record_query.h"

#include "common/domain/record_kind.h"
#include "tests/unit/daemons/archiver/day.h"

namespace jieban {
namespace {

using namespace archiver_test;

void say_record(Streams& streams, const OrderWish& wish, std::string_view topic, Timestamp at,
                std::map<std::string, std::string> arguments = {}) {
  OrderMove move;
  move.order_no = wish.order_no;
  move.from = OrderState::handling;
  move.to = OrderState::handling;
  move.command = "contact";
  move.role = "unit";
  move.arguments = std::move(arguments);
  move.sealed = SealedBox{Bytes{"key"}, Bytes{"geheim"}};
  streams.say("router", topic, wish.id, at, move);
}

RecordFilter of_kind(const std::string& kind) {
  RecordFilter filter;
  filter.kind = kind;
  return filter;
}

class RecordQuery : public testing::Test {
 protected:
  void SetUp() override {
    OrderWish first;
    OrderWish second;
    second.id = 2;
    second.order_no = "YT-2";
    say_order(streams, first);
    say_order(streams, second);
    for (int i = 0; i < 5; ++i) {
      const Timestamp at = local("2026-07-18 10:00:00") + std::chrono::minutes(i);
      say_record(streams, i % 2 == 0 ? first : second, "order.contacted", at,
                 {{"method", "phone"}, {"attempt", std::to_string(i + 1)}});
    }
    say_record(streams, first, "order.fed_back", local("2026-07-18 11:00:00"));
    streams.deliver(place);
  }
  std::vector<std::string> attempts(const RecordPage& page) {
    std::vector<std::string> out;
    const Value value = records_value(page);
    for (const Value& record : *value.find("records")->array()) {
      out.push_back(*record.find("fields")->find("attempt")->string());
    }
    return out;
  }
  Place place;
  Streams streams;
};

using Attempts = std::vector<std::string>;

TEST_F(RecordQuery, AKindIsListedNewestFirstAndPageByPage) {
  RecordFilter filter = of_kind("contact");
  filter.page_size = 2;
  auto page = list_records(place.archive(), filter);
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(attempts(*page), (Attempts{"5", "4"}));
  filter.below = page->next.value();
  page = list_records(place.archive(), filter);
  EXPECT_EQ(attempts(*page), (Attempts{"3", "2"}));
  filter.below = page->next.value();
  page = list_records(place.archive(), filter);
  EXPECT_EQ(attempts(*page), (Attempts{"1"}));
  EXPECT_FALSE(page->next.has_value());
}

TEST_F(RecordQuery, AnOrdersRecordsAreItsOwn) {
  RecordFilter filter = of_kind("contact");
  filter.order_no = "YT-2";
  auto page = list_records(place.archive(), filter);
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(attempts(*page), (Attempts{"4", "2"}));
  filter.order_no = "YT-9";
  EXPECT_EQ(list_records(place.archive(), filter).error().code, ErrorCode::not_found);
}

TEST_F(RecordQuery, ATimeSpanCutsBothEnds) {
  RecordFilter filter = of_kind("contact");
  filter.from = local("2026-07-18 10:01:00");
  filter.to = local("2026-07-18 10:03:00");
  EXPECT_EQ(attempts(*list_records(place.archive(), filter)), (Attempts{"3", "2"}));
  filter.order_no = "YT-1";
  EXPECT_EQ(attempts(*list_records(place.archive(), filter)), (Attempts{"3"}));
  size_t seen = 0;
  auto walked =
      for_each_record(place.archive(), "contact", *filter.from, *filter.to, [&](const Event&) {
        ++seen;
        return Result<void>();
      });
  ASSERT_TRUE(walked.ok());
  EXPECT_EQ(seen, 2U);
}

TEST_F(RecordQuery, ARowSaysWhoDidItAndHidesWhatIsSealed) {
  auto page = list_records(place.archive(), of_kind("feedback"));
  ASSERT_TRUE(page.ok());
  const Value value = records_value(*page);
  const Value& row = value.find("records")->array()->at(0);
  EXPECT_EQ(*row.find("order_no"), Value("YT-1"));
  EXPECT_EQ(*row.find("at"), Value("2026-07-18 11:00:00"));
  EXPECT_EQ(*row.find("label"), Value("反馈"));
  EXPECT_EQ(*row.find("role"), Value("unit"));
  EXPECT_EQ(*row.find("has_sealed_text"), Value(true));
  EXPECT_EQ(row.find("sealed"), nullptr);
}

TEST_F(RecordQuery, OtherKindsAreEmptyAndUnknownOnesRefused) {
  for (const RecordKind& row : record_kinds()) {
    if (row.kind == "contact" || row.kind == "feedback") continue;
    auto page = list_records(place.archive(), of_kind(std::string(row.kind)));
    ASSERT_TRUE(page.ok());
    EXPECT_TRUE(page->records.empty()) << row.kind;
  }
  EXPECT_EQ(list_records(place.archive(), of_kind("gossip")).error().code, ErrorCode::invalid);
  RecordFilter filter = of_kind("contact");
  filter.page_size = 0;
  EXPECT_FALSE(list_records(place.archive(), filter).ok());
  filter = of_kind("contact");
  filter.below = "zz";
  EXPECT_FALSE(list_records(place.archive(), filter).ok());
}

}  // namespace
}  // namespace jieban
