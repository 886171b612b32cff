// The text of a short message: how long it is in the channel's own unit, and in which parts it
// goes.
//
// A message of the GSM alphabet (GSM 03.38 with its extension table) counts septets: 160, or 153 a
// part; any other is UCS-2 and counts 16-bit units: 70, or 67 a part. A character beyond U+FFFF is
// a surrogate pair, two units, and is never cut apart; no more is an extended septet pair.
// What fails and how: nothing; all text is UTF-8 (REQUIRES: is_utf8), and what is not UCS-2 gives
// an empty optional. Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jieban {

enum class SmsAlphabet { gsm, ucs2 };

// Units of a message alone, and of each part of a long one: the part header takes the rest.
constexpr size_t kGsmUnits = 160;
constexpr size_t kGsmUnitsOfPart = 153;
constexpr size_t kUcs2Units = 70;
constexpr size_t kUcs2UnitsOfPart = 67;
// 8 parts are 536 Chinese characters: no notice is longer, and a wrong template shall not cost
// more.
constexpr size_t kSmsPartsMax = 8;

struct SmsSize {
  SmsAlphabet alphabet = SmsAlphabet::gsm;
  size_t units = 0;
  size_t parts = 1;

  bool operator==(const SmsSize&) const = default;
};

// "GSM-7", "UCS-2".
std::string_view to_string(SmsAlphabet alphabet);

// How an operator counts, and charges, a message.
struct SmsSegments {
  SmsAlphabet alphabet = SmsAlphabet::ucs2;
  uint64_t count = 0;

  bool operator==(const SmsSegments&) const = default;
};
// In an alphabet that a channel has settled on, whatever the text needs.
SmsSegments sms_segments(std::string_view text, SmsAlphabet alphabet);

// In GSM if all of it is in that alphabet.
SmsSize measure_sms(std::string_view text);
// 2 for a character of the extension table; empty for one that GSM 03.38 does not have.
std::optional<size_t> gsm_septets(char32_t character);

// The text in parts as they go out, each with at most so many units; one part if it fits alone.
std::vector<std::string_view> sms_parts(std::string_view text, SmsAlphabet alphabet);
// The longest beginning that fits into `parts_max` parts.
std::string_view fit_sms(std::string_view text, SmsAlphabet alphabet,
                         size_t parts_max = kSmsPartsMax);

// Big-endian UTF-16, which is UCS-2 for all that UCS-2 has.
std::string to_ucs2(std::string_view text);
// Empty for an odd number of bytes and for half a surrogate pair.
std::optional<std::string> utf8_of_ucs2(std::string_view bytes);

// The header of a part: 05 00 03 reference total index. REQUIRES: 1 <= index <= total <= 255.
std::string sms_part_header(uint8_t reference, size_t total, size_t index);

// "8613800138000" of 13800138000, +8613800138000 or 8613800138000; empty for what is no mobile
// number of the mainland.
std::optional<std::string> mobile_number(std::string_view text);

}  // namespace jieban
