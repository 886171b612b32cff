// Private to this folder: reads a flat MessagePack array of a known number of parts, without
// allocation. Records and frames are such arrays.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "common/base/result.h"

namespace jieban::wire_detail {

class FlatScan {
 public:
  static constexpr size_t kPartsMax = 10;

  // REQUIRES: parts <= kPartsMax.
  explicit FlatScan(size_t parts) : expected_(parts) {}

  // Checks that `bytes` is exactly one array of the expected length with scalar parts.
  Result<void> run(std::string_view bytes, size_t part_bytes_max);
  // As run, but bytes may follow; `consumed` tells where the array ended.
  Result<void> run_prefix(std::string_view bytes, size_t part_bytes_max, size_t& consumed);

  // False when the part is of another type.
  bool number(size_t index, uint64_t& out) const;
  bool integer(size_t index, int64_t& out) const;
  bool text(size_t index, std::string_view& out) const;  // also false when it is not UTF-8
  bool bytes(size_t index, std::string_view& out) const;

 private:
  enum class Kind { none, number, negative, text, bytes };
  struct Part {
    Kind kind = Kind::none;
    uint64_t number = 0;
    std::string_view view;
  };
  friend struct FlatVisitor;

  size_t expected_;
  size_t count_ = 0;
  std::array<Part, kPartsMax> parts_{};
};

}  // namespace jieban::wire_detail
