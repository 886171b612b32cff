#include "common/routing/street_directory.h"

#include <algorithm>
#include <initializer_list>

namespace jieban {
namespace {

// What is left without the first of these endings that it has.
std::string_view without(std::string_view text, std::initializer_list<std::string_view> endings) {
  for (std::string_view ending : endings) {
    if (!text.ends_with(ending)) continue;
    text.remove_suffix(ending.size());
    return text;
  }
  return text;
}

std::string_view root_of_community(std::string_view name) {
  return without(name, {"社区居民委员会", "社区居委会", "居民委员会", "居委会", "社区"});
}

std::string_view root_of_street(std::string_view name, std::string_view district) {
  const size_t at = district.empty() ? std::string_view::npos : name.find(district);
  if (at != std::string_view::npos) name.remove_prefix(at + district.size());
  return without(name, {"街道办事处", "街道办", "街道"});
}

}  // namespace

bool is_category_prefix(std::string_view prefix, std::string_view path) {
  if (!path.starts_with(prefix)) return false;
  return prefix.empty() || path.size() == prefix.size() || path[prefix.size()] == '>';
}

bool is_same_community(std::string_view a, std::string_view b) {
  return a == b || root_of_community(a) == root_of_community(b);
}

const Community* find_community(const StreetDirectory& directory, std::string_view text) {
  // Nearly all orders name it as the directory does.
  for (const Community& each : directory.communities) {
    if (each.name == text || each.code == text) return &each;
  }
  const std::string_view root = root_of_community(text);
  for (const Community& each : directory.communities) {
    if (root_of_community(each.name) == root) return &each;
  }
  return nullptr;
}

const StreetUnit* find_unit(const StreetDirectory& directory, std::string_view id) {
  auto found = std::ranges::find(directory.units, id, &StreetUnit::id);
  return found == directory.units.end() ? nullptr : &*found;
}

bool is_this_street(const StreetDirectory& directory, std::string_view text) {
  return text == directory.code || root_of_street(text, directory.district) ==
                                       root_of_street(directory.name, directory.district);
}

bool is_community_unit(const StreetDirectory* directory, std::string_view unit) {
  if (unit == kLocalCommunity) return true;
  if (directory == nullptr) return false;
  const StreetUnit* known = find_unit(*directory, unit);
  if (known != nullptr) return known->kind == kCommunityKind;
  return find_community(*directory, unit) != nullptr;
}

bool covers(const std::vector<StreetDuty>& duties, std::string_view category, Timestamp at) {
  return std::ranges::any_of(duties, [&](const StreetDuty& duty) {
    return is_category_prefix(duty.category, category) && is_valid(duty.validity, at);
  });
}

bool may_cover(const std::vector<StreetDuty>& duties, std::string_view category) {
  return std::ranges::any_of(duties, [&](const StreetDuty& duty) {
    return is_category_prefix(duty.category, category) ||
           is_category_prefix(category, duty.category);
  });
}

}  // namespace jieban
