// What a result code of SGIP means for a notice: the table of DOMAIN §15.7.
//
// What fails and how: nothing; a code that the table does not have has failed and is tried again.
// Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "daemons/notifier/delivery.h"

namespace jieban {

struct SgipMeaning {
  uint8_t code = 0;
  DeliveryOutcome outcome = DeliveryOutcome::failed;
  std::string_view chinese;
  std::string_view english;
  Duration hold = Duration::zero();  // the gateway is full: keep away for so long
};

std::span<const SgipMeaning> sgip_meanings();
// Null for a code that the table does not have.
const SgipMeaning* find_sgip_meaning(uint8_t code);
DeliveryOutcome outcome_of_sgip(uint8_t code);
// "SGIP 11: 节点忙 (node busy)".
std::string describe_sgip(uint8_t code);

}  // namespace jieban
