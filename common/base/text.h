// Cleaning what people and machines typed: trimming, width, length. Pure; all text is UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace jieban {

// Without blanks at both ends: ASCII white space, U+3000, U+00A0, U+200B and U+FEFF.
std::string_view trim(std::string_view text);

// Full-width letters, digits and signs (U+FF01..FF5E) and U+3000 to their ASCII forms.
std::string half_width(std::string_view text);

// For codes, dates and words: trimmed, half-width, and ="0012" (how exports keep Excel from reading
// a number) unwrapped.
std::string clean_code(std::string_view text);
// Names of columns: half-width, without any blanks.
std::string normalise_header(std::string_view text);
// For a single line: trimmed, control characters and line breaks become one space.
std::string clean_line(std::string_view text);
// For running text: trimmed, CRLF becomes LF, other control characters go.
std::string clean_text(std::string_view text);

// Characters (code points), as people count them. REQUIRES: UTF-8.
size_t character_count(std::string_view text);
// The first `count` characters, or all there are. REQUIRES: UTF-8.
std::string_view first_characters(std::string_view text, size_t count);

void replace_all(std::string& text, std::string_view from, std::string_view to);

}  // namespace jieban
