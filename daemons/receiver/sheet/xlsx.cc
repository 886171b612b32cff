#include "daemons/receiver/sheet/xlsx.h"

#include <new>
#include <optional>
#include <pugixml.hpp>

#include "daemons/receiver/sheet/workbook_text.h"
#include "daemons/receiver/sheet/zip_archive.h"

namespace jieban {
namespace {

using pugi::xml_node;

// Element names are compared without their prefix: some writers say x:row.
std::string_view local_name(const xml_node& node) {
  std::string_view name = node.name();
  size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

xml_node child(const xml_node& parent, std::string_view name) {
  return parent.find_child([&](const xml_node& node) { return local_name(node) == name; });
}

std::string_view attribute(const xml_node& node, std::string_view name) {
  for (pugi::xml_attribute each : node.attributes()) {
    std::string_view full = each.name();
    size_t colon = full.find(':');
    if (colon != std::string_view::npos) full = full.substr(colon + 1);
    if (full == name) return each.value();
  }
  return {};
}

// Plain text, or rich text in runs (r); phonetic hints (rPh) are no part of it.
std::string text_of(const xml_node& item) {
  std::string text;
  for (const xml_node& node : item.children()) {
    std::string_view name = local_name(node);
    if (name == "t") text += node.text().get();
    if (name == "r") text += child(node, "t").text().get();
  }
  return decode_escapes(text);
}

Error damaged(std::string_view part) {
  return {ErrorCode::corrupt, "工作簿中的 " + std::string(part) + " 已损坏，请重新导出后再导入"};
}

Error past(std::string_view what, size_t most) {
  return {ErrorCode::limit, "工作表超过 " + std::to_string(most) + " " + std::string(what) +
                                "的上限，请分成几个文件导入"};
}

class WorkbookReader {
 public:
  WorkbookReader(ZipArchive archive, const SheetLimits& limits)
      : archive_(std::move(archive)), limits_(limits) {}

  Result<Sheet> read() {
    auto part = first_sheet();
    if (!part) return part.error();
    RETURN_IF_ERROR(read_strings());
    pugi::xml_document document;
    std::string content;
    RETURN_IF_ERROR(load(*part, content, document));
    xml_node rows = child(document.document_element(), "sheetData");
    if (!rows) return damaged(*part);
    for (const xml_node& row : rows.children()) {
      if (local_name(row) == "row") RETURN_IF_ERROR(read_row(row));
    }
    return std::move(sheet_);
  }

 private:
  // Parses in place: `content` must live as long as `document`.
  Result<void> load(const std::string& part, std::string& content, pugi::xml_document& document) {
    auto read = archive_.read(part);
    if (!read) return read.error();
    content = std::move(*read);
    constexpr unsigned kOptions = pugi::parse_default | pugi::parse_ws_pcdata_single;
    if (!document.load_buffer_inplace(content.data(), content.size(), kOptions)) {
      return damaged(part);
    }
    return {};
  }

  Result<std::string> first_sheet() {
    pugi::xml_document document;
    std::string content;
    RETURN_IF_ERROR(load("xl/workbook.xml", content, document));
    xml_node workbook = document.document_element();
    std::string_view from_1904 = attribute(child(workbook, "workbookPr"), "date1904");
    if (from_1904 == "1" || from_1904 == "true") {
      return invalid("工作簿使用 1904 日期系统，日期会差四年，请在 Excel 选项中改回后另存");
    }
    for (const xml_node& sheet : child(workbook, "sheets").children()) {
      std::string_view state = attribute(sheet, "state");
      if (state == "hidden" || state == "veryHidden") continue;
      return part_of(std::string(relation_of(sheet)));
    }
    return invalid("工作簿中没有可见的工作表");
  }

  // r:id, not sheetId: told apart by the prefix.
  static std::string_view relation_of(const xml_node& sheet) {
    for (pugi::xml_attribute each : sheet.attributes()) {
      if (std::string_view(each.name()).ends_with(":id")) return each.value();
    }
    return {};
  }

  Result<std::string> part_of(const std::string& relation) {
    constexpr const char* kRelations = "xl/_rels/workbook.xml.rels";
    pugi::xml_document document;
    std::string content;
    RETURN_IF_ERROR(load(kRelations, content, document));
    std::optional<std::string> found;
    for (const xml_node& each : document.document_element().children()) {
      std::string part = part_path(attribute(each, "Target"));
      if (attribute(each, "Type").ends_with("/sharedStrings")) strings_part_ = part;
      if (!relation.empty() && attribute(each, "Id") == relation) found = std::move(part);
    }
    if (!found || found->empty()) return damaged(kRelations);
    return *found;
  }

  Result<void> read_strings() {
    if (strings_part_.empty()) return {};
    pugi::xml_document document;
    std::string content;
    auto loaded = load(strings_part_, content, document);
    // Some writers list the part and leave it out when every string is inline.
    if (!loaded && loaded.error().code == ErrorCode::not_found) return {};
    RETURN_IF_ERROR(loaded);
    for (const xml_node& item : document.document_element().children()) {
      if (local_name(item) != "si") continue;
      if (strings_.size() >= limits_.cells_max) return past("条文字", limits_.cells_max);
      strings_.push_back(text_of(item));
    }
    return {};
  }

  Result<void> read_row(const xml_node& node) {
    std::string_view stated = attribute(node, "r");
    size_t number = row_no_ + 1;
    if (!stated.empty() && !parse_count(stated, number)) return damaged("行号");
    if (number <= row_no_) return damaged("行号");
    row_no_ = number;
    Row row{number, {}};
    size_t column = 0;
    for (const xml_node& cell : node.children()) {
      if (local_name(cell) == "c") RETURN_IF_ERROR(read_cell(cell, column, row));
    }
    if (is_blank(row)) return {};
    if (sheet_.rows.size() >= limits_.rows_max) return past("行", limits_.rows_max);
    sheet_.rows.push_back(std::move(row));
    return {};
  }

  // `next` is the column of a cell that does not state its own.
  Result<void> read_cell(const xml_node& node, size_t& next, Row& row) {
    size_t column = next;
    std::string_view reference = attribute(node, "r");
    if (!reference.empty()) {
      auto stated = column_of(reference);
      if (!stated || *stated < next) return damaged("单元格编号");
      column = *stated;
    }
    next = column + 1;
    auto cell = value_of(node);
    if (!cell) return cell.error();
    // A styled but empty cell far to the right takes no room.
    if (cell->text.empty()) return {};
    if (column >= limits_.columns_max) return past("列", limits_.columns_max);
    cells_ += column + 1 - row.cells.size();
    if (cells_ > limits_.cells_max) return past("单元格", limits_.cells_max);
    // Many cells may share one long string: the copies count too.
    text_bytes_ += cell->text.size();
    if (text_bytes_ > limits_.bytes_max) return past("字节", limits_.bytes_max);
    row.cells.resize(column + 1);
    row.cells[column] = std::move(*cell);
    return {};
  }

  Result<Cell> value_of(const xml_node& node) {
    std::string_view type = attribute(node, "t");
    const char* value = child(node, "v").text().get();
    if (type == "inlineStr") return Cell{text_of(child(node, "is")), false};
    if (type == "str") return Cell{decode_escapes(value), false};
    if (type == "e") return Cell{};
    if (type == "b") return Cell{value, false};
    if (type == "d") return Cell{value, false};
    if (type != "s") return Cell{value, true};
    if (*value == '\0') return Cell{};
    size_t index = 0;
    if (!parse_count(value, index) || index >= strings_.size()) return damaged("文字表");
    return Cell{strings_[index], false};
  }

  ZipArchive archive_;
  const SheetLimits& limits_;
  std::string strings_part_;
  std::vector<std::string> strings_;
  Sheet sheet_;
  size_t row_no_ = 0;
  size_t cells_ = 0;
  size_t text_bytes_ = 0;
};

}  // namespace

bool is_zip(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }

bool is_compound_file(std::string_view bytes) { return bytes.starts_with("\xD0\xCF\x11\xE0"); }

Result<Sheet> read_xlsx(std::string_view bytes, const SheetLimits& limits) {
  if (is_compound_file(bytes)) {
    return invalid(
        "这是旧版 .xls 或加了密码的工作簿，请用 Excel 或 WPS 打开后另存为不加密的 .xlsx");
  }
  if (!is_zip(bytes)) return invalid("文件不是 .xlsx 工作簿，请用 Excel 或 WPS 另存为 .xlsx");
  if (bytes.size() > limits.bytes_max) {
    return Error{ErrorCode::limit, "文件大于 " + std::to_string(limits.bytes_max / (1024 * 1024)) +
                                       " MB，请分成几个文件导入"};
  }
  auto archive = ZipArchive::open(bytes, limits);
  if (!archive) return archive.error();
  try {
    return WorkbookReader(std::move(*archive), limits).read();
  } catch (const std::bad_alloc&) {
    return Error{ErrorCode::limit, "内存不足，无法读取工作簿，请分成几个文件导入"};
  }
}

}  // namespace jieban
