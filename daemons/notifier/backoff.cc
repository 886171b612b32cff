#include "daemons/notifier/backoff.h"

#include <string>

#include "common/base/check.h"
#include "common/base/crc32c.h"
#include "common/base/random.h"

namespace jieban {

Duration backoff_delay(Duration first, Duration max, uint64_t failures,
                       std::string_view notice_id) {
  CHECK(failures >= 1 && first > Duration::zero() && first <= max);
  Duration delay = first;
  // Doubling stops at the cap, so that nothing overflows however often it failed.
  for (uint64_t i = 1; i < failures && delay < max; ++i) delay = delay > max / 2 ? max : delay * 2;
  std::string seed = std::string(notice_id) + "#" + std::to_string(failures);
  SeededRandom jitter(crc32c(seed));
  auto half = uint64_t(delay.count()) / 2;
  return delay - Duration(jitter.below(half + 1));
}

}  // namespace jieban
