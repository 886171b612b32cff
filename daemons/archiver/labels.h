// What operators read for our codes: topics, classes of orders.
//
// An unknown code is shown as it is. Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace jieban {

std::string topic_label(std::string_view topic);        // "order.signed" -> "签收"
std::string class_label(std::string_view order_class);  // "general" -> "一般诉求"

// A cell of a table, or a word in a line, in Markdown: what came from outside must not become
// markup.
std::string plain_text(std::string_view text);

}  // namespace jieban
