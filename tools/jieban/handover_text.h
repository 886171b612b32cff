// Hand-overs as operators read them, from the answers of the archiver and the receiver. Pure.
#pragma once

#include <string>
#include <string_view>

#include "common/base/value.h"

namespace jieban {

// {handovers: [...]}
std::string handover_list_text(const Value& answer);
// One of them: the log as it was signed, the signatures, the notes, what was written by hand (or
// why it is not shown), and who has read that before.
std::string handover_text(const Value& handover);
// The answer to a command of the street, whatever became of it.
std::string street_command_text(std::string_view command, const Value& answer);

}  // namespace jieban
