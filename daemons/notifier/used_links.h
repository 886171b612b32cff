// UsedLinks: the links of messages that have done their work, in the core's tables.
//
// A link is good once (ack_link.h), whatever its ladder did since and however often the notifier
// was started: what it is of, a notice and a person, is kept until the link has expired by itself.
// Bounded: of more than kCountMax those that expire first are forgotten; of them the ladder alone
// says whether they are wanted.
// What fails and how: as the store does. Thread rule: written by the core only; read from any
// thread in a transaction of its own.
#pragma once

#include <string>

#include "common/base/clock.h"
#include "common/daemon/table.h"

namespace jieban {

struct UsedLink {
  Timestamp until;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("until", &UsedLink::until);
  }
};

class UsedLinks {
 public:
  static constexpr size_t kCountMax = 10'000;

  Result<void> open(TableOpener& opener);

  Result<bool> has(const Transaction& txn, const std::string& notice_id,
                   const std::string& person) const;
  // Known until then, at least. Forgets what has expired at `now`.
  Result<void> add(Transaction& txn, const std::string& notice_id, const std::string& person,
                   Timestamp until, Timestamp now) const;
  Result<uint64_t> count(const Transaction& txn) const { return used_.count(txn); }

 private:
  Result<void> forget(Transaction& txn, Timestamp now) const;

  Table<UsedLink> used_;  // notice_id, person
  Table<UsedLink> ends_;  // until, notice_id, person
};

}  // namespace jieban
