// The tables of the notifier: what its core writes, and its edge and the tools may read.
//
// `notices` keeps every notice far longer than a stream keeps the event that it is made of, so that
// none is made twice (notice_sweep.h); `due` and `attempting` are derived from it and hold only
// what is open, `notices_made` has all in the order of their age. Thread rule: read from any thread
// in a transaction of its own; only the core writes.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "common/daemon/table.h"
#include "daemons/notifier/delivery.h"
#include "daemons/notifier/used_links.h"

namespace jieban {

// In which attempt an open notice will be, or is.
struct AttemptMark {
  uint64_t attempt = 0;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("attempt", &AttemptMark::attempt);
  }
};

// That an open notice waits for a destination, and may not be told in a list.
struct WaitMark {
  uint64_t attempt = 0;
  std::optional<bool> urgent{};
  std::optional<bool> call{};  // none in rows from before an update

  template <class Visit>
  static void fields(Visit& visit) {
    visit("attempt", &WaitMark::attempt);
    visit("urgent", &WaitMark::urgent);
    visit("call", &WaitMark::call);
  }
};

// An open notice as its destination's queue knows it.
struct WaitingNotice {
  std::string notice_id;
  Timestamp created_at;
  bool urgent = false;
  std::optional<bool> call{};  // somebody is to answer for it; where that is known
};

// A digest that waits for a destination.
struct WaitingList {
  std::string notice_id;
  bool urgent = false;
  bool call = false;
  bool fresh = true;  // never tried, so that it may still take others in
};

// One of those that a digest tells of: what its list and its end need of it.
struct DigestMember {
  std::string notice_id;
  std::string order_no;  // "" when it is about none
  std::string item;      // what the list says of it
  uint64_t orders = 1;   // of how many it tells; of alarms, where it is about no order
  std::optional<std::string> alert{};
  std::optional<std::string> person{};
  uint64_t place = 0;  // in the digest; stored as the key

  template <class Visit>
  static void fields(Visit& visit) {
    visit("notice_id", &DigestMember::notice_id);
    visit("order_no", &DigestMember::order_no);
    visit("item", &DigestMember::item);
    visit("orders", &DigestMember::orders);
    visit("alert", &DigestMember::alert);
    visit("person", &DigestMember::person);
  }
};

// What notices tell of an order; kept because not every event repeats it.
struct OrderCard {
  std::string order_no;
  std::string category;
  std::string community;
  std::optional<std::string> order_class{};
  std::optional<std::string> lead_unit{};  // as the latest dispatch said

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &OrderCard::order_no);
    visit("category", &OrderCard::category);
    visit("community", &OrderCard::community);
    visit("order_class", &OrderCard::order_class);
    visit("lead_unit", &OrderCard::lead_unit);
  }
  bool operator==(const OrderCard&) const = default;
};

// Notices of one channel that can be tried now, and when the next one can.
struct DueNotices {
  std::vector<NoticeRow> rows;
  Timestamp next_due = kTimestampMax;
};

struct NoticeName {
  std::string notice_id;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("notice_id", &NoticeName::notice_id);
  }
};

// Where it stands among all: by the time at which it was made, then by its id.
std::string notice_place(const NoticeRow& row);

class NoticeTables {
 public:
  Result<void> open(TableOpener& opener);

  Result<std::optional<NoticeRow>> find(const Transaction& txn, const std::string& notice_id) const;
  // Writes the row and keeps the derived tables in step with it.
  Result<void> write(Transaction& txn, const NoticeRow* before, const NoticeRow& row) const;

  // The earliest first, at most `count_max` of them.
  Result<DueNotices> due(const Transaction& txn, const std::string& channel, Timestamp now,
                         size_t count_max) const;
  // Open ones of a destination, the oldest first; at most `count_max`.
  Result<std::vector<WaitingNotice>> pending(const Transaction& txn, const std::string& destination,
                                             size_t count_max) const;
  // Of these the urgent ones, but for digests.
  Result<std::vector<std::string>> pending_urgent(const Transaction& txn,
                                                  const std::string& destination,
                                                  size_t count_max) const;
  // Of these the digests.
  Result<std::vector<WaitingList>> pending_lists(const Transaction& txn,
                                                 const std::string& destination) const;
  // Those that a digest tells of, in its order; none where it is no digest.
  Result<std::vector<DigestMember>> members(const Transaction& txn,
                                            const std::string& digest) const;
  // How many those are; from the keys alone.
  Result<size_t> count_members(const Transaction& txn, const std::string& digest) const;
  // At its place.
  Result<void> put_member(Transaction& txn, const std::string& digest,
                          const DigestMember& member) const;
  Result<void> erase_member(Transaction& txn, const std::string& digest, uint64_t place) const;
  // The id of the notice that a gateway calls so; "" when there is none.
  Result<std::string> by_gateway(const Transaction& txn, const std::string& channel,
                                 const std::string& gateway_id) const;
  // Sent ones whose receipt should have come; when the next one should.
  Result<DueNotices> silent(const Transaction& txn, Timestamp now, size_t count_max) const;
  // Attempts that are under way, or were when the process died.
  Result<std::vector<DeliveryBegin>> attempting(const Transaction& txn) const;

  // The latest first, from below a place on (notice_place; "": from the latest on), until `visit`
  // returns false.
  using VisitNotice = std::function<bool(NoticeRow row)>;
  Result<void> newest(const Transaction& txn, std::string_view below,
                      const VisitNotice& visit) const;
  // When the oldest one was made.
  Result<std::optional<Timestamp>> oldest(const Transaction& txn) const;
  // Ids of those that were made before, the oldest first; at most `count_max`.
  Result<std::vector<std::string>> made_before(const Transaction& txn, Timestamp before,
                                               size_t count_max) const;
  // The row, and all that points to it.
  Result<void> erase(Transaction& txn, const NoticeRow& row) const;
  // Puts `count_max` notices, from that key on, in the order of their age. The key that is next;
  // none after the last.
  Result<std::optional<std::string>> order_by_age(Transaction& txn, const std::string& from,
                                                  size_t count_max) const;

  // Notices that wait for their (next) attempt.
  Result<uint64_t> waiting(const Transaction& txn) const { return due_.count(txn); }

  const Table<OrderCard>& orders() const { return orders_; }
  const UsedLinks& used_links() const { return used_links_; }

 private:
  Result<void> forget(Transaction& txn, const NoticeRow& before) const;
  Result<void> forget_names(Transaction& txn, const NoticeRow& row,
                            const std::vector<std::string>& kept) const;
  Result<std::vector<NoticeRow>> read_all(const Transaction& txn,
                                          const std::vector<std::string>& ids) const;

  Table<NoticeRow> notices_;       // notice_id
  Table<AttemptMark> due_;         // channel, due_at, notice_id
  Table<AttemptMark> attempting_;  // notice_id
  Table<WaitMark> pending_;        // destination, created_at, notice_id
  Table<AttemptMark> receipts_;    // receipt_by, notice_id
  Table<NoticeName> gateways_;     // channel, gateway_id
  Table<OrderCard> orders_;        // order_id
  Table<AttemptMark> urgent_;      // destination, created_at, notice_id; but for lists
  Table<WaitMark> lists_;          // the same, of lists
  Table<DigestMember> members_;    // digest, place
  Table<AttemptMark> made_;        // notice_place
  UsedLinks used_links_;
};

}  // namespace jieban
