#include "common/alerting/pattern.h"

#include <re2/re2.h>

#include <map>
#include <memory>
#include <string>

namespace jieban {
namespace {

// A pattern of 256 bytes with counted repetitions fits; what does not is refused when it is read.
constexpr int64_t kCompiledBytesMax = 256 * 1024;
// All patterns of a rule table and the silences of a day.
constexpr size_t kKeptMax = 256;

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

RE2::Options options() {
  RE2::Options options;
  options.set_max_mem(kCompiledBytesMax);
  options.set_log_errors(false);
  options.set_never_capture(true);
  return options;
}

// What a pattern matches does not depend on what is kept: this saves compiling, and nothing else.
const RE2& compiled(std::string_view pattern) {
  thread_local std::map<std::string, std::unique_ptr<RE2>, std::less<>> kept;
  const auto found = kept.find(pattern);
  if (found != kept.end()) return *found->second;
  if (kept.size() >= kKeptMax) kept.clear();
  auto made = std::make_unique<RE2>(piece(pattern), options());
  return *kept.emplace(pattern, std::move(made)).first->second;
}

}  // namespace

Result<void> check_pattern(std::string_view pattern) {
  if (pattern.size() > kPatternBytesMax) {
    return Error{ErrorCode::limit,
                 "a pattern has at most " + std::to_string(kPatternBytesMax) + " bytes"};
  }
  const RE2& re2 = compiled(pattern);
  if (!re2.ok()) return invalid("the pattern is not understood: " + re2.error());
  return {};
}

bool matches_pattern(std::string_view pattern, std::string_view text) {
  if (pattern.size() > kPatternBytesMax) return false;
  const RE2& re2 = compiled(pattern);
  return re2.ok() && RE2::FullMatch(piece(text), re2);
}

}  // namespace jieban
