#include "common/json/thorough_json.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <unordered_set>
#include <vector>

namespace jieban {
namespace {

// Below this many members a scan over the keys is faster than a hash set.
constexpr size_t kScanMembersMax = 16;
constexpr size_t kPathKeyBytesMax = 64;

// Walks the text and tells where the parser is: its events carry no position.
class TrackedIterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  TrackedIterator(const char* at, const char** track) : at_(at), track_(track) {}
  reference operator*() const { return *at_; }
  TrackedIterator& operator++() {
    *track_ = ++at_;
    return *this;
  }
  TrackedIterator operator++(int) {
    TrackedIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const TrackedIterator& other) const { return at_ == other.at_; }

 private:
  const char* at_;
  const char** track_;
};

// What the library says, without its prefix and without the token it quotes: tokens may hold
// personal data.
std::string plain_message(const nlohmann::detail::exception& failure) {
  constexpr int kOutOfRange = 406;
  if (failure.id == kOutOfRange) return "the number is out of range";
  std::string text = failure.what();
  constexpr std::string_view kDetail = "syntax error while parsing ";
  size_t start = text.find(kDetail);
  if (start == std::string::npos) return "not JSON";
  text.erase(0, start + kDetail.size());
  return "not JSON: " + text.substr(0, text.find("; last read:"));
}

// Builds the Value tree. An open container is the last element of its parent, which therefore does
// not move while the child grows: the stack can hold plain pointers.
class TreeBuilder {
 public:
  using Json = nlohmann::json;

  TreeBuilder(std::string_view text, const JsonLimits& json_limits)
      : position(text.data()), text_(text), limits_(json_limits) {}

  bool null() { return add(Value()) != nullptr; }
  bool boolean(bool value) { return add(Value(value)) != nullptr; }
  bool number_integer(int64_t value) { return add(Value(value)) != nullptr; }
  bool number_unsigned(uint64_t value) {
    return add(value <= INT64_MAX ? Value(int64_t(value)) : Value(value)) != nullptr;
  }
  bool number_float(double value, const std::string& token) {
    // The library turns an integer that fits nowhere into a rounded number.
    if (token.find_first_of(".eE") == std::string::npos) {
      return refuse(ErrorCode::invalid, "the integer is out of range");
    }
    return add(Value(value)) != nullptr;
  }
  // A copy has the exact size; moving would leave the lexer to grow its buffer anew.
  bool string(std::string& value) { return add(Value(std::string_view(value))) != nullptr; }
  bool binary(Json::binary_t& /*value*/) { return refuse(ErrorCode::invalid, "not JSON"); }
  bool start_object(size_t /*count*/) { return open(Value(Value::Object{})); }
  bool start_array(size_t /*count*/) { return open(Value(Value::Array{})); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(std::string& name) {
    Frame& frame = stack_.back();
    Value::Object& members = *frame.container->object();
    if (is_duplicate(frame, members, name)) {
      return refuse(ErrorCode::invalid, "duplicate key \"" + shortened(name) + "\"");
    }
    members.emplace_back(name, Value());
    return true;
  }

  bool parse_error(size_t /*offset*/, const std::string& /*token*/,
                   const nlohmann::detail::exception& failure) {
    return refuse(ErrorCode::invalid, plain_message(failure));
  }

  Result<Value> take() {
    if (error_) return *std::move(error_);
    return std::move(root_);
  }

  const char* position;

 private:
  struct Frame {
    Value* container;
    std::unordered_set<std::string> seen;
  };

  static bool is_duplicate(Frame& frame, const Value::Object& members, const std::string& name) {
    if (members.size() < kScanMembersMax) {
      return std::any_of(members.begin(), members.end(),
                         [&](const auto& member) { return member.first == name; });
    }
    if (frame.seen.empty()) {
      for (const auto& member : members) frame.seen.insert(member.first);
    }
    return !frame.seen.insert(name).second;
  }

  Value* add(Value value) {
    if (++node_count_ > limits_.nodes_max) {
      refuse(ErrorCode::limit, "more than " + std::to_string(limits_.nodes_max) + " values");
      return nullptr;
    }
    if (stack_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    if (Value::Array* items = stack_.back().container->array()) {
      return &items->emplace_back(std::move(value));
    }
    Value& member = stack_.back().container->object()->back().second;
    member = std::move(value);
    return &member;
  }

  bool open(Value container) {
    if (stack_.size() >= limits_.depth_max) {
      return refuse(ErrorCode::limit,
                    "nested deeper than " + std::to_string(limits_.depth_max) + " levels");
    }
    Value* added = add(std::move(container));
    if (added == nullptr) return false;
    stack_.push_back(Frame{added, {}});
    return true;
  }

  bool close() {
    stack_.pop_back();
    return true;
  }

  bool refuse(ErrorCode code, const std::string& what) {
    auto offset = size_t(position - text_.data());
    auto line = 1 + std::count(text_.data(), position, '\n');
    std::string message =
        what + " at byte " + std::to_string(offset) + ", line " + std::to_string(line);
    std::string where = path();
    if (!where.empty()) message += ", in " + where;
    error_ = Error{code, std::move(message)};
    return false;
  }

  static std::string shortened(const std::string& name) {
    if (name.size() <= kPathKeyBytesMax) return name;
    size_t end = kPathKeyBytesMax;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0U) == 0x80) --end;
    return name.substr(0, end) + "...";
  }

  std::string path() const {
    std::string out;
    for (size_t level = 0; level < stack_.size(); ++level) {
      const Value& container = *stack_[level].container;
      if (const Value::Array* items = container.array()) {
        // In the innermost array the item at fault is not there yet.
        bool innermost = level + 1 == stack_.size();
        out += "[" + std::to_string(items->size() - (innermost ? 0 : 1)) + "]";
      } else if (const Value::Object& members = *container.object(); !members.empty()) {
        if (!out.empty()) out += '.';
        out += shortened(members.back().first);
      }
    }
    return out;
  }

  std::string_view text_;
  const JsonLimits& limits_;
  size_t node_count_ = 0;
  Value root_;
  std::vector<Frame> stack_;
  std::optional<Error> error_;
};

}  // namespace

Result<Value> parse_json_thoroughly(std::string_view text, const JsonLimits& json_limits) {
  TreeBuilder builder(text, json_limits);
  try {
    TrackedIterator begin(text.data(), &builder.position);
    TrackedIterator end(text.data() + text.size(), &builder.position);
    nlohmann::json::sax_parse(begin, end, &builder);
  } catch (const nlohmann::json::exception& failure) {
    return Error{ErrorCode::invalid, plain_message(failure)};
  }
  return builder.take();
}

}  // namespace jieban
