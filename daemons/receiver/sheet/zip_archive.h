// A zip archive in memory, read part by part, each unpacked within the limits.
//
// Sizes that the archive states are checked before unpacking and counted again while unpacking, as
// they may lie. libzip verifies each part's checksum. Errors are in the operator's language.
// Not thread-safe. REQUIRES: the bytes outlive the archive.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "common/base/result.h"
#include "daemons/receiver/sheet/sheet.h"

struct zip;

namespace jieban {

class ZipArchive {
 public:
  static Result<ZipArchive> open(std::string_view bytes, const SheetLimits& limits);

  // `not_found` when there is no such part.
  Result<std::string> read(const std::string& part) const;

 private:
  struct Discard {
    void operator()(zip* archive) const;
  };
  ZipArchive(zip* archive, const SheetLimits& limits) : archive_(archive), limits_(limits) {}

  std::unique_ptr<zip, Discard> archive_;
  SheetLimits limits_;
};

}  // namespace jieban
