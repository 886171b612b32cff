// What the files of several daemons must say alike: each of them is right by itself, and still they
// would judge one order by two rules.
//
// Fails: `invalid` with both files, the setting and what each says. Any thread.
#pragma once

#include <string>

#include "common/base/result.h"

namespace jieban {

// Of the daemons' files in this folder; one that is not there, or cannot be read, is its own
// daemon's to tell.
Result<void> check_agreement(const std::string& etc);

}  // namespace jieban
