// The desk's records as people read them, from the archiver's answer. Pure.
#pragma once

#include <string>

#include "common/base/value.h"

namespace jieban {

// {records: [...], next}
std::string record_list_text(const Value& page);

}  // namespace jieban
