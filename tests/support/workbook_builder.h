// Builds small .xlsx workbooks in memory: a zip of stored parts, and the parts that Excel writes.
// Written by hand so that tests can also build the broken and the hostile ones.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jieban {

struct ZipPart {
  std::string name;
  std::string content;
  uint32_t stated_size = 0;  // a lie about the unpacked size, when not 0
  bool deflated = false;     // as one stored deflate block of at most 65535 bytes
};

inline uint32_t zip_crc(std::string_view bytes) {
  uint32_t crc = ~0U;
  for (char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (crc & 1 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

inline void append_little(std::string& out, uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += char(value >> (8 * i) & 0xFF);
}

inline std::string deflate_block(std::string_view bytes) {
  std::string out("\x01", 1);
  append_little(out, uint32_t(bytes.size()), 2);
  append_little(out, ~uint32_t(bytes.size()) & 0xFFFF, 2);
  return out + std::string(bytes);
}

inline std::string build_zip(const std::vector<ZipPart>& parts) {
  std::string out, directory;
  for (const ZipPart& part : parts) {
    std::string packed = part.deflated ? deflate_block(part.content) : part.content;
    std::string common;
    append_little(common, 20, 2);
    append_little(common, 0, 2);
    append_little(common, part.deflated ? 8 : 0, 2);
    append_little(common, 0, 4);
    append_little(common, zip_crc(part.content), 4);
    append_little(common, uint32_t(packed.size()), 4);
    append_little(common, part.stated_size ? part.stated_size : uint32_t(part.content.size()), 4);
    append_little(common, uint32_t(part.name.size()), 2);
    append_little(common, 0, 2);
    directory += std::string("PK\x01\x02\x14\x00", 6) + common;
    append_little(directory, 0, 2);
    append_little(directory, 0, 4);
    append_little(directory, 0, 4);
    append_little(directory, uint32_t(out.size()), 4);
    directory += part.name;
    out += "PK\x03\x04" + common + part.name + packed;
  }
  std::string end = std::string("PK\x05\x06", 4) + std::string(4, '\0');
  append_little(end, uint32_t(parts.size()), 2);
  append_little(end, uint32_t(parts.size()), 2);
  append_little(end, uint32_t(directory.size()), 4);
  append_little(end, uint32_t(out.size()), 4);
  append_little(end, 0, 2);
  return out + directory + end;
}

struct WorkbookParts {
  std::string sheet_rows;      // the inside of <sheetData>
  std::string shared_strings;  // the inside of <sst>; the part is left out when empty
  std::string properties;      // attributes of <workbookPr>
  std::string sheets = R"(<sheet name="工单" sheetId="1" r:id="rId1"/>)";
};

inline std::vector<ZipPart> workbook_parts(const WorkbookParts& parts) {
  const std::string head = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
  const std::string relation =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  std::vector<ZipPart> out;
  out.push_back({"xl/workbook.xml", head + "<workbook xmlns=\"" + main + "\" xmlns:r=\"" +
                                        relation + "\"><workbookPr " + parts.properties +
                                        "/><sheets>" + parts.sheets + "</sheets></workbook>"});
  out.push_back({"xl/_rels/workbook.xml.rels",
                 head + "<Relationships><Relationship Id=\"rId1\" Type=\"" + relation +
                     "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" "
                     "Type=\"" +
                     relation + "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>" +
                     "</Relationships>"});
  out.push_back({"xl/worksheets/sheet1.xml", head + "<worksheet xmlns=\"" + main +
                                                 "\"><sheetData>" + parts.sheet_rows +
                                                 "</sheetData></worksheet>"});
  if (!parts.shared_strings.empty()) {
    out.push_back({"xl/sharedStrings.xml",
                   head + "<sst xmlns=\"" + main + "\">" + parts.shared_strings + "</sst>"});
  }
  return out;
}

inline std::string build_workbook(const WorkbookParts& parts) {
  return build_zip(workbook_parts(parts));
}

// Rows of inline strings; a cell that begins with '#' is stored as the number after it.
inline std::string inline_rows(const std::vector<std::vector<std::string>>& rows) {
  std::string out;
  for (size_t r = 0; r < rows.size(); ++r) {
    out += "<row r=\"" + std::to_string(r + 1) + "\">";
    for (size_t c = 0; c < rows[r].size(); ++c) {
      const std::string& text = rows[r][c];
      std::string at = std::string(1, char('A' + c)) + std::to_string(r + 1);
      if (text.starts_with('#')) {
        out += "<c r=\"" + at + "\"><v>" + text.substr(1) + "</v></c>";
      } else {
        out += "<c r=\"" + at + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
      }
    }
    out += "</row>";
  }
  return out;
}

}  // namespace jieban
