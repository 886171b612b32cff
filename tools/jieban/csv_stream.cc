#include "tools/jieban/csv_stream.h"

#include <algorithm>

namespace jieban {
namespace {

constexpr size_t kReadBytes = 256 * 1024;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Whether a place of a record lies within quotes, in which a line break ends nothing. A quote in
// the middle of a bare cell opens none: its record is faulty, the next one is not.
class QuoteScan {
 public:
  bool open() const { return open_; }
  void pass(std::string_view part) {
    if (!open_ && part.find('"') == std::string_view::npos) {
      if (!part.empty()) may_open_ = part.back() == ',';
      return;
    }
    for (const char c : part) {
      const bool quote = c == '"';
      // A quote right behind one that closed is a doubled one.
      const bool was_open = open_;
      if (quote) open_ = !open_ && may_open_;
      may_open_ = c == ',' || (quote && was_open);
    }
  }

 private:
  bool open_ = false;
  bool may_open_ = true;
};

}  // namespace

// False at the end of the text.
Result<bool> CsvStream::fill() {
  if (ended_) return false;
  buffer_.erase(0, at_);
  at_ = 0;
  const size_t kept = buffer_.size();
  buffer_.resize(kept + kReadBytes);
  auto count = source_(buffer_.data() + kept, kReadBytes);
  buffer_.resize(kept + (count.ok() ? *count : 0));
  if (!count.ok()) return count.error();
  ended_ = *count == 0;
  return !ended_;
}

// `end` becomes the place of the line break that ends the record, or the end of the text.
Result<bool> CsvStream::take_line(size_t& end) {
  QuoteScan quotes;
  size_t scanned = 0;  // of the record
  while (true) {
    end = buffer_.find('\n', at_ + scanned);
    const size_t known = std::min(end, buffer_.size()) - at_;
    quotes.pass(std::string_view(buffer_).substr(at_ + scanned, known - scanned));
    scanned = known;
    if (end != std::string::npos && !quotes.open()) return true;
    if (known > kRecordBytesMax) {
      return Error{ErrorCode::limit, "line " + std::to_string(line_) + ": longer than " +
                                         std::to_string(kRecordBytesMax) +
                                         " bytes; is a quote never closed?"};
    }
    if (end != std::string::npos) {
      ++scanned;
      continue;
    }
    auto more = fill();
    if (!more.ok()) return more.error();
    if (*more) continue;
    end = buffer_.size();
    return end > at_;
  }
}

Result<bool> CsvStream::next(CsvRecord& record) {
  while (true) {
    size_t end = 0;
    auto found = take_line(end);
    if (!found.ok() || !*found) return found;
    record.line = line_;
    record.raw = std::string_view(buffer_).substr(at_, end - at_);
    line_ += 1 + size_t(std::count(record.raw.begin(), record.raw.end(), '\n'));
    at_ = std::min(end + 1, buffer_.size());
    if (record.raw.ends_with('\r')) record.raw.remove_suffix(1);
    if (record.line == 1 && record.raw.starts_with(kByteOrderMark)) {
      record.raw.remove_prefix(kByteOrderMark.size());
    }
    if (record.raw.empty()) continue;
    split(record);
    return true;
  }
}

void CsvStream::split(CsvRecord& record) {
  record.fault.clear();
  if (record.raw.find('"') != std::string_view::npos) return split_quoted(record);
  size_t count = 0;
  for (size_t begin = 0; begin <= record.raw.size(); ++count) {
    const size_t end = std::min(record.raw.find(',', begin), record.raw.size());
    if (count == record.cells.size()) record.cells.emplace_back();
    record.cells[count].assign(record.raw.substr(begin, end - begin));
    begin = end + 1;
  }
  record.cells.resize(count);
}

void CsvStream::split_quoted(CsvRecord& record) {
  record.cells.assign(1, "");
  bool quoted = false;  // inside of quotes
  bool closed = false;  // behind the quotes of a cell
  for (size_t i = 0; i < record.raw.size(); ++i) {
    const char c = record.raw[i];
    std::string& cell = record.cells.back();
    if (quoted && c == '"' && record.raw.substr(i + 1).starts_with('"')) {
      cell += record.raw[++i];
    } else if (quoted && c == '"') {
      quoted = false;
      closed = true;
    } else if (quoted) {
      cell += c;
    } else if (c == ',') {
      record.cells.emplace_back();
      closed = false;
    } else if (c == '"' && cell.empty() && !closed) {
      quoted = true;
    } else {
      if (c == '"' || closed) record.fault = "a quote inside of a cell is written twice";
      cell += c;
    }
  }
  if (quoted) record.fault = "a quote is never closed";
}

}  // namespace jieban
