// CursorTable: how far each upstream stream has been applied. The cursor commits with the state
// that it produced, which is what makes every event count once.
#pragma once

#include <cstdint>
#include <string>

#include "common/store/environment.h"

namespace jieban {

struct StreamCursor {
  uint64_t epoch = 0;     // 0: nothing of this stream was ever applied
  uint64_t sequence = 0;  // the last sequence applied

  bool operator==(const StreamCursor&) const = default;
};

class CursorTable {
 public:
  static Result<CursorTable> open(Environment& environment, const std::string& name);
  Result<StreamCursor> get(const Transaction& txn, const std::string& stream) const;
  Result<void> put(Transaction& txn, const std::string& stream, StreamCursor cursor) const;

 private:
  explicit CursorTable(TableId table) : table_(table) {}
  TableId table_;
};

}  // namespace jieban
