// A report as the office reads it: Chinese Markdown for people, a Value (JSON) for programs.
//
// Thread rule: pure functions; nothing fails.
#pragma once

#include <string>

#include "common/base/value.h"
#include "daemons/archiver/report.h"

namespace jieban {

// `street` is the name in the title: "月坛街道"; may be empty.
std::string report_markdown(const Report& report, const std::string& street);
Value report_value(const Report& report);

}  // namespace jieban
