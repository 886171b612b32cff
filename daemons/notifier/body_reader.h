// The JSON bodies of the door's own API: objects of texts, flags and counts, read strictly.
// Fails: `invalid` and `limit` in Chinese, naming a member and never its value. Thread rule: one
// thread.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "common/base/value.h"

namespace jieban {

class BodyReader {
 public:
  // An object of these members only.
  static Result<BodyReader> parse(std::string_view body,
                                  std::initializer_list<std::string_view> known);

  Result<std::string> required(std::string_view name, size_t bytes_max) const;
  // Empty when it is not there.
  Result<std::string> optional(std::string_view name, size_t bytes_max) const;
  // What a person wrote freely, such as a reason: masked (safe_text.h). Empty when it is not there.
  Result<std::string> words(std::string_view name, size_t bytes_max) const;
  // A name that somebody made up. `invalid` where it could be a number of a person's: it is shown,
  // and would be another name if it were masked.
  Result<std::string> made_up_name(std::string_view name, size_t bytes_max) const;
  // "2026-07-18 12:00:00", Beijing time.
  Result<std::optional<Timestamp>> optional_time(std::string_view name) const;
  Result<Timestamp> required_time(std::string_view name) const;
  // False, 0 and none when it is not there.
  Result<bool> flag(std::string_view name) const;
  Result<uint64_t> count(std::string_view name, uint64_t count_max) const;
  Result<std::vector<BodyReader>> objects(std::string_view name, size_t count_max,
                                          std::initializer_list<std::string_view> known) const;

 private:
  explicit BodyReader(Value body) : body_(std::move(body)) {}
  static Result<BodyReader> of_object(Value value, std::initializer_list<std::string_view> known);
  Value body_;
};

}  // namespace jieban
