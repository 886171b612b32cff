// What a new site is to be, and the configuration file of each daemon that follows from it. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "tools/site/layout.h"

namespace jieban {

struct SitePlan {
  std::string root;
  std::string etc;  // empty: root/etc
  std::string street = "110102007";
  int port_base = kPortBaseDefault;
  int64_t clock_speed = 1;
  std::string clock_origin;     // "2026-03-10 08:00:00"; empty: the real clock
  Timestamp clock_anchor;       // real time at which an accelerated clock shows its origin
  std::string import_interval;  // "250ms"; empty: the daemon's default
  bool sign_automatically = false;
  bool has_directory = true;  // there is one for the street
  // Names in etc of the tables of column names, the ordinary one first.
  std::vector<std::string> alias_files = {"aliases.yaml"};

  std::string etc_directory() const { return etc.empty() ? root + "/etc" : etc; }
};

// Rule tables that a site has a copy of in its etc directory, besides the alias files.
inline constexpr std::array<std::string_view, 9> kRuleFiles = {
    "routing.yaml",    "categories.yaml", "clocks.yaml", "lexicon.yaml", "notices.yaml",
    "checklists.yaml", "escalation.yaml", "rota.yaml",   "contacts.yaml"};

// The directory of the site's street, a copy of the shipped directory/<street>.yaml. A street that
// none is shipped for starts without one.
inline constexpr std::string_view kDirectoryFolder = "directory";
inline constexpr std::string_view kDirectoryFile = "directory.yaml";

// The folder of calendars, which is copied whole, and the one that clocks count by.
inline constexpr std::string_view kCalendarFolder = "calendar";
inline constexpr std::string_view kCalendarFile = "calendar/office.yaml";

// `invalid` with what is wrong: a relative or too long root, a street code, a port, a clock.
Result<void> check_plan(const SitePlan& plan);

// The YAML file of one daemon. REQUIRES: a name of kSeats.
std::string daemon_configuration(const SitePlan& plan, std::string_view daemon);

// Folders below the root, besides etc.
std::vector<std::string> site_folders(const SitePlan& plan);

}  // namespace jieban
