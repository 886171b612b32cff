#include "daemons/receiver/sheet/zip_archive.h"

#include <zip.h>

#include <algorithm>
#include <array>

namespace jieban {
namespace {

// A workbook has some dozens of parts; more is an attack on the directory reader.
constexpr zip_int64_t kPartsMax = 10'000;
// Below this size a part may pack as well as it likes: it is harmless.
constexpr uint64_t kRatioFree = 1024 * 1024;

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

Error damaged() { return {ErrorCode::corrupt, "工作簿已损坏或没有传完，请重新导出后再导入"}; }

Error too_large(const SheetLimits& limits) {
  return {ErrorCode::limit, "工作簿解压后超过 " + std::to_string(limits.bytes_max / (1024 * 1024)) +
                                " MB 或压缩比异常，已拒绝；请分成几个文件导入"};
}

Result<void> check_sizes(const zip_stat_t& stat, const SheetLimits& limits) {
  constexpr zip_uint64_t kNeeded = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_INDEX;
  if ((stat.valid & kNeeded) != kNeeded) return damaged();
  if (stat.size > limits.bytes_max) return too_large(limits);
  bool bomb = stat.size > kRatioFree && stat.size / limits.pack_ratio_max > stat.comp_size;
  if (bomb) return too_large(limits);
  return {};
}

}  // namespace

void ZipArchive::Discard::operator()(zip* archive) const { zip_discard(archive); }

Result<ZipArchive> ZipArchive::open(std::string_view bytes, const SheetLimits& limits) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  if (archive == nullptr && source != nullptr) zip_source_free(source);
  zip_error_fini(&error);
  if (archive == nullptr) return damaged();
  ZipArchive opened(archive, limits);
  if (zip_get_num_entries(archive, 0) > kPartsMax) return damaged();
  return opened;
}

Result<std::string> ZipArchive::read(const std::string& part) const {
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_stat(archive_.get(), part.c_str(), ZIP_FL_NOCASE, &stat) != 0) {
    return Error{ErrorCode::not_found, "工作簿中缺少 " + part};
  }
  RETURN_IF_ERROR(check_sizes(stat, limits_));
  std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive_.get(), stat.index, 0));
  if (!file) return damaged();
  std::string content;
  std::array<char, 65536> buffer{};
  while (true) {
    zip_int64_t count = zip_fread(file.get(), buffer.data(), buffer.size());
    if (count < 0) return damaged();
    if (count == 0) break;
    content.append(buffer.data(), size_t(count));
    if (content.size() > stat.size) return too_large(limits_);
  }
  if (content.size() != stat.size) return damaged();
  return content;
}

}  // namespace jieban
