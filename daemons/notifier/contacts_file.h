// Reads contacts.yaml into Contacts, strictly.
//
// Promises: only a file that others can't read is read at all; an error names file, line, column,
// and an id or a method that is well-formed, and never an address, nor whatever else stands in the
// file. What fails and how: `not_found`, `io` or `limit` of the file, `refused` for its mode,
// `invalid` for its content.
// Thread rule: pure functions but for the file; any thread.
#pragma once

#include <string>
#include <string_view>

#include "daemons/notifier/contacts.h"

namespace jieban {

constexpr size_t kContactsMax = 2000;  // persons, units and groups

Result<Contacts> load_contacts(const std::string& path);
// `name` stands for the file in messages.
Result<Contacts> parse_contacts(std::string_view text, const std::string& name);

}  // namespace jieban
