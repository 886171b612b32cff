// Tables for a terminal, aligned although a Chinese character is two columns wide. Pure.
//
// What comes from outside cannot command the terminal: control characters are shown as a blank.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jieban {

// Columns that a terminal gives to the text; ill-formed UTF-8 counts one column a byte.
size_t display_width(std::string_view utf8);
// At most `columns` wide; what is cut is shown by "…".
std::string fitted(std::string_view utf8, size_t columns);
// Without control characters.
std::string printable(std::string_view text);

class TextTable {
 public:
  // A heading that begins with '>' (not shown) makes a column of figures, aligned to the right.
  explicit TextTable(std::vector<std::string> headings);
  // REQUIRES: as many cells as headings.
  void add(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }
  // One line a row, two blanks between columns, none at the end of a line.
  std::string print() const;

 private:
  std::string line(const std::vector<std::string>& cells, const std::vector<size_t>& widths) const;

  std::vector<std::string> headings_;
  std::vector<bool> right_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace jieban
