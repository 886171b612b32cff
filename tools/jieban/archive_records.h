// The records of one kind as the archive lists them (daemons/archiver/record_query.h), all pages.
// Fails with what the client fails with. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "common/base/value.h"
#include "tools/jieban/session.h"

namespace jieban {

// The oldest first. `filter`: further parts of the query, "&order_no=...".
Result<Value::Array> archived_records(const Session& session, std::string_view kind,
                                      const std::string& filter = {});

// An argument of the command behind a record; "" where there is none.
std::string record_field(const Value& record, std::string_view name);

}  // namespace jieban
