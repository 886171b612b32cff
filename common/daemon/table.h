// Table<Row>: a typed table of a core. Keys are made with make_key(), rows are structs with fields,
// written by position (common/wire/row.h).
//
// get() and put() are a row read and a row written. add() and edit() are for rows that several
// events of a batch touch: such a row is decoded once and encoded once in a transaction. The two
// ways agree with each other at any time.
// Fails: `corrupt` for a row that cannot be read, and what the transaction fails with.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/daemon/service.h"
#include "common/store/key.h"
#include "common/wire/row.h"

namespace jieban {

template <class Row>
class Table {
 public:
  Result<void> open(TableOpener& opener, const std::string& name) {
    auto id = opener.open_rows(name, row_layout<Row>());
    if (!id.ok()) return id.error();
    id_ = *id;
    return {};
  }

  Result<std::optional<Row>> get(const Transaction& txn, std::string_view key) const {
    if (Rows* rows = held(txn)) {
      if (const Held* row = rows->find(key)) return std::optional<Row>(row->row);
    }
    return read(txn, key);
  }

  Result<void> put(Transaction& txn, std::string_view key, const Row& row) const {
    // Held rows are written first, into the same room.
    if (held(txn) != nullptr) return txn.put(id_, key, std::string(encode_row(row)));
    return txn.put(id_, key, encode_row(row));
  }

  // The row, to be read and changed in place; null when there is none. Valid until the table is
  // used in another way than by add() and edit(), or the transaction ends.
  Result<Row*> edit(Transaction& txn, std::string_view key) const {
    Rows& rows = hold(txn);
    Held* known = rows.find(key);
    if (known == nullptr) {
      auto stored = txn.get_written(id_, key);
      if (!stored.ok()) return stored.error();
      if (!*stored) return static_cast<Row*>(nullptr);
      known = &rows.at(key);
      auto decoded = decode_row(**stored, known->row);
      if (!decoded.ok()) {
        rows.drop(key);
        return decoded.error();
      }
    }
    known->changed = true;
    txn.touch();
    return &known->row;
  }

  // Puts a row that may be edited soon; valid as long as that of edit().
  Row& add(Transaction& txn, std::string_view key, Row row) const {
    Held& held = hold(txn).at(key);
    held.row = std::move(row);
    held.changed = true;
    txn.touch();
    return held.row;
  }

  // Puts a row that may go again before the transaction ends, and then costs the store nothing.
  // REQUIRES: the table has no row under this key.
  void add_new(Transaction& txn, std::string_view key, Row row) const {
    Rows& rows = hold(txn);
    const bool fresh = rows.find(key) == nullptr;
    Held& held = rows.at(key);
    held = {std::move(row), true, held.unwritten || fresh};
    txn.touch();
  }

  Result<bool> erase(Transaction& txn, std::string_view key) const {
    Rows* rows = held(txn);
    if (rows == nullptr) return txn.erase(id_, key);
    const Held* known = rows->find(key);
    const bool unwritten = known != nullptr && known->unwritten;
    const bool dropped = rows->drop(key);
    if (dropped) txn.touch();
    if (unwritten) return true;
    auto erased = txn.erase_written(id_, key);
    if (!erased.ok()) return erased.error();
    return dropped || *erased;
  }
  Result<uint64_t> count(const Transaction& txn) const { return txn.count(id_); }

  // Calls `visit` in key order from `from` on, until it returns false.
  using Visit = std::function<bool(std::string_view key, Row row)>;
  Result<void> scan(const Transaction& txn, std::string_view from, const Visit& visit) const {
    Range range(txn, id_);
    auto found = range.seek(from);
    while (found.ok() && *found) {
      Row row;
      RETURN_IF_ERROR(decode_row(range.value(), row));
      if (!visit(range.key(), std::move(row))) return {};
      found = range.next();
    }
    if (!found.ok()) return found.error();
    return {};
  }

  TableId id() const { return id_; }

 private:
  struct Held {
    Row row;
    bool changed = false;
    bool unwritten = false;  // the store has no row under this key
  };
  struct Rows : HeldRows {
    struct Hash : std::hash<std::string_view> {
      using is_transparent = void;
    };
    Rows(TableId table, Transaction& transaction) : id(table), txn(transaction) {}
    Held* find(std::string_view key) {
      auto found = rows.find(key);
      return found == rows.end() ? nullptr : &found->second;
    }
    Held& at(std::string_view key) {
      return rows.try_emplace(std::pmr::string(key, &room)).first->second;
    }
    bool drop(std::string_view key) {
      auto found = rows.find(key);
      if (found == rows.end()) return false;
      rows.erase(found);
      return true;
    }
    Result<void> write() override {
      std::vector<const std::pair<const std::pmr::string, Held>*> changed;
      for (const auto& entry : rows) {
        if (entry.second.changed) changed.push_back(&entry);
      }
      std::ranges::sort(changed, {},
                        [](const auto* entry) { return std::string_view(entry->first); });
      for (const auto* entry : changed) {
        RETURN_IF_ERROR(txn.put(id, entry->first, encode_row(entry->second.row)));
      }
      return {};
    }
    TableId id;
    Transaction& txn;
    // A batch holds hundreds of rows, which all go at once.
    std::pmr::monotonic_buffer_resource room;
    std::pmr::unordered_map<std::pmr::string, Held, Hash, std::equal_to<>> rows{&room};
  };

  Result<std::optional<Row>> read(const Transaction& txn, std::string_view key) const {
    auto stored = txn.get_written(id_, key);
    if (!stored.ok()) return stored.error();
    if (!*stored) return std::optional<Row>();
    std::optional<Row> row(std::in_place);
    RETURN_IF_ERROR(decode_row(**stored, *row));
    return row;
  }
  Rows* held(const Transaction& txn) const { return static_cast<Rows*>(txn.held(id_)); }
  Rows& hold(Transaction& txn) const {
    HeldRows* rows = txn.held(id_);
    if (rows == nullptr) rows = &txn.hold(id_, std::make_unique<Rows>(id_, txn));
    return static_cast<Rows&>(*rows);
  }

  TableId id_;
};

}  // namespace jieban
