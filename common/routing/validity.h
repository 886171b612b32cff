// From which day to which a rule holds; both days count whole, in Asia/Shanghai.
//
// A rule without it always holds. Dates are read once, strictly: "2026-02-14", a day that exists,
// the last not before the first. Fails with the place in the file. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "common/base/clock.h"
#include "common/config/document.h"

namespace jieban {

struct Validity {
  std::optional<Timestamp> from;   // the first instant of the first day
  std::optional<Timestamp> until;  // the first instant after the last day

  template <class Visit>
  static void fields(Visit& visit) {
    visit("from", &Validity::from);
    visit("until", &Validity::until);
  }
  bool operator==(const Validity&) const = default;
};

enum class Timing : uint8_t { valid, not_yet, expired };

Timing timing_of(const std::optional<Validity>& validity, Timestamp at);
inline bool is_valid(const std::optional<Validity>& validity, Timestamp at) {
  return timing_of(validity, at) == Timing::valid;
}

// The keys valid_from and valid_to of a map; empty when it has neither.
Result<std::optional<Validity>> read_validity(const Node& map);

// "2026-01-01 至 2026-12-31", "2026-01-01 起", "至 2026-12-31"; "" for always.
std::string to_chinese(const std::optional<Validity>& validity);

}  // namespace jieban
