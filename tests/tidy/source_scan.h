// Source files as the rules see them: the text, and the text without comments and literals.
//
// The scan is lexical. It knows comments, string, character and raw string literals, digit
// separators and continued preprocessor lines, and nothing else of the language.
// Promises: `code` has the length and the line breaks of `text`, so that positions agree.
// Fails: load_tree() aborts (CHECK) when the tree cannot be read; a test has no other way out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jieban::tidy {

struct SourceFile {
  std::string path;  // from the root of the repository, with '/'
  std::string text;
  std::string code;  // comments, and what stands between quotes, are blanks
};

struct TreeFile {
  std::string path;
  size_t size = 0;
};

struct Finding {
  std::string path;
  size_t line = 0;  // from 1; 0 concerns the whole file
  std::string what;
};
using Findings = std::vector<Finding>;

struct Include {
  std::string name;
  bool quoted = false;
  size_t line = 0;
};

// One identifier of the code, with the first character that is no blank before and after it.
struct Word {
  std::string_view text;
  size_t position = 0;
  char before = '\0';
  char after = '\0';
};

SourceFile make_source(std::string path, std::string text);
std::string blank_preprocessor(std::string code);

// What the repository tracks: everything but .git, build trees and demonstration data.
std::vector<TreeFile> list_tree(const std::string& root);
// The *.h and *.cc files of common, daemons, tools and tests.
std::vector<SourceFile> load_sources(const std::string& root);

std::vector<Include> includes_of(const SourceFile& source);
std::vector<Word> words_of(std::string_view code);
std::vector<std::string_view> lines_of(std::string_view text);
size_t line_at(std::string_view text, size_t position);
bool is_word_character(char c);

// "path:line: what", one finding a line; empty when there is none.
std::string report(const Findings& findings);

}  // namespace jieban::tidy
