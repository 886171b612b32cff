#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "common/base/bytes.h"
#include "common/json/json.h"

namespace jieban {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

// The length of the well-formed character at `at`, or 0.
size_t character_length(std::string_view text, size_t at) {
  constexpr size_t kCharacterBytesMax = 4;
  for (size_t length = 1; length <= kCharacterBytesMax && at + length <= text.size(); ++length) {
    if (is_utf8(text.substr(at, length))) return length;
  }
  return 0;
}

class Writer {
 public:
  explicit Writer(int indent, std::string begun = {}) : indent_(indent), out_(std::move(begun)) {}

  void value(const Value& value) {
    if (value.is_null()) out_ += "null";
    if (const bool* flag = value.boolean()) out_ += *flag ? "true" : "false";
    if (const int64_t* integer = value.integer()) number(*integer);
    if (const uint64_t* integer = value.unsigned_integer()) number(*integer);
    if (const double* real = value.number()) floating(*real);
    if (const std::string* text = value.string()) string(*text);
    if (const Value::Array* items = value.array()) array(*items);
    if (const Value::Object* members = value.object()) object(*members);
  }

  void string(std::string_view text) {
    out_ += '"';
    if (is_utf8(text)) {
      well_formed(text);
    } else {
      repaired(text);
    }
    out_ += '"';
  }

  std::string take() { return std::move(out_); }

 private:
  template <class Number>
  void number(Number number) {
    std::array<char, 32> digits{};
    auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    out_.append(digits.data(), written.ptr);
  }

  void floating(double real) {
    if (!std::isfinite(real)) {
      out_ += "null";
      return;
    }
    size_t start = out_.size();
    number(real);
    // A number stays a number when it is read back, even with nothing behind the point.
    if (out_.find_first_of(".e", start) == std::string::npos) out_ += ".0";
  }

  void control(char c) {
    static constexpr std::string_view kHex = "0123456789abcdef";
    auto code = static_cast<unsigned char>(c);
    out_ += "\\u00";
    out_ += kHex[code >> 4U];
    out_ += kHex[code & 0xfU];
  }

  void well_formed(std::string_view text) {
    size_t plain = 0;  // where what goes out as it is begins
    for (size_t at = 0; at < text.size(); ++at) {
      if (!is_escaped(text[at])) continue;
      out_ += text.substr(plain, at - plain);
      escaped(text[at]);
      plain = at + 1;
    }
    out_ += text.substr(plain);
  }

  void repaired(std::string_view text) {
    for (size_t at = 0; at < text.size();) {
      const size_t length = character_length(text, at);
      if (length == 0) {
        out_ += kReplacement;
      } else {
        well_formed(text.substr(at, length));
      }
      at += std::max<size_t>(length, 1);
    }
  }

  static bool is_escaped(char c) {
    auto code = static_cast<unsigned char>(c);
    return c == '"' || c == '\\' || code < 0x20 || code == 0x7f;
  }

  void escaped(char c) {
    if (c == '"' || c == '\\') {
      out_ += '\\';
      out_ += c;
    } else if (c == '\n') {
      out_ += "\\n";
    } else {
      control(c);
    }
  }

  void new_line() {
    if (indent_ < 0) return;
    out_ += '\n';
    out_.append(size_t(indent_) * depth_, ' ');
  }

  // Opens, separates, indents and closes; `write` puts one element.
  template <class Elements, class Write>
  void list(char opening, const Elements& elements, char closing, Write write) {
    out_ += opening;
    ++depth_;
    bool first = true;
    for (const auto& element : elements) {
      if (!first) out_ += ',';
      first = false;
      new_line();
      write(element);
    }
    --depth_;
    if (!elements.empty()) new_line();
    out_ += closing;
  }

  void array(const Value::Array& items) {
    list('[', items, ']', [this](const Value& item) { value(item); });
  }

  void object(const Value::Object& members) {
    list('{', members, '}', [this](const auto& member) {
      string(member.first);
      out_ += indent_ < 0 ? ":" : ": ";
      value(member.second);
    });
  }

  int indent_;
  size_t depth_ = 0;
  std::string out_;
};

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
  Writer writer(-1, std::move(out));
  writer.string(text);
  out = writer.take();
}

std::string to_json(const Value& value, int indent) {
  Writer writer(indent);
  writer.value(value);
  return writer.take();
}

}  // namespace jieban
