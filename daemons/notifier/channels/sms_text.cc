#include "daemons/notifier/channels/sms_text.h"

#include <algorithm>
#include <array>

#include "common/base/check.h"

namespace jieban {
namespace {

struct Character {
  char32_t value = 0;
  size_t bytes = 1;
};

// REQUIRES: UTF-8, not empty.
Character first_character(std::string_view text) {
  auto lead = static_cast<unsigned char>(text[0]);
  size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  constexpr std::array<unsigned, 5> kLeadBits = {0, 0x7F, 0x1F, 0x0F, 0x07};
  char32_t value = lead & kLeadBits.at(bytes);
  bytes = std::min(bytes, text.size());
  for (size_t i = 1; i < bytes; ++i) {
    value = value << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  return {value, bytes};
}

void append_utf8(std::string& out, char32_t value) {
  if (value < 0x80) {
    out += char(value);
    return;
  }
  size_t tail = value < 0x800 ? 1 : value < 0x10000 ? 2 : 3;
  constexpr std::array<unsigned, 4> kLead = {0, 0xC0, 0xE0, 0xF0};
  out += char(kLead.at(tail) | value >> 6U * tail);
  for (; tail > 0; --tail) out += char(0x80U | (value >> 6U * (tail - 1) & 0x3FU));
}

// GSM 03.38 beyond what it shares with ASCII.
constexpr std::u32string_view kGsmOfItsOwn = U"£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà";
constexpr std::u32string_view kGsmExtended = U"\f^{}\\[~]|€";

size_t units_of(char32_t character, SmsAlphabet alphabet) {
  if (alphabet == SmsAlphabet::gsm) return gsm_septets(character).value_or(1);
  return character > 0xFFFF ? 2 : 1;
}

size_t count_units(std::string_view text, SmsAlphabet alphabet) {
  size_t units = 0;
  while (!text.empty()) {
    Character character = first_character(text);
    units += units_of(character.value, alphabet);
    text.remove_prefix(character.bytes);
  }
  return units;
}

// Bytes of the longest beginning of at most `units_max` units.
size_t beginning_of(std::string_view text, SmsAlphabet alphabet, size_t units_max) {
  size_t bytes = 0;
  size_t units = 0;
  while (bytes < text.size()) {
    Character character = first_character(text.substr(bytes));
    units += units_of(character.value, alphabet);
    if (units > units_max) break;
    bytes += character.bytes;
  }
  return bytes;
}

size_t units_alone(SmsAlphabet alphabet) {
  return alphabet == SmsAlphabet::gsm ? kGsmUnits : kUcs2Units;
}

size_t units_of_part(SmsAlphabet alphabet) {
  return alphabet == SmsAlphabet::gsm ? kGsmUnitsOfPart : kUcs2UnitsOfPart;
}

bool is_high_surrogate(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(char32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

}  // namespace

std::optional<size_t> gsm_septets(char32_t character) {
  if (kGsmExtended.find(character) != std::u32string_view::npos) return 2;
  if (kGsmOfItsOwn.find(character) != std::u32string_view::npos) return 1;
  bool ascii = (character >= ' ' && character <= 'z' && character != '`') || character == '\n' ||
               character == '\r';
  if (ascii) return 1;
  return std::nullopt;
}

std::string_view to_string(SmsAlphabet alphabet) {
  return alphabet == SmsAlphabet::gsm ? "GSM-7" : "UCS-2";
}

SmsSize measure_sms(std::string_view text) {
  SmsSize size;
  for (std::string_view rest = text; !rest.empty();) {
    Character character = first_character(rest);
    if (!gsm_septets(character.value)) size.alphabet = SmsAlphabet::ucs2;
    rest.remove_prefix(character.bytes);
  }
  size.units = count_units(text, size.alphabet);
  size.parts = sms_parts(text, size.alphabet).size();
  return size;
}

SmsSegments sms_segments(std::string_view text, SmsAlphabet alphabet) {
  return {alphabet, sms_parts(text, alphabet).size()};
}

std::vector<std::string_view> sms_parts(std::string_view text, SmsAlphabet alphabet) {
  if (count_units(text, alphabet) <= units_alone(alphabet)) return {text};
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    size_t bytes = beginning_of(text, alphabet, units_of_part(alphabet));
    parts.push_back(text.substr(0, bytes));
    text.remove_prefix(bytes);
  }
  return parts;
}

std::string_view fit_sms(std::string_view text, SmsAlphabet alphabet, size_t parts_max) {
  std::vector<std::string_view> parts = sms_parts(text, alphabet);
  if (parts.size() <= parts_max) return text;
  if (parts_max == 1) return text.substr(0, beginning_of(text, alphabet, units_alone(alphabet)));
  size_t bytes = 0;
  for (size_t i = 0; i < parts_max; ++i) bytes += parts[i].size();
  return text.substr(0, bytes);
}

std::string to_ucs2(std::string_view text) {
  std::string out;
  auto append = [&out](char32_t unit) {
    out += char(unit >> 8U & 0xFFU);
    out += char(unit & 0xFFU);
  };
  while (!text.empty()) {
    Character character = first_character(text);
    text.remove_prefix(character.bytes);
    if (character.value <= 0xFFFF) {
      append(character.value);
      continue;
    }
    char32_t beyond = character.value - 0x10000;
    append(0xD800 + (beyond >> 10U));
    append(0xDC00 + (beyond & 0x3FFU));
  }
  return out;
}

std::optional<std::string> utf8_of_ucs2(std::string_view bytes) {
  if (bytes.size() % 2 != 0) return std::nullopt;
  auto unit_at = [bytes](size_t at) {
    return char32_t(static_cast<unsigned char>(bytes[at])) << 8U |
           char32_t(static_cast<unsigned char>(bytes[at + 1]));
  };
  std::string out;
  for (size_t at = 0; at < bytes.size(); at += 2) {
    char32_t unit = unit_at(at);
    if (is_low_surrogate(unit)) return std::nullopt;
    if (is_high_surrogate(unit)) {
      at += 2;
      if (at >= bytes.size() || !is_low_surrogate(unit_at(at))) return std::nullopt;
      unit = 0x10000 + ((unit - 0xD800) << 10U) + (unit_at(at) - 0xDC00);
    }
    append_utf8(out, unit);
  }
  return out;
}

std::string sms_part_header(uint8_t reference, size_t total, size_t index) {
  CHECK(index >= 1 && index <= total && total <= 255);
  return {5, 0, 3, char(reference), char(total), char(index)};
}

std::optional<std::string> mobile_number(std::string_view text) {
  constexpr std::string_view kCountry = "86";
  constexpr size_t kDigits = 11;
  if (text.starts_with('+')) text.remove_prefix(1);
  if (text.size() == kCountry.size() + kDigits && text.starts_with(kCountry)) {
    text.remove_prefix(kCountry.size());
  }
  bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (text.size() != kDigits || !digits || text[0] != '1') return std::nullopt;
  return std::string(kCountry) + std::string(text);
}

}  // namespace jieban
