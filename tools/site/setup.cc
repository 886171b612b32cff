#include "tools/site/setup.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "common/base/bytes.h"
#include "common/base/file.h"
#include "common/base/limits.h"
#include "common/crypto/random.h"
#include "common/crypto/secret_key.h"

namespace jieban {
namespace {

constexpr unsigned kSecretMode = 0600;

std::string key_text() { return to_hex(SecretKey::generate().bytes()) + "\n"; }
std::string token_text() { return random_token() + "\n"; }

std::string client_line(const std::string& app_id, const std::string& role) {
  return "  - {app_id: " + app_id + ", secret: \"" + random_token() + "\", token: \"" +
         random_token() + "\", role: " + role + "}\n";
}

// The city pushes orders; the desk gives commands and reads; Alertmanager brings alerts.
std::string clients_text() {
  return "clients:\n" + client_line("city", "feed") + client_line("desk", "operator") +
         client_line("alertmanager", "feed");
}

struct KeyFile {
  std::string_view name;
  std::string (*make)();
};

constexpr std::array<KeyFile, 6> kKeyFiles = {{
    {"master.key", key_text},
    {"index.key", key_text},
    {"signing.key", key_text},
    {"link.key", key_text},
    {"admin.token", token_text},
    {"clients.yaml", clients_text},
}};

bool exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

Result<void> copy_file(const std::string& source, const std::string& target) {
  auto content = read_file(source, limits::kRulesBytesMax);
  if (!content.ok()) return content.error();
  return write_file(target, *content);
}

// aliases.yaml, then the tables of other sources.
std::vector<std::string> alias_files(const std::string& rules) {
  std::vector<std::string> names;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(rules, failed)) {
    std::string name = entry.path().filename().string();
    if (name.starts_with("aliases-") && name.ends_with(".yaml")) names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  names.insert(names.begin(), "aliases.yaml");
  return names;
}

// The official years and the calendar files.
Result<void> copy_calendars(const std::string& source, const std::string& target) {
  RETURN_IF_ERROR(make_directories(target));
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(source, failed)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".yaml")) {
      RETURN_IF_ERROR(copy_file(source + "/" + name, target + "/" + name));
    }
  }
  if (failed) return Error{ErrorCode::io, source + ": " + failed.message()};
  return {};
}

}  // namespace

std::string existing_key(const std::string& directory) {
  for (const KeyFile& file : kKeyFiles) {
    std::string path = directory + "/" + std::string(file.name);
    if (exists(path)) return path;
  }
  return {};
}

Result<void> write_keys(const std::string& directory) {
  std::string present = existing_key(directory);
  if (!present.empty()) {
    return Error{ErrorCode::conflict,
                 present + " exists, and is not overwritten: what it sealed could not be opened"};
  }
  RETURN_IF_ERROR(make_directories(std::filesystem::path(directory).parent_path().string()));
  RETURN_IF_ERROR(make_directories(directory, 0700));
  for (const KeyFile& file : kKeyFiles) {
    RETURN_IF_ERROR(write_file(directory + "/" + std::string(file.name), file.make(), kSecretMode));
  }
  return {};
}

Result<void> write_configuration(SitePlan plan, const std::string& rules) {
  RETURN_IF_ERROR(check_plan(plan));
  plan.alias_files = alias_files(rules);
  const std::string etc = plan.etc_directory();
  RETURN_IF_ERROR(make_directories(etc));
  for (const std::string& folder : site_folders(plan)) RETURN_IF_ERROR(make_directories(folder));
  std::vector<std::string> tables = plan.alias_files;
  tables.insert(tables.end(), kRuleFiles.begin(), kRuleFiles.end());
  for (const std::string& name : tables) {
    RETURN_IF_ERROR(copy_file(rules + "/" + name, etc + "/" + name));
  }
  const std::string directory =
      rules + "/" + std::string(kDirectoryFolder) + "/" + plan.street + ".yaml";
  plan.has_directory = exists(directory);
  if (plan.has_directory) {
    RETURN_IF_ERROR(copy_file(directory, etc + "/" + std::string(kDirectoryFile)));
  }
  const std::string calendars = "/" + std::string(kCalendarFolder);
  RETURN_IF_ERROR(copy_calendars(rules + calendars, etc + calendars));
  for (const DaemonSeat& seat : kSeats) {
    std::string name(seat.name);
    RETURN_IF_ERROR(write_file(etc + "/" + name + ".yaml", daemon_configuration(plan, name)));
  }
  return {};
}

std::string find_rules(const std::string& program_directory) {
  // An installed program, then one in the build tree (build/<preset>/bin).
  for (std::string_view beside : {"/../config", "/../share/jieban/config", "/../../../config"}) {
    std::string folder = program_directory + std::string(beside);
    if (exists(folder + "/routing.yaml")) {
      return std::filesystem::path(folder).lexically_normal().string();
    }
  }
  return {};
}

std::string program_directory() {
  std::error_code failed;
  auto program = std::filesystem::read_symlink("/proc/self/exe", failed);
  return failed ? std::string(".") : program.parent_path().string();
}

}  // namespace jieban
