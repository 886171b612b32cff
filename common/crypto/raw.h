// The library's view of our strings; for the .cc files of this folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jieban {

inline const uint8_t* raw(std::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}
inline uint8_t* raw(std::string& text) { return reinterpret_cast<uint8_t*>(text.data()); }

}  // namespace jieban
