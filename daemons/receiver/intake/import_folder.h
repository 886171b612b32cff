// The import folder: export files that somebody puts into a directory become orders.
//
// A file (*.csv, *.xlsx; *.xls to be told no) is taken when its size and time are the same in two
// scans running. It is read, mapped and submitted in groups of 500, under batch ids made of its
// content: a file that is read again, after a crash or by hand, submits the same batches. Then
//   done/<stamp>-<name>/    the file, result.json, and of rows that were not taken, or not whole,
//                           rejects.csv and warnings.csv (row, number, column, reason)
//   failed/<stamp>-<name>/  the file, error.txt, when it could not be read or submitted as a whole
// appear whole, by one rename; what a crash left half-made is finished or undone by the first scan.
// `submit` or `done` answering `unavailable` or `full` leaves the file for a later scan. Links,
// directories and names that begin with '.' or '~$' or end in .part are not touched. No result file
// and no log line holds personal text. Errors of scan_once() are the directory's. One thread;
// nothing runs between scans.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "daemons/receiver/intake/alias_table.h"
#include "daemons/receiver/intake/import_result.h"
#include "daemons/receiver/intake/submission.h"
#include "daemons/receiver/sheet/sheet.h"

namespace jieban {

constexpr size_t kImportGroupMax = 500;
// Bounds one scan, which holds up the loop that calls it.
constexpr size_t kImportFilesPerScanMax = 8;

struct ImportSettings {
  std::string directory;
  std::string source = "import";
  SheetLimits limits;
};

struct ImportEdges {
  std::function<Result<ImportOutcome>(const std::string& batch_id, const std::string& source,
                                      std::vector<Submission> orders)>
      submit;
  // Of any bytes, to a short text fit for an identifier; collisions must not be makeable.
  std::function<std::string(std::string_view bytes)> hash;
  // Of a file that was read and submitted whole, before it leaves the folder: one that a crash cut
  // off here is told of again. Refused: the file waits for a later scan. May be empty.
  std::function<Result<void>(const ImportSummary& summary)> done{};
};

struct ScanReport {
  size_t imported = 0;
  size_t failed = 0;
  size_t postponed = 0;  // the store would not take it now
  size_t waiting = 0;    // still being written
};

class ImportFolder {
 public:
  // Of several alias tables each file is read with the one that knows most of its header.
  // REQUIRES: at least one.
  ImportFolder(ImportSettings settings, std::vector<AliasTable> aliases, ImportEdges edges,
               const Clock& clock);
  ImportFolder(ImportSettings settings, AliasTable aliases, ImportEdges edges, const Clock& clock)
      : ImportFolder(std::move(settings), std::vector<AliasTable>{std::move(aliases)},
                     std::move(edges), clock) {}

  Result<ScanReport> scan_once();
  // From the next file on.
  void set_aliases(std::vector<AliasTable> aliases) { aliases_ = std::move(aliases); }

 private:
  // What tells whether a file is still being written, or was replaced.
  struct Mark {
    uint64_t inode = 0;
    int64_t size = 0;
    int64_t changed_ns = 0;
    bool operator==(const Mark&) const = default;
  };
  enum class Fate { imported, failed, postponed, waiting };

  Result<void> prepare();
  Result<std::map<std::string, Mark>> list() const;
  Result<Mark> mark_of(const std::string& name) const;
  const AliasTable& table_for(const Sheet& sheet) const;
  Fate import_file(const std::string& name, const Mark& mark);
  Result<ImportSummary> read_and_submit(const std::string& name, const std::string& content);
  Result<void> submit_groups(std::vector<Submission> orders, ImportSummary& summary);
  Fate finish(const std::string& name, const Mark& mark, const Result<ImportSummary>& summary);

  ImportSettings settings_;
  std::vector<AliasTable> aliases_;
  ImportEdges edges_;
  const Clock& clock_;
  bool prepared_ = false;
  std::map<std::string, Mark> seen_;
};

}  // namespace jieban
