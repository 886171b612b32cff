// Changes of the rota, as the notifier tells them, in words. Pure; any thread.
#pragma once

#include <string>

#include "common/base/value.h"

namespace jieban {

// What has become of a request or a decision, and what it breaks of the limits.
std::string rota_answer_text(const Value& answer);
std::string rota_changes_text(const Value& answer);

}  // namespace jieban
