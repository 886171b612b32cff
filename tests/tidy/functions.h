// Finds function bodies by their braces, well enough for code that clang-format has laid out.
//
// A lambda belongs to the function around it; one that stands in a table outside any function is a
// function of its own. Macros with braces are not seen, since preprocessor lines are blanked.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jieban::tidy {

struct Function {
  std::string head;       // "Result<void> open(int flags)", cut to one line
  size_t line_first = 0;  // of the head
  size_t line_last = 0;   // of the closing brace
  size_t line_count() const { return line_last - line_first + 1; }
};

// `code` as in SourceFile: without comments and literals.
std::vector<Function> functions_of(std::string_view code);

}  // namespace jieban::tidy
