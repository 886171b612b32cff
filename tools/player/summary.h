// What a demonstration came to, for people and for machines. Pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "common/base/value.h"
#include "tools/player/accounts.h"
#include "tools/player/board.h"

namespace jieban {

struct IncompleteOrder {
  std::string order_no;
  std::string missing;  // the first event that the archive does not tell
};

struct ArchiveVerdict {
  int64_t events = 0;
  bool whole = false;
  std::string remark;  // what is wrong with the chain
};

struct Summary {
  const Accounts* accounts = nullptr;
  const Board* board = nullptr;
  ArchiveVerdict archive;
  std::vector<IncompleteOrder> incomplete;
  std::vector<std::string> remarks;
  size_t commands_refused = 0;
  std::string report;  // of the archiver, in Markdown
  double real_seconds = 0;

  // Every order that went in is in the archive with its whole course, and the chain is whole.
  bool good() const { return incomplete.empty() && archive.whole && !accounts->orders().empty(); }
};

std::string summary_text(const Summary& summary);
Value summary_value(const Summary& summary);

}  // namespace jieban
