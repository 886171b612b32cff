// Rows of a daemon's own tables: a struct as a MessagePack array, its fields by their position.
//
// A payload is read for years by whoever gets it, and names its fields. A row is read by the daemon
// that wrote it, millions of times, and the names stand once, beside the table (row_layout): a
// third of the bytes of most rows were names. A row that was written with names is read as well.
// Fails: Error `corrupt`. Thread rule: what encode_row gives belongs to the calling thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/base/result.h"
#include "common/wire/payload.h"

namespace jieban {
namespace wire_detail {

template <class T>
void write_row(Writer& writer, const T& value);

template <class Row>
struct RowWriter {
  const Row& row;
  Writer& writer;
  template <class T>
  [[gnu::always_inline]] void operator()(const char*, T Row::*member) {
    write_row(writer, row.*member);
  }
  template <class T>
  [[gnu::always_inline]] void operator()(const char*, std::optional<T> Row::*member) {
    if (row.*member) return write_row(writer, *(row.*member));
    writer.nil();
  }
};

struct FieldCounter {
  size_t count = 0;
  template <class Member>
  constexpr void operator()(const char*, Member) {
    ++count;
  }
};

template <class T>
void write_row(Writer& writer, const std::vector<T>& values) {
  writer.array(values.size());
  for (const T& value : values) write_row(writer, value);
}

template <class T>
void write_row(Writer& writer, const std::map<std::string, T>& values) {
  writer.map(values.size());
  for (const auto& [key, value] : values) {
    writer.put(std::string_view(key));
    write_row(writer, value);
  }
}

template <class T>
void write_row(Writer& writer, const T& value) {
  if constexpr (HasFields<T>) {
    FieldCounter counter;
    T::fields(counter);
    writer.array(counter.count);
    RowWriter<T> fields{value, writer};
    T::fields(fields);
  } else {
    write(writer, value);
  }
}

// One line a field, outer before inner: "facts.round", and "?" behind what may be absent.
struct Layout {
  std::string prefix;
  std::string& out;

  template <class Row, class T>
  void operator()(const char* name, T Row::*) {
    add<T>(name, "");
  }
  template <class Row, class T>
  void operator()(const char* name, std::optional<T> Row::*) {
    add<T>(name, "?");
  }

 private:
  template <class T>
  struct Inner {
    using Type = T;
  };
  template <class T>
  struct Inner<std::vector<T>> : Inner<T> {};
  template <class T>
  struct Inner<std::map<std::string, T>> : Inner<T> {};

  template <class T>
  void add(const char* name, const char* mark) {
    using Part = typename Inner<T>::Type;
    out += prefix + name + mark + "\n";
    if constexpr (HasFields<Part>) {
      Layout inner{prefix + name + ".", out};
      Part::fields(inner);
    }
  }
};

}  // namespace wire_detail

// Valid until the next row is encoded in this thread.
template <class Row>
std::string_view encode_row(const Row& row) {
  static thread_local wire_detail::Writer writer;
  writer.clear();
  wire_detail::write_row(writer, row);
  return writer.view();
}

// Of bytes that this daemon encoded itself and that a checksum covers; `row` is as it was made.
template <class Row>
Result<void> decode_row(std::string_view bytes, Row& row) {
  using namespace wire_detail;
  if (InPlace(bytes, Trust::own_rows).read_all(row)) return {};
  auto named = decode_by_tree<Row>(bytes);
  if (!named.ok()) return named.error().context("row");
  row = std::move(*named);
  return {};
}

template <class Row>
Result<Row> decode_row(std::string_view bytes) {
  Row row;
  RETURN_IF_ERROR(decode_row(bytes, row));
  return row;
}

// The names of a row's fields in their order, as text.
template <class Row>
std::string row_layout() {
  std::string layout;
  wire_detail::Layout visit{"", layout};
  Row::fields(visit);
  return layout;
}

// Whether rows of the layout `written` are read rightly by a struct of the layout `now`: each
// struct has the fields that it had, in their order, and new ones stand last and may be absent.
bool can_read_layout(std::string_view written, std::string_view now);

}  // namespace jieban
