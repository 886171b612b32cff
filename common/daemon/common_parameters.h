// The parameters that every daemon has, and what they mean for the skeleton.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/config/settings.h"
#include "common/daemon/engine.h"

namespace jieban {

std::vector<Parameter> common_parameters(const std::string& daemon);

// The system's clock, or the accelerated one of a demonstration.
Result<std::unique_ptr<Clock>> make_clock(const Settings& settings);

EngineOptions engine_options(const std::string& daemon, const Settings& settings,
                             const Clock& clock, Random& random);

}  // namespace jieban
