#include "daemons/notifier/duty/rota_view.h"

namespace jieban {

Result<RotaBook> RotaView::book(const Transaction& txn) const {
  std::lock_guard<std::mutex> guard(mutex_);
  auto current = rota_.current(txn);
  if (!current.ok()) return current.error();
  if (*current == nullptr) return Error{ErrorCode::unavailable, "尚未加载排班"};
  return **current;
}

}  // namespace jieban
