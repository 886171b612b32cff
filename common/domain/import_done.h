// ImportDone: somebody brought what there was to bring, a file or a push, whether it had news or
// not; by it the age of the last import is known (DOMAIN §14.2).
//
// import.done in the receiver's stream, passed on as import.noted in the router's; with order id 0.
// One event may stand for some files or pushes that came shortly after each other; the counts are
// then their sums. Plain values; any thread.
#pragma once

#include <cstdint>
#include <string>

#include "common/base/clock.h"

namespace jieban {

struct ImportDone {
  std::string source;    // whose it was: "import" of the folder, else the client of the HTTP door
  uint64_t batches = 0;  // files or pushes
  uint64_t rows = 0;
  uint64_t added = 0;
  uint64_t updated = 0;
  uint64_t unchanged = 0;
  uint64_t refused = 0;
  Timestamp at;  // when the last of them was done

  template <class Visit>
  static void fields(Visit& visit) {
    visit("source", &ImportDone::source);
    visit("batches", &ImportDone::batches);
    visit("rows", &ImportDone::rows);
    visit("added", &ImportDone::added);
    visit("updated", &ImportDone::updated);
    visit("unchanged", &ImportDone::unchanged);
    visit("refused", &ImportDone::refused);
    visit("at", &ImportDone::at);
  }
  bool operator==(const ImportDone&) const = default;
};

}  // namespace jieban
