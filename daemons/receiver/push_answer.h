// PushAnswer: what a push is told, order by order (DOMAIN §14.3). Pure.
#pragma once

#include <string>
#include <vector>

#include "daemons/receiver/intake/import_result.h"
#include "daemons/receiver/intake/json_door.h"

namespace jieban {

// One line of JSON. `outcomes`: of the orders of the batch that were not rejected, in their order.
std::string push_answer(const PushBatch& batch, const std::vector<OrderOutcome>& outcomes);

}  // namespace jieban
