// Private to this folder: what an LMDB return code means in our terms.
#pragma once

#include <string_view>

#include "common/base/result.h"

namespace jieban {

Error lmdb_error(int code, std::string_view doing);

}  // namespace jieban
