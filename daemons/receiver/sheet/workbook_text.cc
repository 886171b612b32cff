#include "daemons/receiver/sheet/workbook_text.h"

#include <algorithm>
#include <charconv>

namespace jieban {
namespace {

constexpr size_t kColumnsOfExcel = 16384;
constexpr size_t kEscapeSize = 7;  // _xHHHH_

constexpr size_t kPartPathMax = 100;

bool is_path(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         std::string_view("._-/").find(c) != std::string_view::npos;
}

std::optional<unsigned> escape_at(std::string_view text, size_t at) {
  if (at + kEscapeSize > text.size() || text[at + 1] != 'x' || text[at + 6] != '_') {
    return std::nullopt;
  }
  unsigned code = 0;
  const char* begin = text.data() + at + 2;
  auto [end, error] = std::from_chars(begin, begin + 4, code, 16);
  bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (error != std::errc() || end != begin + 4 || code == 0 || surrogate) return std::nullopt;
  return code;
}

void append_code_point(std::string& out, unsigned code) {
  if (code < 0x80) {
    out += char(code);
  } else if (code < 0x800) {
    out += char(0xC0 | (code >> 6));
    out += char(0x80 | (code & 0x3F));
  } else {
    out += char(0xE0 | (code >> 12));
    out += char(0x80 | ((code >> 6) & 0x3F));
    out += char(0x80 | (code & 0x3F));
  }
}

}  // namespace

bool parse_count(std::string_view text, size_t& out) {
  size_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return false;
  out = value;
  return true;
}

std::optional<size_t> column_of(std::string_view reference) {
  size_t column = 0;
  size_t at = 0;
  for (; at < reference.size() && reference[at] >= 'A' && reference[at] <= 'Z'; ++at) {
    column = column * 26 + size_t(reference[at] - 'A' + 1);
    if (column > kColumnsOfExcel) return std::nullopt;
  }
  size_t row = 0;
  if (column == 0 || !parse_count(reference.substr(at), row)) return std::nullopt;
  return column - 1;
}

std::string part_path(std::string_view target) {
  // It is shown when the part is missing.
  if (target.size() > kPartPathMax || !std::all_of(target.begin(), target.end(), is_path))
    return {};
  if (target.starts_with('/')) return std::string(target.substr(1));
  return "xl/" + std::string(target);
}

std::string decode_escapes(std::string_view text) {
  std::string out;
  size_t from = 0;
  for (size_t at = text.find('_'); at != std::string_view::npos; at = text.find('_', at)) {
    auto code = escape_at(text, at);
    if (!code) {
      ++at;
      continue;
    }
    out += text.substr(from, at - from);
    append_code_point(out, *code);
    at += kEscapeSize;
    from = at;
  }
  out += text.substr(from);
  return out;
}

}  // namespace jieban
