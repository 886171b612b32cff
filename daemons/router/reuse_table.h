// ReuseTable: signatures of the texts that units have written lately, to tell when one is copied
// (套用模板, DOMAIN §7.2). Bounded by the policy: so many texts of a unit, so many days.
// Fails: with the errors of the store. Thread rule: one thread.
#pragma once

#include <optional>
#include <string>

#include "common/audit/reuse.h"
#include "common/daemon/service.h"
#include "common/daemon/table.h"
#include "common/domain/events.h"

namespace jieban {

// By unit, time and order id.
struct KnownText {
  std::string order_no;
  Bytes signature;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &KnownText::order_no);
    visit("signature", &KnownText::signature);
  }
};

struct NewText {
  std::string unit;
  uint64_t order_id = 0;
  std::string order_no;
  std::string signature;
};

class ReuseTable {
 public:
  Result<void> open(TableOpener& tables) { return texts_.open(tables, "known_texts"); }

  // The earlier text of the unit that it is most like, if it is; then keeps it for later ones, and
  // forgets what the policy does not keep.
  Result<std::optional<ReuseNote>> note(const ReusePolicy& policy, const NewText& text, Step& step);

  const Table<KnownText>& texts() const { return texts_; }

 private:
  Table<KnownText> texts_;
};

}  // namespace jieban
