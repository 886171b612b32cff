#include "tools/jieban/export_table.h"

#include <algorithm>
#include <optional>

#include "common/base/bytes.h"
#include "common/base/encoding.h"
#include "common/base/limits.h"
#include "common/base/text.h"
#include "common/config/document.h"
#include "tools/jieban/csv_stream.h"

namespace jieban {
namespace {

constexpr size_t kHeaderRowsTried = 20;
constexpr size_t kHeaderFieldsMin = 3;

bool has_high_byte(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](char c) { return c < 0; });
}

// By lines, so that a damaged one does not turn the rest into another script. A line that could be
// either counts for both.
bool looks_like_gb18030(std::string_view bytes) {
  size_t utf8 = 0;
  size_t other = 0;
  for (size_t at = 0; at < bytes.size();) {
    const size_t end = std::min(bytes.find('\n', at), bytes.size());
    const std::string_view line = bytes.substr(at, end - at);
    if (has_high_byte(line)) ++(is_utf8(line) ? utf8 : other);
    at = end + 1;
  }
  return other > utf8;
}

using Columns = std::map<std::string, size_t, std::less<>>;

Columns columns_of(const std::vector<std::string>& header, const ColumnNames& names) {
  std::vector<std::string> texts;
  for (const std::string& cell : header) texts.push_back(normalise_header(cell));
  Columns columns;
  for (const auto& [field, aliases] : names.aliases) {
    for (const std::string& alias : aliases) {
      const auto found = std::find(texts.begin(), texts.end(), normalise_header(alias));
      if (found == texts.end()) continue;
      columns[field] = size_t(found - texts.begin());
      break;
    }
  }
  return columns;
}

// Columns, not fields, make a header: a title that names one thing twice is still a title.
size_t known_columns(const Columns& columns) {
  std::vector<size_t> places;
  for (const auto& [field, place] : columns) places.push_back(place);
  std::sort(places.begin(), places.end());
  return size_t(std::unique(places.begin(), places.end()) - places.begin());
}

bool is_blank(const std::vector<std::string>& cells) {
  return std::all_of(cells.begin(), cells.end(), [](const auto& c) { return trim(c).empty(); });
}

class ExportReader {
 public:
  ExportReader(std::string_view bytes, const ColumnNames& names)
      : rest_(bytes),
        names_(names),
        gb18030_(looks_like_gb18030(bytes)),
        stream_([this](auto... to) { return feed(to...); }) {
    table_.dates = names.dates;
  }

  Result<ExportTable> read() {
    RETURN_IF_ERROR(read_rows());
    RETURN_IF_ERROR(choose_header());
    return std::move(table_);
  }

 private:
  Result<size_t> feed(char* buffer, size_t size) {
    const size_t count = std::min(size, rest_.size());
    std::copy_n(rest_.begin(), count, buffer);
    rest_.remove_prefix(count);
    return count;
  }

  Result<void> read_rows() {
    CsvRecord record;
    while (true) {
      auto found = stream_.next(record);
      if (!found.ok()) return stop_at(record.line + 1);
      if (!*found) return {};
      RETURN_IF_ERROR(keep(record));
    }
  }

  // A record without an end takes all that follows with it; what came before stays.
  Result<void> stop_at(size_t line) {
    return fault(line, "引号没有闭合或一行过长，从这里起无法读取");
  }

  Result<void> fault(size_t line, std::string reason) {
    if (table_.faults.size() >= kFaultsMax) {
      return Error{ErrorCode::limit,
                   "无法读取的行超过 " + std::to_string(kFaultsMax) + " 行，文件格式不是标准 CSV"};
    }
    table_.faults.push_back({line, std::move(reason)});
    return {};
  }

  Result<void> keep(CsvRecord& record) {
    if (!record.fault.empty()) {
      return fault(record.line, "不是标准 CSV：引号没有闭合，或引号内外写法有误");
    }
    if (is_blank(record.cells)) return {};
    for (std::string& cell : record.cells) {
      if (!has_high_byte(cell)) continue;
      auto text = decoded(cell);
      if (!text) return fault(record.line, "文字编码已损坏");
      cell = std::move(*text);
    }
    if (table_.rows.size() >= kExportRowsMax) {
      return Error{ErrorCode::limit, "超过 " + std::to_string(kExportRowsMax) + " 行，请分开统计"};
    }
    table_.rows.push_back({record.line, record.cells});
    return {};
  }

