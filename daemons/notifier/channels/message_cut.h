// Cutting a message to what a gateway takes (DOMAIN §15.2): the reader sees that something is
// missing and how much.
//
// Promises: the result is never longer than asked for and ends at a character; a text that fits is
// left as it is. What is cut ends with "…（余N条）", N being the lines that are not shown whole: a
// notice is one line, a digest one line a notice. Where not even that fits, the beginning alone.
// Fails: nothing. REQUIRES: UTF-8. Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "daemons/notifier/channel.h"

namespace jieban {

enum class TextUnit { bytes, characters };

std::string cut_message(std::string_view text, size_t most, TextUnit unit);

// What people read: a possible repeat says so before all else.
std::string shown_text(const OutgoingNotice& notice);

}  // namespace jieban
