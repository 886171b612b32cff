// LastGood: files that people edit, each with a copy as it was when it could last be read.
//
// Promises: load() gives what a file says, and where it is wrong, what it said before: the slip
// that keeps a notifier from starting must not keep the last call from calling as well. keep()
// writes the copies of the files that were good and have changed; whole, and for nobody else to
// read, since one of them holds telephone numbers. It is a step of its own, because a disk that
// hangs must not hold up a call: keep when all has been told.
// What fails and how: load() with the file's own error, where there is no copy that can be read;
// keep() with that of the first copy that could not be written, after all the others; the former
// copies stay. fault() is that of the first file that was wrong, also where a copy took its place.
// Thread rule: one thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "common/base/result.h"

namespace jieban {

class LastGood {
 public:
  explicit LastGood(std::string directory) : directory_(std::move(directory)) {}

  // `name`: of the copy; each file has one. `loader`: Result<T>(const std::string& path), which
  // says what is good; it lives until keep().
  template <class Loader>
  auto load(const std::string& name, const std::string& path, Loader loader)
      -> decltype(loader(path)) {
    const std::string copy = directory_ + "/" + name;
    auto loaded = loader(path);
    if (loaded.ok()) {
      good_.push_back({path, copy, [loader](const std::string& at) { return loader(at).ok(); }});
      return loaded;
    }
    note(loaded.error());
    auto former = loader(copy);
    return former.ok() ? std::move(former) : std::move(loaded);
  }
  Result<void> keep() const;
  const std::optional<Error>& fault() const { return fault_; }

 private:
  struct GoodFile {
    std::string path;
    std::string copy;
    std::function<bool(const std::string&)> is_good;
  };
  static Result<void> keep(const GoodFile& file);
  void note(const Error& fault);

  std::string directory_;
  std::vector<GoodFile> good_;
  std::optional<Error> fault_;
};

}  // namespace jieban
