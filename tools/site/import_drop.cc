#include "tools/site/import_drop.h"

#include <fcntl.h>
#include <stdio.h>

#include <array>
#include <filesystem>

#include "common/base/file.h"
#include "common/json/json.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

namespace fs = std::filesystem;

constexpr size_t kImportBytesMax = 256u << 20;
constexpr size_t kResultBytesMax = 64u << 20;
// The receiver is another user of the same group.
constexpr unsigned kImportMode = 0660;
constexpr std::array<std::string_view, 2> kEnds = {"done", "failed"};

// "20260310-123000-NAME", and "...-NAME-2" for the second of that second.
bool is_trace(std::string_view folder, std::string_view name) {
  constexpr size_t kStampSize = sizeof "20260310-123000-" - 1;
  if (folder.size() < kStampSize || !folder.substr(kStampSize).starts_with(name)) return false;
  const std::string_view rest = folder.substr(kStampSize + name.size());
  return rest.empty() ||
         (rest[0] == '-' && rest.find_first_not_of("0123456789", 1) == std::string_view::npos);
}

// The folders of this file below done and failed.
std::set<std::string> traces_of(const std::string& directory, const std::string& name) {
  std::set<std::string> traces;
  for (std::string_view end : kEnds) {
    std::error_code failed;
    fs::directory_iterator entries(directory + "/" + std::string(end), failed);
    if (failed) continue;
    for (const fs::directory_entry& entry : entries) {
      if (is_trace(entry.path().filename().string(), name)) traces.insert(entry.path());
    }
  }
  return traces;
}

Result<ImportReport> read_trace(const std::string& folder) {
  auto failure = read_file(folder + "/error.txt", kResultBytesMax);
  if (failure.ok()) {
    ImportReport report;
    report.folder = folder;
    report.failure = failure->substr(0, failure->find_last_not_of(" \r\n") + 1);
    return report;
  }
  auto text = read_file(folder + "/result.json", kResultBytesMax);
  if (!text.ok()) return text.error();
  auto value = parse_json(*text, {.bytes_max = kResultBytesMax, .nodes_max = 4'000'000});
  if (!value.ok()) return value.error().context(folder + "/result.json");
  ImportReport report = read_import_result(*value);
  report.folder = folder;
  return report;
}

}  // namespace

ImportReport read_import_result(const Value& result) {
  ImportReport report;
  report.added = integer_at(result, "new");
  report.updated = integer_at(result, "updated");
  report.unchanged = integer_at(result, "unchanged");
  for (const Value& order : array_at(result, "orders")) {
    report.orders.push_back({text_at(order, "order_no"), text_at(order, "outcome")});
  }
  for (const Value& reject : array_at(result, "rejects")) {
    report.rejects.push_back({integer_at(reject, "row_no"), text_at(reject, "order_no"),
                              text_at(reject, "column"), text_at(reject, "reason")});
  }
  report.result = result;
  return report;
}

Result<ImportDrop> ImportDrop::put(const std::string& import_directory, const std::string& file) {
  ImportDrop drop;
  drop.directory_ = import_directory;
  drop.name_ = fs::path(file).filename().string();
  auto content = read_file(file, kImportBytesMax);
  if (!content.ok()) return content.error();
  drop.earlier_ = traces_of(import_directory, drop.name_);
  const std::string target = import_directory + "/" + drop.name_;
  const std::string part = target + ".part";
  RETURN_IF_ERROR(write_file(part, *content, kImportMode));
  if (renameat2(AT_FDCWD, part.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) == 0) {
    return drop;
  }
  const bool waiting = errno == EEXIST;
  Error failed = system_error("renaming " + part);
  ::remove(part.c_str());
  if (waiting) return Error{ErrorCode::conflict, target + " still waits to be imported"};
  return failed;
}

Result<std::optional<ImportReport>> ImportDrop::look() const {
  for (const std::string& folder : traces_of(directory_, name_)) {
    if (earlier_.contains(folder)) continue;
    auto report = read_trace(folder);
    if (!report.ok()) return report.error();
    return std::optional<ImportReport>(std::move(*report));
  }
  return std::optional<ImportReport>();
}

}  // namespace jieban
