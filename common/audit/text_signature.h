// Text signatures: whether two sealed texts are much alike, without showing either (套用模板).
//
// A text is normalised: places that the rules name, digits, blanks and signs are masked or dropped,
// so that a template with another house number is the same text. Its 3-grams are hashed and
// reduced to 128 minima of 16 bits (MinHash): the share of equal minima estimates the share of
// common 3-grams, within two per cent for what is nearly the same.
// Privacy: the hash of a 3-gram has to be keyed by whoever calls, or names could be guessed.
// Fails: never; a text of fewer than three characters has no signature. Thread rule: pure.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace jieban {

constexpr size_t kSignatureSlots = 128;

using GramHash = std::function<uint64_t(std::string_view gram)>;

// REQUIRES: UTF-8.
std::string normalised_for_reuse(std::string_view text, const std::vector<std::string>& places);

// Empty for too short a text, else 256 bytes.
std::string text_signature(std::string_view normalised, const GramHash& hash);

// In 1/1000; 0 where one is no signature.
uint64_t likeness(std::string_view a, std::string_view b);

}  // namespace jieban
