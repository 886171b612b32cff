// What Kannel calls back: receipts (DLR) and replies (MO), as queries of a GET.
//
// A receipt comes to the account's `callback`, with `notice` and `type` (kannel_sms.h). A reply
// comes to the get-url of a sms-service, which is to end with
//   ?from=%p&text=%b&charset=%C&at=%T&id=%I
// of a smsbox with `mo-recode`, which turns what telephones send as UCS-2 into UTF-8.
// What fails and how: `invalid` names the parameter that is missing or wrong, never its value.
// Thread rule: pure functions.
#pragma once

#include <optional>

#include "common/base/result.h"
#include "common/http/message.h"
#include "daemons/notifier/channels/sms_events.h"

namespace jieban {

// `query`: percent-decoded, as HttpRequest has it.
Result<SmsReceipt> kannel_receipt(const HttpHeaders& query);
Result<SmsReply> kannel_reply(const HttpHeaders& query);

}  // namespace jieban
