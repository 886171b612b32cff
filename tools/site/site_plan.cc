#include "tools/site/site_plan.h"

#include <algorithm>

#include "common/base/check.h"
#include "common/json/json.h"

namespace jieban {
namespace {

struct Line {
  std::string section;
  std::string key;
  std::string value;  // as YAML
};

// A JSON string is a YAML string.
std::string quoted(const std::string& text) { return to_json(Value(text)); }

std::string boolean(bool value) { return value ? "true" : "false"; }

std::vector<Line> common_lines(const SitePlan& plan, const DaemonSeat& seat) {
  std::vector<Line> lines = {
      {"street", "code", quoted(plan.street)},
      {"state", "directory", quoted(plan.root + "/state/" + std::string(seat.name))},
      {"bus", "directory", quoted(plan.root + "/run")},
      {"keys", "directory", quoted(plan.root + "/keys")},
      {"ops", "address", quoted(local_address(plan.port_base + seat.ops_offset))},
  };
  if (!plan.clock_origin.empty()) {
    lines.push_back({"clock", "speed", std::to_string(plan.clock_speed)});
    lines.push_back({"clock", "anchor", std::to_string(to_micros(plan.clock_anchor))});
    lines.push_back({"clock", "origin", quoted(plan.clock_origin)});
  }
  if (seat.api_offset != 0) {
    lines.push_back({"api", "address", quoted(local_address(plan.port_base + seat.api_offset))});
  }
  return lines;
}

std::string alias_list(const SitePlan& plan) {
  std::string list;
  for (const std::string& name : plan.alias_files) {
    list += (list.empty() ? "" : ", ") + quoted(plan.etc_directory() + "/" + name);
  }
  return "[" + list + "]";
}

std::vector<Line> own_lines(const SitePlan& plan, std::string_view daemon) {
  const auto rules = [&](const std::string& name) {
    return Line{"rules", name, quoted(plan.etc_directory() + "/" + name + ".yaml")};
  };
  const Line calendar{"rules", "calendar",
                      quoted(plan.etc_directory() + "/" + std::string(kCalendarFile))};
  if (daemon == "receiver") {
    std::vector<Line> lines = {
        {"rules", "aliases", alias_list(plan)},
        rules("lexicon"),
        rules("checklists"),
        {"attachments", "directory", quoted(plan.root + "/state/receiver/attachments")},
        {"import", "directory", quoted(plan.root + "/import")}};
    if (!plan.import_interval.empty())
      lines.push_back({"import", "interval", plan.import_interval});
    return lines;
  }
  if (daemon == "router") {
    std::vector<Line> lines = {rules("routing"), rules("clocks"), rules("categories"),
                               rules("checklists")};
    if (plan.has_directory) lines.push_back(rules("directory"));
    lines.push_back(calendar);
    lines.push_back({"sign", "automatic", boolean(plan.sign_automatically)});
    return lines;
  }
  if (daemon == "sla-watcher") {
    return {rules("clocks"), calendar};
  }
  if (daemon == "notifier") {
    return {rules("notices"),
            rules("escalation"),
            rules("rota"),
            calendar,
            {"contacts", "file", quoted(plan.etc_directory() + "/contacts.yaml")},
            {"spool", "directory", quoted(plan.root + "/spool")}};
  }
  return {};
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<void> check_plan(const SitePlan& plan) {
  if (!plan.root.starts_with('/')) return invalid("the root must be an absolute path");
  if (plan.root.size() > kRootLengthMax) {
    return invalid("the root is longer than " + std::to_string(kRootLengthMax) +
                   " bytes: the paths of its sockets would not fit");
  }
  if (plan.street.size() != 9 || !all_digits(plan.street)) {
    return invalid("a street code has 9 digits, such as 110102007");
  }
  if (plan.port_base < 1024 || plan.port_base > kPortBaseMax) {
    return invalid("the port base must be between 1024 and " + std::to_string(kPortBaseMax));
  }
  if (plan.clock_speed < 1) return invalid("the speed of the clock is at least 1");
  if (plan.clock_origin.empty() && plan.clock_speed != 1) {
    return invalid("a clock that runs faster needs an origin");
  }
  if (!plan.clock_origin.empty() && !parse_local(plan.clock_origin)) {
    return invalid("the origin of the clock is not a time such as 2026-03-10 08:00:00");
  }
  return {};
}

std::string daemon_configuration(const SitePlan& plan, std::string_view daemon) {
  const DaemonSeat* seat = find_seat(daemon);
  CHECK(seat != nullptr);
  std::vector<Line> lines = common_lines(plan, *seat);
  for (Line& line : own_lines(plan, daemon)) lines.push_back(std::move(line));
  std::string text = "# jieban-" + std::string(daemon) +
                     ". What can be set, and the defaults: jieban-" + std::string(daemon) +
                     " --print-config\n";
  std::string section;
  for (const Line& line : lines) {
    if (line.section != section) text += line.section + ":\n";
    section = line.section;
    text += "  " + line.key + ": " + line.value + "\n";
  }
  return text;
}

std::vector<std::string> site_folders(const SitePlan& plan) {
  std::vector<std::string> folders;
  for (const DaemonSeat& seat : kSeats) {
    folders.push_back(plan.root + "/state/" + std::string(seat.name));
  }
  for (std::string_view name : {"run", "import", "spool"}) {
    folders.push_back(plan.root + "/" + std::string(name));
  }
  return folders;
}

}  // namespace jieban
