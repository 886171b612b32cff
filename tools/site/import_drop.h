// A file put into the import folder of a site, and what became of it.
//
// Promises: the receiver sees the file whole or not at all (written as NAME.part, then renamed),
// and a file of that name that still waits there is not replaced. What fails and how: `conflict`
// when one waits already, `not_found`/`io`/`limit` of the files.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/base/result.h"
#include "common/base/value.h"

namespace jieban {

struct ImportedOrder {
  std::string order_no;
  std::string outcome;  // "new", "updated", "unchanged"
};

struct ImportReject {
  int64_t row_no = 0;
  std::string order_no;
  std::string column;
  std::string reason;
};

struct ImportReport {
  std::string folder;   // done/<stamp>-<name>, where result.json and rejects.csv are
  std::string failure;  // why the whole file was not taken; else empty
  int64_t added = 0;
  int64_t updated = 0;
  int64_t unchanged = 0;
  std::vector<ImportedOrder> orders;
  std::vector<ImportReject> rejects;
  Value result;  // result.json
};

// The parts of result.json.
ImportReport read_import_result(const Value& result);

class ImportDrop {
 public:
  static Result<ImportDrop> put(const std::string& import_directory, const std::string& file);
  // Empty while the receiver has not dealt with it.
  Result<std::optional<ImportReport>> look() const;
  const std::string& name() const { return name_; }

 private:
  std::string directory_;
  std::string name_;
  std::set<std::string> earlier_;  // folders that files of this name left before
};

}  // namespace jieban
