// Any bytes as a workbook. The first byte chooses: a whole archive as it is, or XML that is put in
// place of a workbook's sheet or strings, so that the fuzzer need not learn to make a zip.
#include "common/base/bytes.h"
#include "common/base/check.h"
#include "daemons/receiver/sheet/xlsx.h"
#include "tests/support/workbook_builder.h"

namespace {

// The parts of workbook_parts().
constexpr size_t kPartsWithStrings = 4;

std::string wrapped(std::string_view xml, size_t part) {
  jieban::WorkbookParts parts;
  parts.sheet_rows = R"(<row r="1"><c r="A1" t="s"><v>0</v></c></row>)";
  parts.shared_strings = "<si><t>a</t></si>";
  auto zip = jieban::workbook_parts(parts);
  zip.at(part).content = xml;
  return jieban::build_zip(zip);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace jieban;
  std::string_view input(reinterpret_cast<const char*>(bytes), size);
  SheetLimits limits;
  limits.bytes_max = 1 << 20;
  limits.rows_max = 100;
  limits.columns_max = 30;
  limits.cells_max = 1000;
  bool archive = input.empty() || input[0] == 'P';
  size_t part = archive ? 0 : static_cast<unsigned char>(input[0]) % kPartsWithStrings;
  auto sheet =
      archive ? read_xlsx(input, limits) : read_xlsx(wrapped(input.substr(1), part), limits);
  if (!sheet) {
    CHECK(is_utf8(sheet.error().message));
    return 0;
  }
  CHECK(sheet->rows.size() <= limits.rows_max);
  size_t last = 0;
  for (const Row& row : sheet->rows) {
    CHECK(row.number > last && row.cells.size() <= limits.columns_max && !is_blank(row));
    last = row.number;
  }
  return 0;
}
