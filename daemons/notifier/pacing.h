// Pacing: how often a channel and a person may be written to, and what is said together.
//
// Limits are those of the destination's kind in escalation.yaml: of a channel's gateway, by its
// kind ("wecom_robot"); of a person, by the means ("person_all", "person_phone", "alert_sms"),
// whichever channel of that means carries it. The phone that a channel's account names is a
// person's; a group is one destination, whoever of it is called. A message counts from when its
// attempt begins to when it ends, and from its end on, since a slow gateway may have it at any time
// between (throttle.h); with a person only when it may have gone out. Above a threshold, what waits
// for one destination becomes a digest that counts orders, and takes in what comes before it goes.
// What is urgent is in none of these: it goes first, by itself while the limits let all of it, else
// as a list of its own. A gateway that wants to be left alone is (`hold`), and what waited for that
// goes as one list. A robot counts what it gets and not over which of our channels (DOMAIN §15.1),
// so those that lead to one gateway share its limits and its hold; each has a queue of its own.
// Promises: never more than a limit in any of its windows, over restarts too; no notice is lost,
// and none is in two lists. Fails: as the store does. Thread rule: the loop's thread.
#pragma once

#include <string>
#include <vector>

#include "common/alerting/escalation_file.h"
#include "common/daemon/table.h"
#include "daemons/notifier/notice_tables.h"

namespace jieban {

struct PaceVerdict {
  bool go = true;                   // counted as sent
  Timestamp at = kTimestampMax;     // else: not before this
  std::vector<std::string> digest;  // else, where there are some: these are to be told as one
  std::string into{};               // in this list, which waits already; "": in a new one
};

// What the vendor counts by: the same for channels that lead to the same account of it. A relay
// (spool, webhook) has a gateway of its own for each channel.
std::string gateway_of(const ChannelRule& channel);

// How the gateway is counted of an attempt that is under way: its channel may go, or lead
// elsewhere, before it is over.
struct PacedAttempt {
  std::string gateway;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("gateway", &PacedAttempt::gateway);
  }
};

class Pacing {
 public:
  Result<void> open(TableOpener& opener);
  // REQUIRES: the row is open and due.
  Result<PaceVerdict> ask(const NoticeRow& row, const ChannelRule& channel,
                          const AlertingRules& rules, const NoticeTables& notices,
                          Transaction& store, Timestamp now) const;
  // The gateway of an attempt that has ended. To be called before over(). `channel`: of the row;
  // null when it is gone.
  Result<void> hold(Transaction& store, const NoticeRow& row, const ChannelRule* channel,
                    Timestamp until) const;
  // An attempt is over since `at`. One that reached nobody was no message to the person; the
  // channel's own limits are its vendor's, who counts what was asked.
  Result<void> over(Transaction& store, const NoticeRow& row, const OutcomeMeaning& outcome,
                    Timestamp at) const;

 private:
  Result<void> settle(Transaction& store, const std::string& key, bool counts, Timestamp at) const;

  Result<std::string> counted_by(const Transaction& store, const NoticeRow& row,
                                 const ChannelRule* channel) const;

  Table<ThrottleRow> throttles_;   // by gateway_of(channel), and by reader_of(row)
  Table<PacedAttempt> under_way_;  // by notice
};

}  // namespace jieban
