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
  explicit Writer(int indent) : indent_(indent) {}

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

  void string(std::string_view text) {
    out_ += '"';
    for (size_t at = 0; at < text.size();) {
      char c = text[at];
      auto code = static_cast<unsigned char>(c);
      if (code >= 0x80) {
        size_t length = character_length(text, at);
        out_ += length == 0 ? kReplacement : text.substr(at, length);
        at += length == 0 ? 1 : length;
        continue;
      }
      if (c == '"' || c == '\\') {
        out_ += '\\';
        out_ += c;
      } else if (c == '\n') {
        out_ += "\\n";
      } else if (code < 0x20 || code == 0x7f) {
        control(c);
      } else {
        out_ += c;
      }
      ++at;
    }
    out_ += '"';
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

std::string to_json(const Value& value, int indent) {
  Writer writer(indent);
  writer.value(value);
  return writer.take();
}

}  // namespace jieban
