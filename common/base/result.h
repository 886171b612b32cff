// Result<T>: a value, or an Error that says what failed, where, and in what context.
//
// Nothing above the wrapper of a third-party library throws. A caller adds what it was doing with
// `context`, so that the outermost message reads from the general to the particular.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "common/base/check.h"

namespace jieban {

// What kind of failure it is; machines decide on this, people read the message.
enum class ErrorCode {
  invalid,          // the input is wrong; the same input will be wrong again
  refused,          // the input is well formed, a rule says no
  not_found,        // there is no such thing
  conflict,         // it exists already, with other content
  limit,            // a named limit is exceeded
  corrupt,          // stored or received bytes are damaged
  unauthenticated,  // who is asking is not known
  unavailable,      // try again later
  full,             // a store or a disk has no room
  io,               // the system failed; the outcome may be unknown
  internal,         // our own mistake
};

std::string_view to_string(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;

  // The same error, told from further out: "reading orders.csv: line 7: ...".
  Error context(std::string_view doing) const {
    return Error{code, std::string(doing) + ": " + message};
  }
};

inline Error invalid(std::string message) { return {ErrorCode::invalid, std::move(message)}; }

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(*-explicit-*)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(*-explicit-*)
  // A value made in its place, for one that is large.
  template <class... Parts>
  explicit Result(std::in_place_t, Parts&&... parts)
      : state_(std::in_place_index<0>, std::forward<Parts>(parts)...) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & {
    CHECK(ok());
    return *std::get_if<0>(&state_);
  }
  const T& value() const& {
    CHECK(ok());
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    CHECK(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Error& error() const {
    CHECK(!ok());
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(*-explicit-*)

  bool ok() const { return !error_; }
  explicit operator bool() const { return ok(); }
  const Error& error() const {
    CHECK(!ok());
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

}  // namespace jieban

// Leaves the function with the error, if `expression` is one.
#define RETURN_IF_ERROR(expression)                                         \
  do {                                                                      \
    if (auto failed_ = (expression); !failed_.ok()) return failed_.error(); \
  } while (false)
