#include "common/base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace jieban {
namespace {

constexpr std::array<std::string_view, 4> kWideBlanks = {"\u3000", "\u00A0", "\u200B", "\uFEFF"};

// A lambda, so that the scans over every text are inlined.
constexpr auto is_control = [](char c) {
  auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
};

// The same of a whole text, eight bytes at a time.
bool has_control(std::string_view text) {
  constexpr uint64_t kOnes = 0x0101010101010101U;
  constexpr uint64_t kTopBits = 0x80 * kOnes;
  size_t at = 0;
  for (; at + sizeof(uint64_t) <= text.size(); at += sizeof(uint64_t)) {
    uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    const uint64_t deleted = word ^ (0x7F * kOnes);
    const uint64_t low = (word - 0x20 * kOnes) & ~word;
    const uint64_t zero = (deleted - kOnes) & ~deleted;
    if (((low | zero) & kTopBits) != 0) return true;
  }
  return std::any_of(text.begin() + std::ptrdiff_t(at), text.end(), is_control);
}

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

size_t blank_at_front(std::string_view text) {
  if (is_space(text.front())) return 1;
  for (std::string_view blank : kWideBlanks) {
    if (text.starts_with(blank)) return blank.size();
  }
  return 0;
}

size_t blank_at_back(std::string_view text) {
  if (is_space(text.back())) return 1;
  for (std::string_view blank : kWideBlanks) {
    if (text.ends_with(blank)) return blank.size();
  }
  return 0;
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (!text.empty()) {
    size_t blank = blank_at_front(text);
    if (blank == 0) break;
    text.remove_prefix(blank);
  }
  while (!text.empty()) {
    size_t blank = blank_at_back(text);
    if (blank == 0) break;
    text.remove_suffix(blank);
  }
  return text;
}

std::string half_width(std::string_view text) {
  // All that is replaced begins with one of these.
  const bool wide =
      text.find('\xEF') != std::string_view::npos || text.find('\xE3') != std::string_view::npos;
  if (!wide) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    auto first = static_cast<unsigned char>(text[at]);
    auto second = at + 2 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0;
    auto third = at + 2 < text.size() ? static_cast<unsigned char>(text[at + 2]) : 0;
    // U+FF01..FF3F are EF BC 81..BF and stand for 0x21..0x5F; U+FF40..FF5E are EF BD 80..9E.
    if (first == 0xEF && second == 0xBC && third >= 0x81) {
      out += char(third - 0x60);
      at += 3;
    } else if (first == 0xEF && second == 0xBD && third >= 0x80 && third <= 0x9E) {
      out += char(third - 0x20);
      at += 3;
    } else if (text.substr(at).starts_with("\u3000")) {
      out += ' ';
      at += 3;
    } else {
      out += text[at++];
    }
  }
  return out;
}

std::string clean_code(std::string_view text) {
  text = trim(text);
  if (text.size() >= 3 && text.starts_with("=\"") && text.ends_with('"')) {
    text = trim(text.substr(2, text.size() - 3));
  }
  return half_width(text);
}

std::string normalise_header(std::string_view text) {
  std::string header = half_width(trim(text));
  for (std::string_view blank : {"\u00A0", "\u200B", "\uFEFF"}) replace_all(header, blank, "");
  std::erase_if(header, [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); });
  return header;
}

std::string clean_line(std::string_view text) {
  text = trim(text);
  if (!has_control(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (char c : text) {
    if (!is_control(c))
      out += c;
    else if (!out.ends_with(' '))
      out += ' ';
  }
  return out;
}

std::string clean_text(std::string_view text) {
  text = trim(text);
  std::string out(text);
  if (!has_control(text)) return out;
  // Removes carriage returns with the rest: CRLF becomes LF.
  std::erase_if(out, [](char c) { return is_control(c) && c != '\n' && c != '\t'; });
  return out;
}

size_t character_count(std::string_view text) {
  return size_t(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string_view first_characters(std::string_view text, size_t count) {
  for (size_t at = 0; at < text.size(); ++at) {
    bool begins = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    if (begins && count-- == 0) return text.substr(0, at);
  }
  return text;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace jieban
