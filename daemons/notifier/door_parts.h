// What the door's routes need from elsewhere: Kannel's queries in the words of the inputs, and the
// silences of the core.
//
// What fails and how: as kannel_callbacks.h; as the store does. Thread rule: pure functions; the
// silences are read in the caller's transaction.
#pragma once

#include <string>
#include <vector>

#include "daemons/notifier/channels/sms_events.h"
#include "daemons/notifier/door_edge.h"
#include "daemons/notifier/notifier.h"

namespace jieban {

DeliveryReceipt delivery_receipt(const std::string& channel, const SmsReceipt& receipt);
TextReply text_reply(const std::string& channel, const SmsReply& reply);

Result<DeliveryReceipt> kannel_delivery(const HttpHeaders& query);
Result<TextReply> kannel_text(const HttpHeaders& query);

// The words of replies by the rules in force. REQUIRES: called from the loop's thread, the core
// open; both outlive what is given. While the rules cannot be read it gives none, and logs why.
WordsNow words_in_force(const Notifier& core, const Fold& fold);

Result<std::vector<SilenceEntry>> silence_entries(const Notifier& core, const Transaction& store);

}  // namespace jieban
