#include "tests/tidy/source_scan.h"

#include <algorithm>
#include <filesystem>

#include "common/base/check.h"
#include "common/base/file.h"

namespace jieban::tidy {
namespace {

namespace fs = std::filesystem;

constexpr size_t kFileSizeMax = 64 * 1024 * 1024;

// Blanks what the compiler does not read as code, in place.
class Blanker {
 public:
  explicit Blanker(std::string_view text) : text_(text), code_(text) {}

  std::string run() {
    while (at_ < text_.size()) step();
    return std::move(code_);
  }

 private:
  void step() {
    if (text_.substr(at_, 2) == "//") return blank_to(end_of_line_comment());
    if (text_.substr(at_, 2) == "/*") return blank_to(after(text_.find("*/", at_ + 2), 2));
    if (text_[at_] == '"') return is_raw() ? skip_raw() : skip_quoted('"');
    if (text_[at_] == '\'' && !is_digit_separator()) return skip_quoted('\'');
    ++at_;
  }

  size_t after(size_t found, size_t size) const {
    return found == std::string_view::npos ? text_.size() : found + size;
  }
  size_t end_of_line_comment() const { return after(text_.find('\n', at_), 0); }
  bool is_raw() const { return at_ > 0 && text_[at_ - 1] == 'R'; }
  // 200'000 but not U'x': what precedes the quote is a number.
  bool is_digit_separator() const {
    size_t first = at_;
    while (first > 0 && (is_word_character(text_[first - 1]) || text_[first - 1] == '\'')) --first;
    return first < at_ && text_[first] >= '0' && text_[first] <= '9';
  }

  void blank_to(size_t end) {
    for (; at_ < end; ++at_) {
      if (text_[at_] != '\n') code_[at_] = ' ';
    }
  }

  // The quotes stay: a literal is still something, for whoever looks at what precedes a brace.
  void skip_quoted(char quote) {
    size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
      end += text_[end] == '\\' ? 2 : 1;
    }
    ++at_;
    blank_to(std::min(end, text_.size()));
    ++at_;
  }

  void skip_raw() {
    const size_t open = after(text_.find('(', at_), 0);
    const std::string close = ")" + std::string(text_.substr(at_ + 1, open - at_ - 1)) + "\"";
    const size_t end = after(text_.find(close, open), close.size());
    ++at_;
    blank_to(end - 1);
    ++at_;
  }

  std::string_view text_;
  std::string code_;
  size_t at_ = 0;
};

bool is_skipped(const fs::path& relative) {
  const std::string top = relative.begin()->string();
  return top == ".git" || top == "build" || top == "jieban-data";
}

bool is_source(std::string_view path) {
  constexpr std::string_view kTops[] = {"common/", "daemons/", "tools/", "tests/"};
  const bool in_tree = std::any_of(std::begin(kTops), std::end(kTops),
                                   [&](auto top) { return path.starts_with(top); });
  return in_tree && (path.ends_with(".h") || path.ends_with(".cc"));
}

}  // namespace

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

SourceFile make_source(std::string path, std::string text) {
  SourceFile source;
  source.path = std::move(path);
  source.code = Blanker(text).run();
  source.text = std::move(text);
  return source;
}

std::string blank_preprocessor(std::string code) {
  bool inside = false;
  for (const std::string_view line : lines_of(code)) {
    const size_t first = line.find_first_not_of(' ');
    inside = inside || (first != std::string_view::npos && line[first] == '#');
    const bool continues = inside && line.ends_with('\\');
    if (inside) {
      std::fill_n(code.begin() + (line.data() - code.data()), line.size(), ' ');
    }
    inside = continues;
  }
  return code;
}

std::vector<TreeFile> list_tree(const std::string& root) {
  std::vector<TreeFile> files;
  for (auto at = fs::recursive_directory_iterator(root); at != fs::end(at); ++at) {
    const fs::path relative = fs::relative(at->path(), root);
    if (is_skipped(relative)) {
      at.disable_recursion_pending();
    } else if (at->is_regular_file()) {
      files.push_back({relative.generic_string(), at->file_size()});
    }
  }
  std::sort(files.begin(), files.end(),
            [](const TreeFile& a, const TreeFile& b) { return a.path < b.path; });
  CHECK(!files.empty());
  return files;
}

std::vector<SourceFile> load_sources(const std::string& root) {
  std::vector<SourceFile> sources;
  for (const TreeFile& file : list_tree(root)) {
    if (!is_source(file.path)) continue;
    auto text = read_file(root + "/" + file.path, kFileSizeMax);
    CHECK(text.ok());
    sources.push_back(make_source(file.path, std::move(*text)));
  }
  return sources;
}

std::vector<Include> includes_of(const SourceFile& source) {
  std::vector<Include> includes;
  const auto code_lines = lines_of(source.code);
  const auto text_lines = lines_of(source.text);
  for (size_t i = 0; i < code_lines.size(); ++i) {
    if (!code_lines[i].starts_with("#include")) continue;
    const size_t open = text_lines[i].find_first_of("<\"");
    if (open == std::string_view::npos) continue;
    const bool quoted = text_lines[i][open] == '"';
    const size_t close = text_lines[i].find(quoted ? '"' : '>', open + 1);
    includes.push_back(
        {std::string(text_lines[i].substr(open + 1, close - open - 1)), quoted, i + 1});
  }
  return includes;
}

std::vector<Word> words_of(std::string_view code) {
  std::vector<Word> words;
  const auto pick = [&](size_t at) { return at == std::string_view::npos ? '\0' : code[at]; };
  for (size_t at = 0; at < code.size();) {
    if (!is_word_character(code[at])) {
      ++at;
      continue;
    }
    size_t end = at;
    while (end < code.size() && is_word_character(code[end])) ++end;
    const char before = at == 0 ? '\0' : pick(code.find_last_not_of(" \n", at - 1));
    words.push_back(
        {code.substr(at, end - at), at, before, pick(code.find_first_not_of(" \n", end))});
    at = end;
  }
  return words;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

size_t line_at(std::string_view text, size_t position) {
  return size_t(std::count(text.begin(), text.begin() + ptrdiff_t(position), '\n')) + 1;
}

std::string report(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    text += finding.path + ":" + std::to_string(finding.line) + ": " + finding.what + "\n";
  }
  return text;
}

}  // namespace jieban::tidy
