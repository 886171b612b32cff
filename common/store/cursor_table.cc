#include "common/store/cursor_table.h"

#include "common/base/bytes.h"

namespace jieban {

Result<CursorTable> CursorTable::open(Environment& environment, const std::string& name) {
  auto table = environment.table(name);
  if (!table.ok()) return table.error();
  return CursorTable(*table);
}

Result<StreamCursor> CursorTable::get(const Transaction& txn, const std::string& stream) const {
  auto stored = txn.get(table_, stream);
  if (!stored.ok()) return stored.error();
  if (!*stored) return StreamCursor{};
  if ((*stored)->size() != 16) return Error{ErrorCode::corrupt, "cursor of " + stream};
  return StreamCursor{read_u64(**stored), read_u64((*stored)->substr(8))};
}

Result<void> CursorTable::put(Transaction& txn, const std::string& stream,
                              StreamCursor cursor) const {
  std::string value;
  append_u64(value, cursor.epoch);
  append_u64(value, cursor.sequence);
  return txn.put(table_, stream, value);
}

}  // namespace jieban
