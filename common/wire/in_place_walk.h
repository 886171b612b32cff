// How InPlace reads a struct: its table of fields is walked beside what stands in the bytes.
//
// Two forms: a map with the names of the fields, which all payloads have, and an array with their
// values in order, which only own rows have (row.h). A part of in_place.h, which says what fails.
#pragma once

#include <optional>
#include <string_view>

#include "common/wire/in_place.h"

namespace jieban::wire_detail {

// Walks the table of a struct beside the keys of its map.
template <class Row>
struct InPlaceFields {
  InPlace& in;
  Row& row;
  size_t left = 0;  // keys not looked at yet
  bool ok = true;
  bool pending = false;      // `key` was read and belongs to no field yet
  bool known = false;        // whether a field has the pending key,
  size_t judged = SIZE_MAX;  // which was looked up when so many keys were left
  std::string_view key = {};
  uint64_t passed = 0;  // bits of the keys that were passed over

  bool peek() {
    if (pending) return true;
    if (left == 0) return false;
    ok = in.raw_text(key);
    --left;
    return pending = ok;
  }
  // Passes over the pending key, if no field has it: a field out of order is not ours to find.
  bool pass() {
    if (judged != left) known = FieldNames<Row>::get().has(key);
    const uint64_t bit = key_bit(key);
    ok = (passed & bit) == 0 && !known && is_utf8(key) && in.skip(0);
    passed |= bit;
    pending = false;
    return ok;
  }
  // The walkers are inlined, so that a name is a constant with a length where it is compared.
  template <class T>
  [[gnu::always_inline]] bool take(std::string_view name, T& out) {
    if (!peek()) return false;
    if (key != name) {
      if (judged != left) known = FieldNames<Row>::get().has(key);
      judged = left;
      return false;
    }
    pending = false;
    ok = in.read(out);
    return true;
  }
  template <class T>
  [[gnu::always_inline]] void operator()(const char* name, T Row::*member) {
    if constexpr (kManifold<T>) {
      if (!take_if_there(name, row.*member)) (row.*member).clear();
      return;
    }
    while (ok && !take(name, row.*member)) {
      if (ok) ok = pending && pass();
    }
  }
  template <class T>
  [[gnu::always_inline]] void operator()(const char* name, std::optional<T> Row::*member) {
    take_if_there(name, row.*member);
  }
  template <class T>
  [[gnu::always_inline]] bool take_if_there(std::string_view name, T& out) {
    while (ok) {
      if (take(name, out)) return true;
      // A key that no field has stands before this one, or this one is absent.
      if (!ok || !pending || known) return false;
      pass();
    }
    return false;
  }
  bool finish() {
    while (ok && peek()) pass();
    return ok;
  }
};

// Walks the table of a struct beside the elements of its array.
template <class Row>
struct InPlacePositions {
  InPlace& in;
  Row& row;
  size_t left = 0;  // elements not read yet
  bool ok = true;

  template <class T>
  [[gnu::always_inline]] void operator()(const char*, T Row::*member) {
    ok = ok && left > 0 && in.read(row.*member);
    --left;
  }
  // Fields that a later version added are absent in what was written before.
  template <class T>
  [[gnu::always_inline]] void operator()(const char*, std::optional<T> Row::*member) {
    if (!ok || left == 0) return;
    --left;
    if (!in.nil()) ok = in.read(row.*member);
  }
  // What a later version wrote is passed over.
  bool finish() { return ok && in.skip_many(left, 0); }
};

template <class T>
bool InPlace::read_positions(T& out) {
  size_t parts = 0;
  if (!array(parts)) return false;
  InPlacePositions<T> positions{*this, out, parts};
  T::fields(positions);
  return positions.finish();
}

template <class T>
bool InPlace::read_fields(T& out) {
  if (trust_ == Trust::own_rows && is_array()) return read_positions(out);
  size_t keys = 0;
  if (!map(keys)) return false;
  InPlaceFields<T> fields{*this, out, keys};
  T::fields(fields);
  return fields.finish();
}

}  // namespace jieban::wire_detail
