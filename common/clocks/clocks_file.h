// Reads the part of clocks.yaml that says how long clocks run: its version, `classes`, and the
// calendar that they count by. Watcher and router read it by this, so that both go by the same.
//
// Errors name file, line and column, and say what to do.
#pragma once

#include <optional>
#include <string>

#include "common/clocks/calendar_texts.h"
#include "common/clocks/class_rules.h"
#include "common/config/document.h"

namespace jieban {

// REQUIRED first, of the root of the file: nothing stands in it that nobody reads.
Result<void> check_clocks_keys(const Node& root);
Result<ClassTable> read_class_table(const Node& root);

// Whether a clock of a class counts by a calendar: by natural time it needs none.
bool needs_calendar(const ClassTable& classes);
// Of the setting rules.calendar, which may be "": then nothing, and an error where one is needed.
Result<std::optional<CalendarTexts>> read_clock_calendar(const Node& root,
                                                         const ClassTable& classes,
                                                         const std::string& path);

}  // namespace jieban
