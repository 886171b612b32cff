// Reads config/notices.yaml into NotifierRules, strictly.
//
// What fails and how: `invalid` with file:line:column and what is wrong; `not_found`, `limit` or
// `io` for the file itself. Rules that are returned have passed check_rules.
#pragma once

#include <string>
#include <string_view>

#include "common/base/result.h"
#include "daemons/notifier/notice_rules.h"

namespace jieban {

// Relative directories of spools lie below `spool_root`.
Result<NotifierRules> load_notice_rules(const std::string& path, const std::string& spool_root);
// `name` stands for the file in messages.
Result<NotifierRules> parse_notice_rules(std::string_view text, const std::string& name,
                                         const std::string& spool_root);

}  // namespace jieban
