// LastGood: files that people edit, each with a copy as it was when it could last be read.
//
// Promises: load() gives what a file says, and where it is wrong, what it said before: the slip
// that keeps a notifier from starting must not keep the last call from calling as well. A copy is
// written when the file is good and has changed; whole, and for nobody else to read, since one of
// the files holds telephone numbers. A copy that can't be written is logged and spoils nothing.
// What fails and how: the file's own error, where there is no copy that can be read. fault() is the
// first of the files that were wrong, also where a copy took its place.
// Thread rule: one thread.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "common/base/result.h"

namespace jieban {

class LastGood {
 public:
  explicit LastGood(std::string directory) : directory_(std::move(directory)) {}

  // `loader`: Result<T>(const std::string& path); it says what is good.
  template <class Loader>
  auto load(const std::string& path, const Loader& loader) -> decltype(loader(path)) {
    auto loaded = loader(path);
    if (loaded.ok()) {
      keep(path, [&](const std::string& copy) { return loader(copy).ok(); });
      return loaded;
    }
    note(loaded.error());
    auto former = loader(copy_of(path));
    return former.ok() ? std::move(former) : std::move(loaded);
  }
  const std::optional<Error>& fault() const { return fault_; }

 private:
  std::string copy_of(const std::string& path) const;
  // The file may change while it is read: what is kept was read itself.
  void keep(const std::string& path, const std::function<bool(const std::string&)>& is_good) const;
  void note(const Error& fault);

  std::string directory_;
  std::optional<Error> fault_;
};

}  // namespace jieban
