#include "tools/site/text_table.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "common/base/check.h"

namespace jieban {
namespace {

constexpr size_t kCellColumnsMax = 60;

struct Range {
  uint32_t first;
  uint32_t last;
};

// Unicode's East Asian wide and fullwidth characters, in blocks.
constexpr std::array<Range, 12> kWide = {{{0x1100, 0x115F},
                                          {0x2E80, 0x303E},
                                          {0x3041, 0x4DBF},
                                          {0x4E00, 0x9FFF},
                                          {0xA000, 0xA4CF},
                                          {0xAC00, 0xD7A3},
                                          {0xF900, 0xFAFF},
                                          {0xFE30, 0xFE6F},
                                          {0xFF00, 0xFF60},
                                          {0xFFE0, 0xFFE6},
                                          {0x1F300, 0x1FAFF},
                                          {0x20000, 0x3FFFD}}};
constexpr std::array<Range, 4> kWithoutWidth = {
    {{0x0300, 0x036F}, {0x200B, 0x200F}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}}};

bool is_in(uint32_t letter, const auto& ranges) {
  return std::any_of(ranges.begin(), ranges.end(), [letter](const Range& range) {
    return letter >= range.first && letter <= range.last;
  });
}

struct Letter {
  size_t size;  // bytes
  size_t width;
};

Letter letter_at(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return uint32_t(static_cast<unsigned char>(text[at + i])); };
  const uint32_t lead = byte(0);
  const size_t size = lead < 0x80 ? 1 : lead < 0xC0 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (size == 0 || at + size > text.size()) return {1, 1};
  uint32_t letter = size == 1 ? lead : lead & (0x7Fu >> size);
  for (size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {1, 1};
    letter = letter << 6 | (byte(i) & 0x3F);
  }
  if (is_in(letter, kWithoutWidth)) return {size, 0};
  return {size, is_in(letter, kWide) ? 2u : 1u};
}

std::string padded(const std::string& text, size_t width, bool right) {
  const std::string blanks(width - std::min(width, display_width(text)), ' ');
  return right ? blanks + text : text + blanks;
}

}  // namespace

size_t display_width(std::string_view utf8) {
  size_t width = 0;
  for (size_t at = 0; at < utf8.size();) {
    const Letter letter = letter_at(utf8, at);
    width += letter.width;
    at += letter.size;
  }
  return width;
}

std::string fitted(std::string_view utf8, size_t columns) {
  if (display_width(utf8) <= columns) return std::string(utf8);
  size_t width = 0;
  size_t at = 0;
  while (at < utf8.size()) {
    const Letter letter = letter_at(utf8, at);
    if (width + letter.width + 1 > columns) break;
    width += letter.width;
    at += letter.size;
  }
  return columns == 0 ? std::string() : std::string(utf8.substr(0, at)) + "…";
}

std::string printable(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if ((c >= 0 && c < ' ') || c == 0x7F) c = ' ';
  }
  // C1 controls, U+0080 to U+009F, are two bytes in UTF-8.
  for (size_t at = 0; at + 1 < out.size(); ++at) {
    const bool control = out[at] == '\xC2' && static_cast<unsigned char>(out[at + 1]) < 0xA0;
    if (control) out.replace(at, 2, "  ");
  }
  return out;
}

TextTable::TextTable(std::vector<std::string> headings) : headings_(std::move(headings)) {
  for (std::string& heading : headings_) {
    right_.push_back(heading.starts_with('>'));
    if (right_.back()) heading.erase(0, 1);
  }
}

void TextTable::add(std::vector<std::string> cells) {
  CHECK(cells.size() == headings_.size());
  for (std::string& cell : cells) cell = fitted(printable(cell), kCellColumnsMax);
  rows_.push_back(std::move(cells));
}

std::string TextTable::line(const std::vector<std::string>& cells,
                            const std::vector<size_t>& widths) const {
  std::string out;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += "  ";
    out += padded(cells[i], widths[i], right_[i]);
  }
  out.erase(out.find_last_not_of(' ') + 1);
  return out + "\n";
}

std::string TextTable::print() const {
  std::vector<size_t> widths;
  for (const std::string& heading : headings_) widths.push_back(display_width(heading));
  for (const auto& row : rows_) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  std::string out = line(headings_, widths);
  for (const auto& row : rows_) out += line(row, widths);
  return out;
}

}  // namespace jieban
