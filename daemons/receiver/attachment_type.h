// Which kinds of files the door takes as attachments, and how it knows them: by their first bytes,
// whatever their name says. A new type is a row of the table.
// Fails: never. Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace jieban {

// Whether the content is of the type; false also for a type that is not taken.
bool is_of_type(std::string_view media_type, std::string_view content);
bool is_known_type(std::string_view media_type);
// "image/jpeg, image/png, ...".
std::string known_types();

}  // namespace jieban
