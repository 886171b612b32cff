#include "daemons/router/argument_reader.h"

#include <algorithm>

#include "common/domain/command_argument.h"

namespace jieban {
namespace {

const std::string kNothing;

std::string named(std::string_view name) {
  const CommandArgument* row = find_argument(name);
  std::string text(name);
  if (row != nullptr) text += "（" + std::string(row->chinese) + "）";
  return text;
}

Fault missing(std::string_view name) { return "缺少 " + named(name); }

bool lists(std::string_view list, std::string_view name) {
  while (!list.empty()) {
    size_t end = std::min(list.find(','), list.size());
    if (list.substr(0, end) == name) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

}  // namespace

const std::string& argument(const CommandRequest& request, std::string_view name) {
  auto found = request.arguments.find(std::string(name));
  return found == request.arguments.end() ? kNothing : found->second;
}

std::optional<Timestamp> time_argument(const CommandRequest& request, std::string_view name) {
  return parse_command_time(argument(request, name));
}

bool has_text(const CommandRequest& request, std::string_view name) {
  if (!request.sealed) return false;
  const std::string& sealed = argument(request, kSealedFields);
  return sealed.empty() ? name == kCommandText : lists(sealed, name);
}

bool says_yes(const CommandRequest& request, std::string_view name) {
  return argument(request, name) == "yes";
}

Fault require_argument(const CommandRequest& request, std::string_view name) {
  return argument(request, name).empty() ? missing(name) : std::nullopt;
}

Fault require_code(const CommandRequest& request, std::string_view name, CodeSet set) {
  const std::string& code = argument(request, name);
  if (has_code(set, code)) return std::nullopt;
  return (code.empty() ? "缺少 " : "不认识的 ") + named(name) + "；可选：" + choices_of(set);
}

Fault require_text(const CommandRequest& request, std::string_view name) {
  return has_text(request, name) ? std::nullopt : missing(name);
}

Fault require_past(const CommandRequest& request, std::string_view name, Timestamp now) {
  if (argument(request, name).empty()) return missing(name);
  return allow_past(request, name, now);
}

Fault allow_past(const CommandRequest& request, std::string_view name, Timestamp now) {
  auto at = time_argument(request, name);
  if (!at || *at <= now + kClockTolerance) return std::nullopt;
  return named(name) + "晚于现在";
}

Fault require_future(const CommandRequest& request, std::string_view name, Timestamp now) {
  auto at = time_argument(request, name);
  if (!at) return missing(name);
  if (*at > now) return std::nullopt;
  return named(name) + "不晚于现在";
}

Fault malformed_argument(const CommandRequest& request) {
  for (const auto& [name, value] : request.arguments) {
    const CommandArgument* row = find_argument(name);
    if (row == nullptr || value.empty() || is_well_formed(row->kind, value)) continue;
    return named(name) + "须为" + std::string(how_written(row->kind));
  }
  return std::nullopt;
}

Fault first_of(std::initializer_list<Fault> faults) {
  for (const Fault& fault : faults) {
    if (fault) return fault;
  }
  return std::nullopt;
}

}  // namespace jieban
