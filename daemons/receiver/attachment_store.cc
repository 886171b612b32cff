#include "daemons/receiver/attachment_store.h"

#include <filesystem>
#include <vector>

#include "common/base/bytes.h"
#include "common/base/file.h"

namespace jieban {
namespace {

constexpr size_t kFolderDigits = 2;
constexpr unsigned kFileMode = 0600;
constexpr unsigned kFolderMode = 0700;

std::string hash_of(const std::filesystem::path& file) {
  return file.parent_path().filename().string() + file.filename().string();
}

Result<void> erase(const std::filesystem::path& file) {
  std::error_code failed;
  std::filesystem::remove(file, failed);
  if (failed) return Error{ErrorCode::io, "erasing an attachment: " + failed.message()};
  return {};
}

}  // namespace

std::string AttachmentStore::path_of(const std::string& hash) const {
  return directory_ + "/" + hash.substr(0, kFolderDigits) + "/" + hash.substr(kFolderDigits);
}

Result<void> AttachmentStore::put(const std::string& hash, std::string_view sealed) const {
  RETURN_IF_ERROR(make_directories(directory_ + "/" + hash.substr(0, kFolderDigits), kFolderMode));
  auto free = free_space(directory_);
  if (!free.ok()) return free.error();
  if (*free < sealed.size() + disk_free_min_) {
    return Error{ErrorCode::full, "磁盘空间不足，暂不能接收附件"};
  }
  auto written = write_file(path_of(hash), sealed, kFileMode);
  if (written.ok()) return {};
  // What a full disk has left of it would only keep it full.
  auto erased = erase(path_of(hash) + ".tmp");
  return erased.ok() ? written.error() : erased.error();
}

Result<std::string> AttachmentStore::get(const std::string& hash, size_t size_max) const {
  return read_file(path_of(hash), size_max);
}

Result<void> AttachmentStore::remove(const std::string& hash) const { return erase(path_of(hash)); }

Result<size_t> AttachmentStore::sweep(
    const std::function<Result<bool>(const std::string& hash)>& is_known) const {
  std::error_code failed;
  if (!std::filesystem::exists(directory_, failed)) return size_t{0};
  std::vector<std::filesystem::path> orphans;
  // Not by a range-for, whose step throws.
  using Walk = std::filesystem::recursive_directory_iterator;
  for (Walk entry(directory_, failed); !failed && entry != Walk(); entry.increment(failed)) {
    if (!entry->is_regular_file(failed)) continue;
    const std::string hash = hash_of(entry->path());
    auto known = is_known(hash);
    if (!known.ok()) return known.error();
    if (!*known) orphans.push_back(entry->path());
  }
  if (failed) return Error{ErrorCode::io, "looking through attachments: " + failed.message()};
  for (const auto& file : orphans) RETURN_IF_ERROR(erase(file));
  return orphans.size();
}

}  // namespace jieban
