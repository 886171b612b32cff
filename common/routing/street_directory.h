// The street as routing sees it: its communities, its units, what is its duty and what is not.
//
// Names come as sources write them: "月坛社区居委会" and "月坛" are 月坛社区; "北京市西城区月坛街道
// 办事处" is 月坛街道. Whoever is empty is not judged. Read by directory_file.h.
// Fails: never. Thread rule: plain values and pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/routing/validity.h"

namespace jieban {

struct Community {
  std::string code;
  std::string name;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("code", &Community::code);
    visit("name", &Community::name);
  }
};

constexpr size_t kContactBytesMax = 200;

struct StreetUnit {
  std::string id;
  std::string name;
  std::string kind;  // desk, office, centre, enforcement, station, company, community
  std::optional<std::string> contact{};  // of the office, never of a person

  template <class Visit>
  static void fields(Visit& visit) {
    visit("id", &StreetUnit::id);
    visit("name", &StreetUnit::name);
    visit("kind", &StreetUnit::kind);
    visit("contact", &StreetUnit::contact);
  }
};

// A line of a duty list: whatever lies under the category.
struct StreetDuty {
  std::string category;
  std::optional<Validity> validity;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("category", &StreetDuty::category);
    visit("validity", &StreetDuty::validity);
  }
};

// What is somebody else's although a duty covers it; each condition that it has must hold.
struct NotOursRule {
  std::string id;
  std::optional<std::string> category;
  std::vector<std::string> keywords;  // any of them
  std::string reason;                 // a return reason, DOMAIN §5.3
  std::optional<std::string> suggested_unit;
  std::optional<Validity> validity;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("id", &NotOursRule::id);
    visit("category", &NotOursRule::category);
    visit("keywords", &NotOursRule::keywords);
    visit("reason", &NotOursRule::reason);
    visit("suggested_unit", &NotOursRule::suggested_unit);
    visit("validity", &NotOursRule::validity);
  }
};

struct StreetDirectory {
  std::string version;
  std::string code;
  std::string name;
  std::string district;
  std::vector<Community> communities;
  std::vector<StreetUnit> units;
  std::vector<StreetDuty> duties;            // none: nothing is judged by them
  std::vector<StreetDuty> community_duties;  // 社区职责清单: what a community may lead (Art. 17)
  std::vector<NotOursRule> not_ours;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("version", &StreetDirectory::version);
    visit("code", &StreetDirectory::code);
    visit("name", &StreetDirectory::name);
    visit("district", &StreetDirectory::district);
    visit("communities", &StreetDirectory::communities);
    visit("units", &StreetDirectory::units);
    visit("duties", &StreetDirectory::duties);
    visit("community_duties", &StreetDirectory::community_duties);
    visit("not_ours", &StreetDirectory::not_ours);
  }
};

// The unit that stands for the community that the order lies in.
inline constexpr std::string_view kLocalCommunity = "community";
inline constexpr std::string_view kCommunityKind = "community";

// "城市管理>违法建设" is a prefix of "城市管理>违法建设>新建", and of itself, not of
// "城市管理>违法建设物".
bool is_category_prefix(std::string_view prefix, std::string_view path);

bool is_same_community(std::string_view a, std::string_view b);
// By name or code; null when it is none of the street's.
const Community* find_community(const StreetDirectory& directory, std::string_view text);
const StreetUnit* find_unit(const StreetDirectory& directory, std::string_view id);
bool is_this_street(const StreetDirectory& directory, std::string_view text);
// A unit of that kind, or a community by its name or code. Without a directory: "community" alone.
bool is_community_unit(const StreetDirectory* directory, std::string_view unit);
bool covers(const std::vector<StreetDuty>& duties, std::string_view category, Timestamp at);
// Whether an order of some category under `category` could be covered, at whatever time.
bool may_cover(const std::vector<StreetDuty>& duties, std::string_view category);

}  // namespace jieban
