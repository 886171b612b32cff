// Base64 (RFC 4648): the standard alphabet with padding, and the URL alphabet without.
//
// Promises: constant time in the content, so that keys may pass through.
// Fails: decoding is strict; a foreign character, wrong padding or stray bits give nothing.
// Thread rule: any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jieban {

std::string to_base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);

std::string to_base64_url(std::string_view bytes);
std::optional<std::string> from_base64_url(std::string_view text);

}  // namespace jieban
