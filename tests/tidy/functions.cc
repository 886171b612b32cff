#include "tests/tidy/functions.h"

#include <algorithm>

#include "tests/tidy/source_scan.h"

namespace jieban::tidy {
namespace {

enum class Scope { outer, type, initializer, function, block };

std::string_view trim(std::string_view text) {
  const size_t first = text.find_first_not_of(" \n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \n") - first + 1);
}

// "template <class T> requires X struct Y" without what stands between the angle brackets.
std::string_view skip_template(std::string_view head) {
  while (head.starts_with("template")) {
    size_t depth = 0;
    size_t end = head.find('<');
    if (end == std::string_view::npos) return head;
    do {
      depth += head[end] == '<' ? 1 : 0;
      depth -= head[end] == '>' ? 1 : 0;
      ++end;
    } while (end < head.size() && depth > 0);
    head = trim(head.substr(end));
  }
  return head;
}

std::string_view skip_labels(std::string_view head) {
  constexpr std::string_view kLabels[] = {"public:", "protected:", "private:"};
  for (const std::string_view label : kLabels) {
    if (head.starts_with(label)) return skip_labels(trim(head.substr(label.size())));
  }
  return head;
}

bool declares(std::string_view head, std::initializer_list<std::string_view> keywords) {
  const std::string_view before_parameters = head.substr(0, head.find('('));
  for (const Word& word : words_of(before_parameters)) {
    if (std::find(keywords.begin(), keywords.end(), word.text) != keywords.end()) return true;
  }
  return false;
}

bool is_initializer(std::string_view raw_head) {
  if (raw_head.empty()) return true;
  const char touching = raw_head.back();
  if (touching != ' ' && touching != '\n') return true;  // "data_{value}": no space before it
  const std::string_view head = trim(raw_head);
  return head.empty() || std::string_view("=,({").find(head.back()) != std::string_view::npos;
}

bool is_lambda(std::string_view head) {
  return head.ends_with(']') || (head.find("](") != std::string_view::npos);
}

Scope classify(Scope around, std::string_view raw_head) {
  if (around == Scope::function || around == Scope::block) return Scope::block;
  const std::string_view head = skip_template(skip_labels(trim(raw_head)));
  if (!is_initializer(raw_head) && is_lambda(head)) return Scope::function;
  if (around == Scope::initializer) return Scope::initializer;
  if (declares(head, {"namespace"}) || head.starts_with("extern \"")) return Scope::outer;
  if (declares(head, {"class", "struct", "union", "enum"})) return Scope::type;
  if (is_initializer(raw_head) || declares(head, {"concept"})) return Scope::initializer;
  return head.find('(') == std::string_view::npos ? Scope::initializer : Scope::function;
}

std::string one_line(std::string_view head) {
  std::string line(head.substr(0, 120));
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

// Where the declaration that ends in a brace at `at` began.
class Heads {
 public:
  void see(char c, size_t at, Scope around) {
    const bool list = around == Scope::initializer && c == ',' && depth_ == 0;
    if (c == '(') ++depth_;
    if (c == ')' && depth_ > 0) --depth_;
    if (list || (c == ';' && depth_ == 0)) start_ = at + 1;
  }
  void restart(size_t at) {
    start_ = at + 1;
    depth_ = 0;
  }
  size_t start() const { return start_; }

 private:
  size_t start_ = 0;
  size_t depth_ = 0;
};

// An initializer in the middle of a declaration does not end it: `: name_{name}, size_(0) {`.
struct Open {
  Scope scope;
  size_t head_start;
  Heads around;
};

}  // namespace

std::vector<Function> functions_of(std::string_view code) {
  const std::string text = blank_preprocessor(std::string(code));
  std::vector<Function> functions;
  std::vector<Open> stack;
  Heads heads;
  for (size_t at = 0; at < text.size(); ++at) {
    const Scope around = stack.empty() ? Scope::outer : stack.back().scope;
    if (text[at] == '{') {
      const std::string_view head =
          std::string_view(text).substr(heads.start(), at - heads.start());
      stack.push_back({classify(around, head), heads.start(), heads});
      heads.restart(at);
    } else if (text[at] == '}' && !stack.empty()) {
      const Open open = stack.back();
      stack.pop_back();
      if (open.scope == Scope::function) {
        const std::string_view whole =
            std::string_view(text).substr(open.head_start, at - open.head_start);
        const std::string_view head = skip_labels(trim(whole));
        const size_t first = size_t(head.data() - text.data());
        functions.push_back(
            {one_line(head.substr(0, head.find('{'))), line_at(text, first), line_at(text, at)});
      }
      heads = open.around;
      if (open.scope != Scope::initializer) heads.restart(at);
    } else {
      heads.see(text[at], at, around);
    }
  }
  return functions;
}

}  // namespace jieban::tidy
