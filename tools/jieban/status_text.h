// The rows of `jieban status`, from the answers to /admin/status. Pure.
#pragma once

#include <string>
#include <vector>

#include "common/base/result.h"
#include "common/base/value.h"

namespace jieban {

std::vector<std::string> status_headings();
std::vector<std::string> status_row(const std::string& daemon, const Value& status);
std::vector<std::string> down_row(const std::string& daemon, const Error& error);

// "ready", "catching up", "STALLED", "store full".
std::string condition(const Value& status);

}  // namespace jieban
