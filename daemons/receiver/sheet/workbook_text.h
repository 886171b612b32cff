// The small notations inside a workbook: cell references, part paths, escaped characters. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace jieban {

// All digits, no sign, in range; `out` is left alone otherwise.
bool parse_count(std::string_view text, size_t& out);

// 0-based column of "AB12"; empty when it is no reference or beyond Excel's last column XFD.
std::optional<size_t> column_of(std::string_view reference);

// A relation's target to its part: "worksheets/sheet1.xml" and "/xl/worksheets/sheet1.xml" are one.
// Empty when it is no plain path: letters, digits and . _ - / only.
std::string part_path(std::string_view target);

// "_x000D_" stands for a carriage return and "_x005F_" for the underscore of such a sequence.
std::string decode_escapes(std::string_view text);

}  // namespace jieban
