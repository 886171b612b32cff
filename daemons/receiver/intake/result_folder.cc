#include "daemons/receiver/intake/result_folder.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>

#include "common/base/check.h"
#include "common/base/file.h"

namespace jieban {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHiddenEnd = ".part";
constexpr std::string_view kRenamed = "original-";
constexpr std::array<std::string_view, 4> kReportNames = {"result.json", "rejects.csv",
                                                          "warnings.csv", "error.txt"};

bool exists(const std::string& path) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(path, ignored));
}

bool is_report(std::string_view name) {
  return std::find(kReportNames.begin(), kReportNames.end(), name) != kReportNames.end();
}

// An operator may well import a corrected rejects.csv.
std::string kept_name(const std::string& name) {
  return is_report(name) ? std::string(kRenamed) + name : name;
}

Result<void> move(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) return system_error("moving " + from);
  return {};
}

// True when a file other than our own reports is in it.
bool holds_original(const fs::path& directory) {
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(directory, failed)) {
    std::string name = entry.path().filename();
    if (!is_report(name) && !name.ends_with(".tmp")) return true;
  }
  return false;
}

}  // namespace

std::string ResultFolder::unused_name(const std::string& wanted) const {
  std::string name = wanted;
  for (int again = 2; exists(parent_ + "/" + name); ++again) {
    name = wanted + "-" + std::to_string(again);
  }
  return name;
}

Result<void> ResultFolder::recover() const {
  RETURN_IF_ERROR(make_directories(parent_));
  std::vector<fs::path> hidden;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(parent_, failed)) {
    std::string name = entry.path().filename();
    if (name.starts_with('.') && name.ends_with(kHiddenEnd)) hidden.push_back(entry.path());
  }
  if (failed) return Error{ErrorCode::io, "reading " + parent_ + ": " + failed.message()};
  for (const fs::path& path : hidden) {
    std::string name = path.filename();
    name = name.substr(1, name.size() - 1 - kHiddenEnd.size());
    if (holds_original(path)) {
      RETURN_IF_ERROR(move(path, parent_ + "/" + unused_name(name)));
    } else {
      fs::remove_all(path, failed);
    }
  }
  return sync_directory(parent_);
}

Result<std::string> ResultFolder::place(const std::string& original, const std::string& name,
                                        const std::string& stamp,
                                        const ReportFiles& reports) const {
  std::string shown = unused_name(stamp + "-" + name);
  std::string hidden = parent_ + "/." + shown + std::string(kHiddenEnd);
  std::string final_path = parent_ + "/" + shown;
  RETURN_IF_ERROR(make_directories(hidden));
  for (const auto& [report, content] : reports) {
    CHECK(is_report(report));
    RETURN_IF_ERROR(write_file(hidden + "/" + report, content));
  }
  RETURN_IF_ERROR(move(original, hidden + "/" + kept_name(name)));
  RETURN_IF_ERROR(sync_directory(hidden));
  RETURN_IF_ERROR(move(hidden, final_path));
  RETURN_IF_ERROR(sync_directory(parent_));
  RETURN_IF_ERROR(sync_directory(fs::path(original).parent_path()));
  return final_path;
}

}  // namespace jieban
