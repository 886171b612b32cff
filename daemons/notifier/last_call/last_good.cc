#include "daemons/notifier/last_call/last_good.h"

#include <cstdio>

#include "common/base/file.h"
#include "common/base/log.h"

namespace jieban {
namespace {

constexpr size_t kFileBytesMax = size_t{4} << 20U;
constexpr unsigned kOwnerOnly = 0600;
constexpr unsigned kOwnersFolder = 0700;

Result<void> replace(const std::string& copy, const std::string& content,
                     const std::function<bool(const std::string&)>& is_good) {
  const std::string fresh = copy + ".new";
  RETURN_IF_ERROR(make_directories(copy.substr(0, copy.rfind('/')), kOwnersFolder));
  RETURN_IF_ERROR(write_file(fresh, content, kOwnerOnly));
  if (!is_good(fresh)) return {};
  if (std::rename(fresh.c_str(), copy.c_str()) != 0) return system_error("keeping " + copy);
  return {};
}

}  // namespace

std::string LastGood::copy_of(const std::string& path) const {
  return directory_ + "/" + path.substr(path.rfind('/') + 1);
}

void LastGood::keep(const std::string& path,
                    const std::function<bool(const std::string&)>& is_good) const {
  const auto content = read_file(path, kFileBytesMax);
  if (!content.ok()) return;
  const std::string copy = copy_of(path);
  const auto former = read_file(copy, kFileBytesMax);
  if (former.ok() && *former == *content) return;
  auto kept = replace(copy, *content, is_good);
  if (!kept.ok()) log(LogLevel::warning, "copy_not_kept", {{"why", kept.error().message}});
}

void LastGood::note(const Error& fault) {
  log(LogLevel::warning, "last_good_copy_used", {{"why", fault.message}});
  if (!fault_) fault_ = fault;
}

}  // namespace jieban
