// Table<Row>: a typed table of a core. Keys are made with make_key(), rows are structs with fields.
//
// Fails: `corrupt` for a row that cannot be read, and what the transaction fails with.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "common/daemon/service.h"
#include "common/store/key.h"
#include "common/wire/payload.h"

namespace jieban {

template <class Row>
class Table {
 public:
  Result<void> open(TableOpener& opener, const std::string& name) {
    auto id = opener.open(name);
    if (!id.ok()) return id.error();
    id_ = *id;
    return {};
  }

  Result<std::optional<Row>> get(const Transaction& txn, std::string_view key) const {
    auto stored = txn.get(id_, key);
    if (!stored.ok()) return stored.error();
    if (!*stored) return std::optional<Row>();
    auto row = decode_payload<Row>(**stored);
    if (!row.ok()) return row.error();
    return std::optional<Row>(std::move(*row));
  }

  Result<void> put(Transaction& txn, std::string_view key, const Row& row) const {
    return txn.put(id_, key, encode_payload(row));
  }

  Result<bool> erase(Transaction& txn, std::string_view key) const { return txn.erase(id_, key); }
  Result<uint64_t> count(const Transaction& txn) const { return txn.count(id_); }

  // Calls `visit` in key order from `from` on, until it returns false.
  using Visit = std::function<bool(std::string_view key, Row row)>;
  Result<void> scan(const Transaction& txn, std::string_view from, const Visit& visit) const {
    Range range(txn, id_);
    auto found = range.seek(from);
    while (found.ok() && *found) {
      auto row = decode_payload<Row>(range.value());
      if (!row.ok()) return row.error();
      if (!visit(range.key(), std::move(*row))) return {};
      found = range.next();
    }
    if (!found.ok()) return found.error();
    return {};
  }

  TableId id() const { return id_; }

 private:
  TableId id_;
};

}  // namespace jieban
