// RecordKind: the first-class records of the desk, each with its list (DOMAIN §5, §7, §8, §10,
// §13.3, §17).
//
// A record is an event of the router's stream, a reading one of the receiver's; its kind says in
// which list it stands. One kind may have several topics: a return is drafted, requested, and
// decided. Pure functions; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace jieban {

struct RecordKind {
  std::string_view kind;  // "return"
  std::string_view chinese;
};

std::span<const RecordKind> record_kinds();
// "" for a topic that is no record.
std::string_view record_kind_of(std::string_view topic);
bool is_record_kind(std::string_view kind);
// "return, rejection, ...".
std::string record_kind_names();

}  // namespace jieban
