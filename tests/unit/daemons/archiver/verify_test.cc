// Goal: nothing in the chain can be changed, taken out, put in or moved without being found, not
// even by somebody who computes hashes and checksums anew.
#include "daemons/archiver/verify.h"

#include <functional>

#include "common/crypto/hashes.h"
#include "common/wire/record.h"
#include "tests/unit/daemons/archiver/day.h"

namespace jieban {
namespace {

using namespace archiver_test;

struct Verify : testing::Test {
  Place place;
  Streams streams;

  Verify() {
    for (uint64_t id = 1; id <= 3; ++id) {
      OrderWish wish;
      wish.id = id;
      wish.order_no = "YT-" + std::to_string(id);
      say_order(streams, wish);
    }
    streams.deliver(place);
    place.tick(local("2026-07-19 00:00:00"));
  }

  // Changes the store behind the archiver's back; the store's own checksums are right again.
  void tamper(const std::function<void(Transaction& txn, TableId records)>& change) {
    auto txn = place.fold->environment().write();
    change(*txn, place.core.tables().records);
    ASSERT_TRUE(txn->commit().ok());
  }
  static std::string stored(Transaction& txn, TableId records, uint64_t number) {
    auto value = txn.get(records, make_key(number));
    return std::string(**value);
  }
  ChainReport verified() {
    auto report = verify_chain(place.archive());
    EXPECT_TRUE(report.ok());
    return *report;
  }
};

TEST_F(Verify, AWholeChainIsWhole) {
  ChainReport report = verified();
  EXPECT_FALSE(report.broken_at.has_value()) << report.reason;
  EXPECT_EQ(report.count, 9U);
  auto txn = place.fold->environment().read();
  auto head = chain_head(*txn, place.core.tables().records, "110102007.archiver");
  EXPECT_EQ(report.head_hash, head->hash);
}

TEST_F(Verify, AChainFromWhichEventsWereRefusedIsWhole) {
  OrderWish wish;
  for (uint64_t id : {4U, 5U, 6U}) {
    wish.id = id;
    wish.order_no = "YT-" + std::to_string(id);
    streams.say("router", "order.signed", id, streams.now, NoticeStep());  // cannot be read
    say_order(streams, wish);
  }
  EXPECT_EQ(streams.deliver(place).quarantined, 3U);
  say_move(streams, wish, OrderState::new_order, "sign", streams.now);
  streams.deliver(place);
  ChainReport report = verified();
  EXPECT_FALSE(report.broken_at.has_value()) << report.reason;
  EXPECT_EQ(report.count, 19U);
}

TEST_F(Verify, AnEmptyChainIsWhole) {
  Place empty;
  auto report = verify_chain(empty.archive());
  ASSERT_TRUE(report.ok());
  EXPECT_FALSE(report->broken_at.has_value());
  EXPECT_EQ(report->count, 0U);
}

TEST_F(Verify, EveryFlippedByteIsFound) {
  std::string whole;
  tamper([&](Transaction& txn, TableId records) { whole = stored(txn, records, 4); });
  for (size_t at = 0; at < whole.size(); ++at) {
    tamper([&](Transaction& txn, TableId records) {
      std::string value = whole;
      value[at] = char(value[at] ^ 1);
      ASSERT_TRUE(txn.put(records, make_key(uint64_t{4}), value).ok());
    });
    EXPECT_EQ(verified().broken_at, 4U) << at;
  }
}

TEST_F(Verify, ARemovedRecordIsFoundWhereverItWas) {
  for (uint64_t number : {1, 5, 9}) {
    std::string value;
    tamper([&](Transaction& txn, TableId records) {
      value = stored(txn, records, number);
      ASSERT_TRUE(txn.erase(records, make_key(number)).ok());
    });
    EXPECT_EQ(verified().broken_at, number);
    tamper([&](Transaction& txn, TableId records) {
      ASSERT_TRUE(txn.put(records, make_key(number), value).ok());
    });
  }
  EXPECT_FALSE(verified().broken_at.has_value());
}

TEST_F(Verify, ATailThatWasCutOffAfterTheSealIsFound) {
  OrderWish wish;
  wish.id = 4;
  wish.order_no = "YT-4";
  say_order(streams, wish);
  streams.deliver(place);
  tamper([&](Transaction& txn, TableId records) {
    ASSERT_TRUE(txn.erase(records, make_key(uint64_t{12})).ok());
  });
  EXPECT_EQ(verified().broken_at, 12U);
}

TEST_F(Verify, SwappedRecordsAreFound) {
  tamper([&](Transaction& txn, TableId records) {
    std::string third = stored(txn, records, 3);
    std::string fourth = stored(txn, records, 4);
    ASSERT_TRUE(txn.put(records, make_key(uint64_t{3}), fourth).ok());
    ASSERT_TRUE(txn.put(records, make_key(uint64_t{4}), third).ok());
  });
  EXPECT_EQ(verified().broken_at, 3U);
}

TEST_F(Verify, AnAddedRecordIsFound) {
  tamper([&](Transaction& txn, TableId records) {
    auto head = chain_head(txn, records, "110102007.archiver");
    Event event;
    event.stream = "110102007.router";
    event.sequence = 99;
    ASSERT_TRUE(append_to_chain(txn, records, event, encode_record(event), *head).ok());
  });
  EXPECT_EQ(verified().broken_at, 10U);
}

TEST_F(Verify, AChainThatWasComputedAnewDiffersFromTheSeal) {
  tamper([&](Transaction& txn, TableId records) {
    std::string previous = chain_origin("110102007.archiver");
    for (uint64_t number = 1; number <= 9; ++number) {
      std::string value = stored(txn, records, number);
      std::string body = value.substr(kDigestSize);
      if (number == 2) body.back() = char(body.back() ^ 1);
      previous = chain_hash(previous, body);
      ASSERT_TRUE(txn.put(records, make_key(number), previous + body).ok());
    }
  });
  ChainReport report = verified();
  EXPECT_EQ(report.broken_at, 9U);
  EXPECT_NE(report.reason.find("2026-07-18"), std::string::npos);
}

TEST_F(Verify, AKeyThatIsNoNumberIsFound) {
  tamper([&](Transaction& txn, TableId records) { ASSERT_TRUE(txn.put(records, "x", "y").ok()); });
  EXPECT_EQ(verified().broken_at, 10U);
}

}  // namespace
}  // namespace jieban
