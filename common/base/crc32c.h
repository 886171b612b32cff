// CRC-32C (Castagnoli, RFC 3720 appendix B.4): guards stored values and frames against damage.
#pragma once

#include <cstdint>
#include <string_view>

namespace jieban {

// `crc` continues an earlier sum, so that parts can be summed one after the other.
uint32_t crc32c(std::string_view bytes, uint32_t crc = 0);

namespace detail {
uint32_t crc32c_table(std::string_view bytes, uint32_t crc);  // for machines without SSE 4.2
}

}  // namespace jieban
