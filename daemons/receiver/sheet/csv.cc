#include "daemons/receiver/sheet/csv.h"

#include <algorithm>

#include "common/base/encoding.h"

namespace jieban {
namespace {

class CsvReader {
 public:
  CsvReader(std::string_view text, const SheetLimits& limits) : text_(text), limits_(limits) {}

  Result<Sheet> read() {
    while (at_ < text_.size()) RETURN_IF_ERROR(read_row());
    return std::move(sheet_);
  }

 private:
  Result<void> read_row() {
    row_ = Row{++row_no_, {}};
    failure_.clear();
    bool more = true;
    while (more) {
      row_.cells.emplace_back();
      if (row_.cells.size() > limits_.columns_max) return past("列", limits_.columns_max);
      more = read_field(row_.cells.back().text);
    }
    return keep_row();
  }

  // True when another field follows in the row.
  bool read_field(std::string& out) {
    if (at_ < text_.size() && text_[at_] == '"') read_quoted(out);
    size_t end = std::min(text_.find_first_of(",\n", at_), text_.size());
    std::string_view rest = text_.substr(at_, end - at_);
    bool comma = end < text_.size() && text_[end] == ',';
    at_ = std::min(end + 1, text_.size());
    if (!comma) {
      ++line_;
      if (rest.ends_with('\r')) rest.remove_suffix(1);
    }
    if (!rest.empty() && quoted_) failure_ = "引号之后还有文字，字段中的引号应写成两个";
    quoted_ = false;
    out += rest;
    // "a," at the very end of the file has an empty last field, which no one misses.
    return comma && at_ < text_.size();
  }

  void read_quoted(std::string& out) {
    size_t opened = line_;
    quoted_ = true;
    ++at_;
    while (true) {
      size_t quote = text_.find('"', at_);
      std::string_view part = text_.substr(at_, quote - at_);
      line_ += size_t(std::count(part.begin(), part.end(), '\n'));
      out += part;
      if (quote == std::string_view::npos) {
        failure_ = "第 " + std::to_string(opened) + " 行的引号没有闭合，其后的内容无法读取";
        at_ = text_.size();
        quoted_ = false;
        return;
      }
      at_ = quote + 1;
      if (at_ >= text_.size() || text_[at_] != '"') return;
      out += '"';
      ++at_;
    }
  }

  Result<void> keep_row() {
    if (!failure_.empty()) {
      if (sheet_.errors.size() >= limits_.row_errors_max) {
        return Error{ErrorCode::limit, "无法读取的行超过 " +
                                           std::to_string(limits_.row_errors_max) +
                                           " 行，文件格式不是标准 CSV"};
      }
      sheet_.errors.push_back({row_.number, failure_});
      return {};
    }
    if (is_blank(row_)) return {};
    cells_ += row_.cells.size();
    if (cells_ > limits_.cells_max) return past("单元格", limits_.cells_max);
    if (sheet_.rows.size() >= limits_.rows_max) return past("行", limits_.rows_max);
    sheet_.rows.push_back(std::move(row_));
    return {};
  }

  Error past(std::string_view what, size_t most) const {
    return {ErrorCode::limit, "第 " + std::to_string(row_no_) + " 行：超过 " +
                                  std::to_string(most) + " " + std::string(what) +
                                  "的上限，请分成几个文件导入"};
  }

  std::string_view text_;
  const SheetLimits& limits_;
  Sheet sheet_;
  Row row_;
  std::string failure_;
  bool quoted_ = false;
  size_t at_ = 0;
  size_t line_ = 1;
  size_t row_no_ = 0;
  size_t cells_ = 0;
};

}  // namespace

Result<Sheet> read_csv(std::string_view bytes, const SheetLimits& limits) {
  if (bytes.size() > limits.bytes_max) {
    return Error{ErrorCode::limit, "文件大于 " + std::to_string(limits.bytes_max / (1024 * 1024)) +
                                       " MB，请分成几个文件导入"};
  }
  auto text = to_utf8(bytes);
  if (!text) return text.error();
  return CsvReader(*text, limits).read();
}

}  // namespace jieban
