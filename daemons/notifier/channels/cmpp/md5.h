// MD5 (RFC 1321), for CMPP only: the protocol proves a login with it. Nothing of ours may rely on
// it; what is ours is hashed with BLAKE2b (common/crypto).
#pragma once

#include <string>
#include <string_view>

namespace jieban {

// 16 raw bytes.
std::string md5(std::string_view bytes);

}  // namespace jieban
