// Fixed-width big-endian numbers, whose byte order is their sort order, and hexadecimal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jieban {

void append_u32(std::string& out, uint32_t value);
void append_u64(std::string& out, uint64_t value);
// REQUIRES: at least 4 (8) bytes.
uint32_t read_u32(std::string_view bytes);
uint64_t read_u64(std::string_view bytes);

std::string to_hex(std::string_view bytes);
std::optional<std::string> from_hex(std::string_view hex);

// Well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

}  // namespace jieban
