// What a gateway's answer, or its absence, says of a notice.
//
// Promises: the seam's (channel.h): `failed` only where nothing can have gone out, `unknown` where
// something may have. A code of the gateway's own decides before the status of HTTP does, and words
// never. Errors name numbers only.
// Fails: nothing; what cannot be understood is `unknown`. Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "common/transfer/transfer.h"
#include "daemons/notifier/channel.h"

namespace jieban {

struct CodeMeaning {
  int64_t code = 0;
  DeliveryOutcome outcome = DeliveryOutcome::failed;
};

struct Judgement {
  DeliveryReport report;
  std::optional<int64_t> code = std::nullopt;  // the gateway's own
};

// The call itself failed; `denied` where the proxy does not let us through.
DeliveryReport report_of(const Error& error);
// An account that cannot be read, and the like: somebody has to mend it.
DeliveryReport denied_by(const Error& error);

DeliveryOutcome outcome_of_status(int status);
// A status alone; 429 and 503 may say for how long to keep away.
DeliveryReport report_of_status(const WebReply& reply);

// A code, 0 being well. One that is not in the table has failed: the gateway did not take it.
DeliveryReport report_of_code(int64_t code, std::span<const CodeMeaning> meanings);

// A robot's answer: a JSON object with the code under `key`. Without one the status decides, and
// then nothing is given up (DOMAIN §15.2): it may be a proxy's word, who knows nothing of notices.
Judgement judge(const WebReply& reply, std::string_view key, std::span<const CodeMeaning> meanings);

}  // namespace jieban
