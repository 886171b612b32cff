// Judging a store in a process of its own: a damaged one may kill whoever reads it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace jieban::crash {

// Empty when all is right; else what is wrong.
using Judge = std::function<std::string(const std::string& store, uint64_t acknowledged)>;

std::string judge_apart(const Judge& judge, const std::string& store, uint64_t acknowledged);

}  // namespace jieban::crash
