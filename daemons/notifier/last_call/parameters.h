// The settings of jieban-last-call: /etc/jieban/last-call.yaml.
#pragma once

#include <vector>

#include "common/config/settings.h"

namespace jieban {

std::vector<Parameter> last_call_parameters();

}  // namespace jieban
