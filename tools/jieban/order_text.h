// Orders as operators read them, from the answers of the archiver and the receiver. Pure.
#pragma once

#include <string>
#include <string_view>

#include "common/base/value.h"

namespace jieban {

// {orders: [...], next}
std::string order_list_text(const Value& page);
// {order: {...}, timeline: [...]}
std::string order_text(const Value& view);
// The answer to a command, whatever became of it.
std::string command_text(std::string_view order_no, std::string_view command, const Value& answer);

// "已签收" for "SIGNED"; an unknown code as it is.
std::string state_chinese(const std::string& code);
// "紧急" for "emergency".
std::string class_chinese(const std::string& code);

}  // namespace jieban
