#include "common/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace jieban {

void check_failed(const char* file, int line, const char* expression) {
  std::fprintf(stderr, "<0>level=fatal event=check_failed at=%s:%d expression=\"%s\"\n", file, line,
               expression);
  std::abort();
}

}  // namespace jieban
