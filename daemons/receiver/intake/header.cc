#include "daemons/receiver/intake/header.h"

#include <algorithm>
#include <map>

#include "common/base/text.h"

namespace jieban {
namespace {

struct Column {
  const Field* field = nullptr;
  std::string name;
};

std::vector<std::string> header_texts(const Row& row) {
  std::vector<std::string> texts;
  for (const Cell& cell : row.cells) texts.push_back(normalise_header(cell.text));
  return texts;
}

size_t known_aliases(const Row& row, const AliasTable& aliases) {
  auto fields = aliases.assign(header_texts(row));
  return size_t(std::count_if(fields.begin(), fields.end(), [](auto* f) { return f != nullptr; }));
}

Result<size_t> find_header(const Sheet& sheet, const AliasTable& aliases) {
  size_t best = 0;
  size_t best_count = 0;
  size_t tried = std::min(sheet.rows.size(), kHeaderRowsTried);
  for (size_t at = 0; at < tried; ++at) {
    size_t count = known_aliases(sheet.rows[at], aliases);
    if (count > best_count) {
      best = at;
      best_count = count;
    }
  }
  if (best_count >= kHeaderAliasesMin) return best;
  if (tried == 0) return invalid("文件中没有任何内容");
  return invalid("没有找到表头：已查看第 " + std::to_string(sheet.rows.front().number) + " 到第 " +
                 std::to_string(sheet.rows[tried - 1].number) + " 行，最多只认出 " +
                 std::to_string(best_count) + " 个列名（至少要 " +
                 std::to_string(kHeaderAliasesMin) + " 个）；列名可在 aliases.yaml 中补充");
}

std::vector<Column> name_columns(const Row& header, const AliasTable& aliases) {
  std::vector<std::string> texts = header_texts(header);
  std::vector<const Field*> fields = aliases.assign(texts);
  std::vector<Column> columns;
  std::map<std::string, size_t> seen;
  for (size_t at = 0; at < texts.size(); ++at) {
    std::string name = texts[at].empty() ? "列" + std::to_string(at + 1) : texts[at];
    if (fields[at] == nullptr) {
      size_t times = ++seen[name];
      if (times > 1) name += "#" + std::to_string(times);
    }
    columns.push_back({fields[at], std::move(name)});
  }
  return columns;
}

bool repeats_header(const Row& row, const std::vector<std::string>& texts) {
  return std::equal(row.cells.begin(), row.cells.end(), texts.begin(), texts.end(),
                    [](const Cell& cell, const std::string& text) {
                      return normalise_header(cell.text) == text;
                    });
}

RawOrder map_row(const Row& row, const std::vector<Column>& columns, DateStyle dates) {
  RawOrder order;
  order.row_no = row.number;
  order.dates = dates;
  for (size_t at = 0; at < row.cells.size(); ++at) {
    const Cell& cell = row.cells[at];
    if (cell.text.empty()) continue;
    if (at >= columns.size()) {
      order.extra.emplace_back("列" + std::to_string(at + 1), cell.text);
    } else if (columns[at].field == nullptr) {
      order.extra.emplace_back(columns[at].name, cell.text);
    } else {
      order.fields.push_back({columns[at].field->name, cell.text, cell.number});
    }
  }
  return order;
}

}  // namespace

size_t header_score(const Sheet& sheet, const AliasTable& aliases) {
  size_t best = 0;
  size_t tried = std::min(sheet.rows.size(), kHeaderRowsTried);
  for (size_t at = 0; at < tried; ++at) {
    best = std::max(best, known_aliases(sheet.rows[at], aliases));
  }
  return best;
}

Result<OrderRows> map_rows(const Sheet& sheet, const AliasTable& aliases) {
  auto header = find_header(sheet, aliases);
  if (!header) return header.error();
  const Row& header_row = sheet.rows[*header];
  std::vector<std::string> texts = header_texts(header_row);
  std::vector<Column> columns = name_columns(header_row, aliases);
  OrderRows mapped;
  mapped.header_row = header_row.number;
  for (size_t at = *header + 1; at < sheet.rows.size(); ++at) {
    if (repeats_header(sheet.rows[at], texts)) continue;
    mapped.orders.push_back(map_row(sheet.rows[at], columns, aliases.dates()));
  }
  return mapped;
}

}  // namespace jieban
