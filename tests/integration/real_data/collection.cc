#include "tests/integration/real_data/collection.h"

#include <cstdlib>

#include "common/base/check.h"
#include "common/base/file.h"
#include "tests/support/wait_until.h"
#include "tools/jieban/csv_stream.h"
#include "tools/site/import_drop.h"

namespace jieban {
namespace {

constexpr size_t kFileBytesMax = size_t{256} << 20U;

std::string quoted(const std::string& cell) {
  std::string out = "\"";
  for (char c : cell) {
    out += c;
    if (c == '"') out += c;
  }
  return out + "\"";
}

}  // namespace

std::string collected(const std::string& file) {
  const char* given = std::getenv("JIEBAN_SHARED");
  const std::string shared = given != nullptr ? given : JIEBAN_SOURCE_DIR "/../shared";
  auto bytes = read_file(shared + "/data/" + file, kFileBytesMax);
  return bytes.ok() ? std::move(*bytes) : std::string();
}

Rows rows_of(const std::string& csv) {
  size_t at = 0;
  CsvStream stream([&](char* buffer, size_t size) -> Result<size_t> {
    const size_t count = csv.copy(buffer, size, at);
    at += count;
    return count;
  });
  Rows rows;
  CsvRecord record;
  while (true) {
    auto more = stream.next(record);
    CHECK(more.ok());
    if (!*more) return rows;
    CHECK(record.fault.empty());
    rows.push_back(record.cells);
  }
}

std::string csv_of(const Rows& rows) {
  std::string out;
  for (const auto& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "" : ",") + quoted(row[i]);
    out += "\n";
  }
  return out;
}

void add_aliases(const TestSite& site, const std::string& name, const std::string& yaml) {
  const std::string etc = site.root() + "/etc/";
  CHECK(write_file(etc + name, yaml).ok());
  auto text = read_file(site.configuration("receiver"), 1 << 20);
  CHECK(text.ok());
  const std::string known = etc + "aliases-fuzhou.yaml";
  const size_t at = text->find(known);
  CHECK(at != std::string::npos);
  text->insert(at + known.size(), R"(", ")" + etc + name);
  CHECK(write_file(site.configuration("receiver"), *text).ok());
}

int64_t import_csv(const TestSite& site, const std::string& name, const std::string& csv,
                   Duration at_most) {
  const std::string file = site.root() + "/" + name;
  CHECK(write_file(file, csv).ok());
  auto drop = ImportDrop::put(site.site().import_directory, file);
  if (!drop.ok()) return -1;
  int64_t added = -1;
  wait_until(
      [&] {
        auto report = drop->look();
        if (!report.ok() || !*report) return !report.ok();
        if ((*report)->failure.empty()) added = (*report)->added;
        return true;
      },
      at_most);
  return added;
}

}  // namespace jieban
