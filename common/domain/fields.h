// How a struct names its fields: once, in a table that codecs, printers and checkers all walk.
//
//   struct Point {
//     int64_t x = 0;
//     std::optional<std::string> label;
//     template <class Visit> static void fields(Visit& visit) {
//       visit("x", &Point::x);
//       visit("label", &Point::label);
//     }
//   };
//
// std::optional members may be absent, and are left out when empty; all others are required.
// A field added after data was written must therefore be optional. Enums travel as their names.
#pragma once

#include <string>

namespace jieban {

// Bytes that are not text: sealed boxes, hashes, key ids.
struct Bytes {
  std::string data;

  bool operator==(const Bytes&) const = default;
};

namespace fields_detail {
struct AnyVisit {
  template <class Member>
  void operator()(const char* name, Member member);
};
}  // namespace fields_detail

template <class T>
concept HasFields = requires(fields_detail::AnyVisit& visit) {
  T::fields(visit);
};

}  // namespace jieban
