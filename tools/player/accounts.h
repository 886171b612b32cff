// The books of a demonstration: what went in by the answers of the door, and whether all of it is
// in the archive with its whole course. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/value.h"
#include "tools/site/import_drop.h"

namespace jieban {

class Accounts {
 public:
  // The answer to POST /api/v1/orders.
  void note_push(const Value& answer);
  void note_import(const ImportReport& report);

  // Orders that the door took, whatever it did with them after.
  const std::set<std::string>& orders() const { return orders_; }
  int64_t count(std::string_view outcome) const;  // "new", "updated", "unchanged", "rejected"
  const std::map<std::string, int64_t>& reject_reasons() const { return reasons_; }

 private:
  void note_order(const std::string& order_no, const std::string& outcome);
  void note_reject(const std::string& reason);

  std::set<std::string> orders_;
  std::map<std::string, int64_t, std::less<>> outcomes_;
  std::map<std::string, int64_t> reasons_;
};

// The first event of the course received, opened, signed, ..., completed that the timeline does not
// tell in this order; empty when the course is whole.
std::string missing_step(const std::vector<std::string>& timeline_topics);

}  // namespace jieban
