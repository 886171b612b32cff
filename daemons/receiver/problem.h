// How the door's errors are answered over HTTP, and how long it waits for a command's outcome.
// Fails: never. Thread rule: pure.
#pragma once

#include <chrono>

#include "common/base/result.h"
#include "common/http/message.h"

namespace jieban {

constexpr std::chrono::seconds kOutcomeWait{5};

// problem+json: 400, 404, 413, 503 with Retry-After (also where the disk failed), else 500.
HttpResponse problem_of(const Error& error);

}  // namespace jieban
