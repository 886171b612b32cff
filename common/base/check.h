// CHECK: an assertion that stays on in production.
//
// For errors of ours only, never for input. A failed CHECK prints where and what, and aborts;
// systemd restarts the daemon, which goes on from its last commit.
#pragma once

namespace jieban {

[[noreturn]] void check_failed(const char* file, int line, const char* expression);

}  // namespace jieban

#define CHECK(expression) \
  ((expression) ? void(0) : ::jieban::check_failed(__FILE__, __LINE__, #expression))
