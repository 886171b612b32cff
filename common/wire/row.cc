#include "common/wire/row.h"

#include <map>
#include <vector>

namespace jieban {
namespace {

// The fields of each struct, by the path to it.
using Structs = std::map<std::string_view, std::vector<std::string_view>>;

Structs structs_of(std::string_view layout) {
  Structs structs;
  while (!layout.empty()) {
    const size_t end = std::min(layout.find('\n'), layout.size() - 1);
    const std::string_view path = layout.substr(0, end);
    const size_t dot = path.rfind('.');
    const size_t name = dot == std::string_view::npos ? 0 : dot + 1;
    structs[path.substr(0, name)].push_back(path.substr(name));
    layout.remove_prefix(end + 1);
  }
  return structs;
}

bool can_read_struct(const std::vector<std::string_view>& written,
                     const std::vector<std::string_view>& now) {
  if (written.size() > now.size()) return false;
  for (size_t i = 0; i < now.size(); ++i) {
    const bool same = i < written.size() && written[i] == now[i];
    const bool added = i >= written.size() && now[i].ends_with('?');
    if (!same && !added) return false;
  }
  return true;
}

}  // namespace

bool can_read_layout(std::string_view written, std::string_view now) {
  const Structs before = structs_of(written);
  const Structs after = structs_of(now);
  for (const auto& [path, fields] : before) {
    auto found = after.find(path);
    if (found == after.end() || !can_read_struct(fields, found->second)) return false;
  }
  return true;
}

}  // namespace jieban