  std::optional<std::string> decoded(const std::string& cell) const {
    if (!gb18030_) return is_utf8(cell) ? std::optional(cell) : std::nullopt;
    auto text = gb18030_to_utf8(cell);
    return text.ok() ? std::optional(std::move(*text)) : std::nullopt;
  }

  Result<void> choose_header() {
    size_t best = 0;
    size_t best_count = 0;
    for (size_t i = 0; i < std::min(table_.rows.size(), kHeaderRowsTried); ++i) {
      const size_t count = known_columns(columns_of(table_.rows[i].cells, names_));
      if (count <= best_count) continue;
      best = i;
      best_count = count;
    }
    if (best_count < kHeaderFieldsMin) {
      return invalid("没有找到表头：前 " + std::to_string(kHeaderRowsTried) + " 行最多只认出 " +
                     std::to_string(best_count) + " 个列名（至少要 " +
                     std::to_string(kHeaderFieldsMin) +
                     " 个）；列名可在 aliases.yaml、columns.yaml 中补充");
    }
    const ExportRow header = table_.rows[best];
    table_.header_line = header.line;
    table_.header = header.cells;
    table_.columns = columns_of(header.cells, names_);
    return keep_rows_below(best, header);
  }

  Result<void> keep_rows_below(size_t at, const ExportRow& header) {
    std::vector<ExportRow> rows = std::move(table_.rows);
    table_.rows.clear();
    for (size_t i = at + 1; i < rows.size(); ++i) {
      ExportRow& row = rows[i];
      if (row.cells == header.cells) continue;
      if (row.cells.size() != header.cells.size()) {
        RETURN_IF_ERROR(fault(row.line, "有 " + std::to_string(row.cells.size()) +
                                            " 个单元格，表头有 " +
                                            std::to_string(header.cells.size()) + " 个"));
        continue;
      }
      table_.rows.push_back(std::move(row));
    }
    // What stands above the header is no data, however it is written.
    std::erase_if(table_.faults, [&](const RowFault& f) { return f.line < header.line; });
    std::stable_sort(table_.faults.begin(), table_.faults.end(),
                     [](const RowFault& a, const RowFault& b) { return a.line < b.line; });
    return {};
  }

  std::string_view rest_;
  const ColumnNames& names_;
  bool gb18030_;
  CsvStream stream_;
  ExportTable table_;
};

Result<void> read_names(const Document& document, ColumnNames& names) {
  const Node root = document.root();
  RETURN_IF_ERROR(root.only_keys({"version", "dates", "aliases"}));
  if (const auto dates = root.optional("dates")) {
    auto word = dates->text();
    if (!word.ok()) return word.error();
    names.dates = *word == "month_first" ? DateStyle::month_first : DateStyle::year_first;
  }
  auto aliases = root.required("aliases");
  if (!aliases.ok()) return aliases.error();
  auto fields = aliases->keys();
  if (!fields.ok()) return fields.error();
  for (const std::string& field : *fields) {
    auto items = aliases->required(field)->items();
    if (!items.ok()) return items.error();
    std::vector<std::string> texts;
    for (const Node& item : *items) {
      auto text = item.text();
      if (!text.ok()) return text.error();
      texts.push_back(std::move(*text));
    }
    texts.push_back(field);
    auto& known = names.aliases[field];
    known.insert(known.begin(), texts.begin(), texts.end());
  }
  return {};
}

}  // namespace

Result<void> ColumnNames::add_file(const std::string& path) {
  auto document = Document::load(path, limits::kRulesBytesMax);
  if (!document.ok()) return document.error();
  return read_names(*document, *this);
}

Result<void> ColumnNames::add_text(std::string_view yaml, const std::string& name) {
  auto document = Document::parse(yaml, name);
  if (!document.ok()) return document.error();
  return read_names(*document, *this);
}

std::string_view ExportTable::text(const ExportRow& row, std::string_view field) const {
  const auto found = columns.find(field);
  return found == columns.end() ? std::string_view() : std::string_view(row.cells[found->second]);
}

Result<ExportTable> read_export(std::string_view bytes, const ColumnNames& names) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return invalid("文件是 UTF-16 编码，请另存为“CSV UTF-8”");
  }
  if (bytes.starts_with("PK\x03\x04")) return invalid("这是 Excel 文件，请另存为 CSV");
  if (bytes.find('\0') != std::string_view::npos) {
    return invalid("文件含有空字节，不是 CSV 文本");
  }
  return ExportReader(bytes, names).read();
}

}  // namespace jieban
