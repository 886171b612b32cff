// How the notifier's door answers over HTTP: errors as problem+json, values as JSON.
// Fails: never. Thread rule: pure.
#pragma once

#include "common/base/result.h"
#include "common/base/value.h"
#include "common/http/message.h"

namespace jieban {

// 400, 404, 409 refused, 413, 503 with Retry-After, else 500. The message is masked (safe_text.h):
// it may quote what came in.
HttpResponse door_problem(const Error& error);
HttpResponse door_answer(const Value& value);
// The core's "taken", "repeated", or its refusal.
HttpResponse door_answer(const Result<std::string>& answer);
// Asking again later may help: the gateway that asked is to keep what it has.
bool is_passing(const Error& error);
// Whether a gateway that brought a receipt or a reply is to keep it: an Error only where asking
// again may help. What is refused for good (an unknown notice) is done with, or it would come again
// for ever.
Result<void> gateway_may_forget(const Result<std::string>& answer);

}  // namespace jieban
