#include "daemons/archiver/archive.h"

namespace jieban {
namespace {

// Rows read in one transaction: some milliseconds.
constexpr size_t kChunkRows = 1000;
constexpr size_t kKeyTextMax = 400;

}  // namespace

Result<void> ArchiveTables::open(TableOpener& opener) {
  struct Plain {
    const char* name;
    TableId* id;
  };
  for (Plain plain : {Plain{"records", &records}, Plain{"timelines", &timelines},
                      Plain{"order_numbers", &order_numbers}, Plain{"moments", &moments},
                      Plain{"records_by_kind", &records_by_kind}}) {
    auto id = opener.open(plain.name);
    if (!id.ok()) return id.error();
    *plain.id = *id;
  }
  RETURN_IF_ERROR(orders.open(opener, "orders"));
  return seals.open(opener, "seals");
}

bool is_key_text(std::string_view text) {
  return text.size() <= kKeyTextMax && text.find('\0') == std::string_view::npos;
}

std::string encode_number(uint64_t number) { return make_key(number); }

Result<uint64_t> decode_number(std::string_view stored) {
  if (stored.size() == sizeof(uint64_t)) return read_u64(stored);
  return Error{ErrorCode::corrupt, "an index entry of the archive is no number"};
}

Result<void> walk(const Environment& environment, TableId table, std::string from,
                  const VisitRow& visit) {
  while (true) {
    auto txn = environment.read();
    if (!txn.ok()) return txn.error();
    Range range(*txn, table);
    auto found = range.seek(from);
    for (size_t rows = 0; rows < kChunkRows; ++rows) {
      if (!found.ok()) return found.error();
      if (!*found) return {};
      auto go_on = visit(*txn, range.key(), range.value());
      if (!go_on.ok()) return go_on.error();
      if (!*go_on) return {};
      from = range.key();
      found = range.next();
    }
    from.push_back('\0');  // the smallest key above the last one
  }
}

Result<void> walk_back(const Environment& environment, TableId table, std::string below,
                       const VisitRow& visit) {
  while (true) {
    auto txn = environment.read();
    if (!txn.ok()) return txn.error();
    Range range(*txn, table);
    auto found = below.empty() ? Result<bool>(false) : range.seek(below);
    if (found.ok()) found = *found ? range.previous() : range.last();
    for (size_t rows = 0; rows < kChunkRows; ++rows) {
      if (!found.ok()) return found.error();
      if (!*found) return {};
      auto go_on = visit(*txn, range.key(), range.value());
      if (!go_on.ok()) return go_on.error();
      if (!*go_on) return {};
      below = range.key();
      found = range.previous();
    }
  }
}

}  // namespace jieban
