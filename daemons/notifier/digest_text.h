// The words of a digest: how many orders and alarms wait, and which, as a list that its channel
// takes whole.
//
// Promises: an order is counted once, whoever is called for it and however often; an alarm that is
// about no order is counted as such and listed by what it says, before the orders; each stands on a
// line of its own, once; the text is never longer than the channel's own limit (DOMAIN §15.1 to
// §15.7), with room for the mark of a possible repeat; what does not fit is counted: "…（余N条）".
// What fails and how: nothing. Where a template has no {list}, the list stands at its end.
// Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemons/notifier/channel_kind.h"
#include "daemons/notifier/notice_tables.h"
#include "daemons/notifier/notice_text.h"

namespace jieban {

struct DigestCount {
  uint64_t orders = 0;  // different ones; of calls that tell of many, all of each alert
  uint64_t alarms = 0;  // about no order

  uint64_t all() const { return orders + alarms; }
};

DigestCount count_members(const std::vector<DigestMember>& members);

// What a list says of a call: of what is urgent the place too. Empty where its text says it all.
std::optional<std::string> list_item(const NoticeSubject& subject, bool urgent);
// What a digest has to know of a notice.
DigestMember member_of(const NoticeRow& row);

// REQUIRES: check_template accepted the words for topic "digest". `ack`: how to answer, with {link}
// where a link will stand; there is room for it.
std::string digest_text(std::string_view words, const std::vector<DigestMember>& members,
                        ChannelKind kind, const std::map<std::string, std::string>& unit_names,
                        const std::string& ack = {});

}  // namespace jieban
