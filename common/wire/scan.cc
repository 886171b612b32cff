#include "common/wire/scan.h"

#include <msgpack.hpp>

#include "common/base/bytes.h"

namespace jieban::wire_detail {

// msgpack calls these as it reads; false stops it. Nothing is allocated for announced sizes.
struct FlatVisitor : msgpack::null_visitor {
  FlatVisitor(FlatScan& target, size_t part_size_max) : scan(target), size_max(part_size_max) {}

  bool add(FlatScan::Part part) {
    if (!inside || scan.count_ >= scan.expected_ || part.view.size() > size_max) return false;
    scan.parts_[scan.count_++] = part;
    return true;
  }
  bool visit_positive_integer(uint64_t value) { return add({FlatScan::Kind::number, value, {}}); }
  bool visit_negative_integer(int64_t value) {
    return add({FlatScan::Kind::negative, uint64_t(value), {}});
  }
  bool visit_str(const char* data, uint32_t size) {
    return add({FlatScan::Kind::text, 0, {data, size}});
  }
  bool visit_bin(const char* data, uint32_t size) {
    return add({FlatScan::Kind::bytes, 0, {data, size}});
  }
  bool visit_nil() { return false; }
  bool visit_boolean(bool) { return false; }
  bool visit_float32(float) { return false; }
  bool visit_float64(double) { return false; }
  bool visit_ext(const char*, uint32_t) { return false; }
  bool start_map(uint32_t) { return false; }
  bool start_array(uint32_t count) {
    if (inside || count != scan.expected_) return false;
    inside = true;
    return true;
  }
  void parse_error(size_t, size_t) { failed = true; }
  void insufficient_bytes(size_t, size_t) { failed = true; }

  FlatScan& scan;
  size_t size_max;
  bool inside = false;
  bool failed = false;
};

Result<void> FlatScan::run_prefix(std::string_view bytes, size_t part_bytes_max, size_t& consumed) {
  CHECK(expected_ <= kPartsMax);
  count_ = 0;
  FlatVisitor visitor(*this, part_bytes_max);
  bool parsed = false;
  consumed = 0;
  try {
    parsed = msgpack::parse(bytes.data(), bytes.size(), consumed, visitor);
  } catch (const std::exception&) {
    parsed = false;
  }
  if (!parsed || visitor.failed || count_ != expected_) {
    return Error{ErrorCode::corrupt,
                 "it is not an array of " + std::to_string(expected_) + " scalar parts"};
  }
  return {};
}

Result<void> FlatScan::run(std::string_view bytes, size_t part_bytes_max) {
  size_t consumed = 0;
  RETURN_IF_ERROR(run_prefix(bytes, part_bytes_max, consumed));
  if (consumed != bytes.size()) return Error{ErrorCode::corrupt, "bytes follow its end"};
  return {};
}

bool FlatScan::number(size_t index, uint64_t& out) const {
  if (parts_[index].kind != Kind::number) return false;
  out = parts_[index].number;
  return true;
}

bool FlatScan::integer(size_t index, int64_t& out) const {
  const Part& part = parts_[index];
  bool fits = part.kind == Kind::negative ||
              (part.kind == Kind::number && part.number <= uint64_t(INT64_MAX));
  if (fits) out = int64_t(part.number);
  return fits;
}

bool FlatScan::text(size_t index, std::string_view& out) const {
  if (parts_[index].kind != Kind::text || !is_utf8(parts_[index].view)) return false;
  out = parts_[index].view;
  return true;
}

bool FlatScan::bytes(size_t index, std::string_view& out) const {
  if (parts_[index].kind != Kind::bytes) return false;
  out = parts_[index].view;
  return true;
}

}  // namespace jieban::wire_detail
