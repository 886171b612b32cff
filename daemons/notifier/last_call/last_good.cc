#include "daemons/notifier/last_call/last_good.h"

#include <cstdio>

#include "common/base/file.h"
#include "common/base/log.h"

namespace jieban {
namespace {

constexpr size_t kFileBytesMax = size_t{4} << 20U;
constexpr unsigned kOwnerOnly = 0600;
constexpr unsigned kOwnersFolder = 0700;

// The file may have changed since it was read: what is kept is read itself.
Result<void> replace(const std::string& copy, const std::string& fresh, const std::string& content,
                     const std::function<bool(const std::string&)>& is_good) {
  RETURN_IF_ERROR(make_directories(copy.substr(0, copy.rfind('/')), kOwnersFolder));
  RETURN_IF_ERROR(write_file(fresh, content, kOwnerOnly));
  if (!is_good(fresh)) return {};
  if (std::rename(fresh.c_str(), copy.c_str()) != 0) return system_error("keeping " + copy);
  return {};
}

}  // namespace

Result<void> LastGood::keep() const {
  Result<void> kept;
  for (const GoodFile& file : good_) {
    auto one = keep(file);
    if (!one.ok() && kept.ok()) kept = one.error();
  }
  return kept;
}

Result<void> LastGood::keep(const GoodFile& file) {
  const auto content = read_file(file.path, kFileBytesMax);
  if (!content.ok()) return {};  // gone since: the next look sees it
  const auto former = read_file(file.copy, kFileBytesMax);
  if (former.ok() && *former == *content) return {};
  const std::string fresh = file.copy + ".new";
  auto replaced = replace(file.copy, fresh, *content, file.is_good);
  std::remove(fresh.c_str());  // gone already, unless it was not to be kept
  return replaced;
}

void LastGood::note(const Error& fault) {
  log(LogLevel::warning, "last_good_copy_used", {{"why", fault.message}});
  if (!fault_) fault_ = fault;
}

}  // namespace jieban
