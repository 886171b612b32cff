// CsvStream: records of a CSV text as they come in, in bounded memory.
//
// CSV as RFC 4180 has it: quoted cells, doubled quotes, line breaks inside quotes, LF or CRLF. A
// byte order mark before the first record and empty lines are passed over. The raw text of a record
// is kept, so that it can be handed on exactly as it was.
// What fails and how: a record that is no CSV comes with its `fault`, and the reading goes on;
// next() gives `limit` for a record longer than kRecordBytesMax and whatever the source gives.
// Thread rule: one thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"

namespace jieban {

constexpr size_t kRecordBytesMax = 1024 * 1024;

struct CsvRecord {
  size_t line = 0;       // on which it begins; 1 is the first
  std::string_view raw;  // without the line end; valid until the next next()
  std::vector<std::string> cells;
  std::string fault;  // empty: it was read as written
};

class CsvStream {
 public:
  // Fills the buffer with what is there, and gives the number of bytes; 0 at the end.
  using Source = std::function<Result<size_t>(char* buffer, size_t size)>;

  explicit CsvStream(Source source) : source_(std::move(source)) {}
  // False after the last record.
  Result<bool> next(CsvRecord& record);

 private:
  Result<bool> take_line(size_t& end);
  Result<bool> fill();
  static void split(CsvRecord& record);
  static void split_quoted(CsvRecord& record);

  Source source_;
  std::string buffer_;
  size_t at_ = 0;
  size_t line_ = 1;
  bool ended_ = false;
};

}  // namespace jieban
