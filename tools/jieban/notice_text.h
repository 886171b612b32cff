// Notices and silences as people read them, from the notifier's answers. Pure.
#pragma once

#include <string>
#include <vector>

#include "common/base/value.h"

namespace jieban {

// "queued", "attempting", ...: every state that a notice can be in.
std::vector<std::string> notice_state_words();
// {notices: [...], next}
std::string notice_list_text(const Value& page);
std::string notice_text(const Value& notice);
// {silences: [...]}
std::string silence_list_text(const Value& answer);
// "taken" and "repeated" of the core.
std::string input_answer_text(const Value& answer);

}  // namespace jieban
