// The small pages behind an acknowledgement link: a button, or one sentence. For phones.
//
// The button is there because programs that preview links fetch them: only what a person presses
// acknowledges. Pages load nothing, are not kept by caches, and tell no other site where they were.
// Fails: nothing. Thread rule: pure functions.
#pragma once

#include <string_view>

#include "common/base/clock.h"
#include "common/http/message.h"

namespace jieban {

enum class AckPage { done, repeated, expired, forged, gone, refused, later };

// One sentence. `reason` stands below it, where the core has given one.
HttpResponse ack_page(AckPage page, std::string_view reason = {});
// The text of the notice above a button that posts to the same address.
HttpResponse ack_question(std::string_view notice_text);

}  // namespace jieban
