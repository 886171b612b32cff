// A shipped file with some words exchanged, for tests that need it faster or on other ports.
#pragma once

#include <string>

#include "common/base/check.h"

namespace jieban {

// REQUIRES: `what` stands there exactly once, or the shipped file is not what the test expects.
inline void exchange(std::string& text, const std::string& what, const std::string& by) {
  const size_t at = text.find(what);
  CHECK(at != std::string::npos);
  text.replace(at, what.size(), by);
  CHECK(text.find(what, at + by.size()) == std::string::npos);
}

}  // namespace jieban
