// Where finished imports lie: <parent>/<stamp>-<name>/ with the original and what became of it.
//
// place() writes the reports into a hidden directory, moves the original in, and then shows it all
// by one rename. A crash before the move leaves the original where it was; after it, recover()
// gives the directory its name. So an original is at any time in one place only, and never lost.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/result.h"

namespace jieban {

// Name and content. The names are result.json, rejects.csv, warnings.csv and error.txt; an original
// of such a name
// is kept as "original-...".
using ReportFiles = std::vector<std::pair<std::string, std::string>>;

class ResultFolder {
 public:
  explicit ResultFolder(std::string parent) : parent_(std::move(parent)) {}

  // Creates the parent, and finishes or removes what a crash left behind.
  Result<void> recover() const;
  // The path of the directory that now holds `original`. `reports` come first in it.
  Result<std::string> place(const std::string& original, const std::string& name,
                            const std::string& stamp, const ReportFiles& reports) const;

 private:
  std::string unused_name(const std::string& wanted) const;

  std::string parent_;
};

}  // namespace jieban
