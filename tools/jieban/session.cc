#include "tools/jieban/session.h"

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <filesystem>

#include "common/json/json.h"
#include "tools/site/setup.h"

namespace jieban {
namespace {

constexpr std::array<Subcommand, 25> kSubcommands = {{
    {"setup", declare_setup},           {"keygen", declare_keygen},
    {"import", declare_import},         {"order", declare_order},
    {"command", declare_command},       {"record", declare_record},
    {"report", declare_report},         {"stream", declare_stream},
    {"quarantine", declare_quarantine}, {"status", declare_status},
    {"config", declare_config},         {"route", declare_route},
    {"lifecycle", declare_lifecycle},   {"clock", declare_clock},
    {"reanchor", declare_reanchor},     {"assess", declare_assess},
    {"appeal", declare_appeal},         {"audit", declare_audit},
    {"attachment", declare_attachment}, {"ledger", declare_ledger},
    {"handover", declare_handover},     {"rota", declare_rota},
    {"alert", declare_alert},           {"notice", declare_notice},
    {"silence", declare_silence},
}};

struct CodeMeaning {
  ErrorCode error;
  ExitCode exit;
};

// What is not listed says no.
constexpr std::array<CodeMeaning, 6> kMeanings = {{
    {ErrorCode::invalid, ExitCode::usage},
    {ErrorCode::unavailable, ExitCode::unreachable},
    {ErrorCode::io, ExitCode::io},
    {ErrorCode::limit, ExitCode::io},
    {ErrorCode::unauthenticated, ExitCode::configuration},
    {ErrorCode::corrupt, ExitCode::configuration},
}};

}  // namespace

void declare_subcommands(CLI::App& app, Session& session) {
  for (const Subcommand& subcommand : kSubcommands) subcommand.declare(app, session);
}

ExitCode exit_code_of(const Error& error) {
  for (const CodeMeaning& row : kMeanings) {
    if (row.error == error.code) return row.exit;
  }
  return ExitCode::negative;
}

Error configuration_error(const Error& error) { return Error{ErrorCode::corrupt, error.message}; }

std::string Session::rule_path(const std::string& name) const {
  std::string of_site = etc_directory() + "/" + name;
  std::error_code unreadable;
  if (std::filesystem::exists(of_site, unreadable)) return of_site;
  const std::string shipped = find_rules(program_directory());
  return shipped.empty() ? of_site : shipped + "/" + name;
}

Result<Site> Session::site() const {
  auto loaded = Site::load(root, etc, keys);
  if (loaded.ok()) return loaded;
  return configuration_error(loaded.error())
      .context("no usable site (--root " + root + "; made by jieban setup)");
}

void Session::print(const std::string& text) const {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void Session::print(const Value& value) const { print(to_json(value, 2) + "\n"); }

void Session::print(const std::string& text, const Value& value) const {
  json ? print(value) : print(text);
}

}  // namespace jieban
