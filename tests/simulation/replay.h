// Replay: a daemon's journal and the streams that it followed, fed to an empty store, must give the
// same tables, the same stream and the same journal, byte for byte.
//
// The keyring is left out: it is no part of the fold (ARCHITECTURE §6). Thread rule: one thread.
#pragma once

#include <string>
#include <vector>

#include "tests/simulation/sim_world.h"

namespace jieban {

// What differs; nothing when all is equal. REQUIRES: the world is settled.
Result<std::vector<std::string>> replay_differences(SimWorld& world, SimDaemon& daemon);

}  // namespace jieban
