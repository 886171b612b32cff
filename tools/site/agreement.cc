#include "tools/site/agreement.h"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "common/base/limits.h"
#include "common/config/document.h"

namespace jieban {
namespace {

struct Shared {
  std::string_view section;
  std::string_view key;
  std::string_view usual;  // where a file does not say it; empty: it need not
  std::vector<std::string_view> daemons;
  std::string_view why;
};

const std::vector<Shared>& shared_settings() {
  static const std::vector<Shared> kShared = {
      {"street",
       "code",
       "110102007",
       {"receiver", "router", "sla-watcher", "notifier", "archiver"},
       "they would not hear each other"},
      {"rules",
       "clocks",
       "/etc/jieban/clocks.yaml",
       {"router", "sla-watcher"},
       "what the one promises of a clock the other would not do"},
      {"rules",
       "calendar",
       "",
       {"router", "sla-watcher"},
       "a deadline would be another one for each"},
      {"rules",
       "checklists",
       "/etc/jieban/checklists.yaml",
       {"receiver", "router"},
       "the door would not tell what the audit asks for"},
  };
  return kShared;
}

std::optional<std::string> said(const std::string& path, const Shared& shared) {
  auto document = Document::load(path, limits::kConfigBytesMax);
  if (!document.ok()) return std::nullopt;
  const std::string usual(shared.usual);
  auto section = document->root().optional(shared.section);
  auto node = section ? section->optional(shared.key) : std::nullopt;
  if (!node) return usual.empty() ? std::nullopt : std::optional(usual);
  auto text = node->text();
  return text.ok() ? std::optional(*text) : std::nullopt;
}

Result<void> check(const std::string& etc, const Shared& shared) {
  std::string first_path;
  std::optional<std::string> first;
  for (std::string_view daemon : shared.daemons) {
    const std::string path = etc + "/" + std::string(daemon) + ".yaml";
    const auto own = said(path, shared);
    if (!own) continue;
    if (!first) {
      first = own;
      first_path = path;
    }
    if (own == first) continue;
    const std::string name = std::string(shared.section) + "." + std::string(shared.key);
    return invalid(first_path + " has " + name + ": " + *first + ", and " + path + " has " + *own +
                   ": " + std::string(shared.why) + "; let both say the same");
  }
  return {};
}

}  // namespace

Result<void> check_agreement(const std::string& etc) {
  for (const Shared& shared : shared_settings()) RETURN_IF_ERROR(check(etc, shared));
  return {};
}

}  // namespace jieban
