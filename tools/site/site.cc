#include "tools/site/site.h"

#include "common/base/file.h"
#include "common/base/limits.h"
#include "common/config/document.h"

namespace jieban {
namespace {

// "ops.address" as text; `fallback` when the file does not set it.
Result<std::string> setting(const Document& file, std::string_view section, std::string_view key,
                            std::string fallback) {
  auto part = file.root().optional(section);
  if (!part) return fallback;
  auto node = part->optional(key);
  return node ? node->text() : Result<std::string>(std::move(fallback));
}

Result<SiteDaemon> read_daemon(const Document& file, const DaemonSeat& seat) {
  SiteDaemon daemon;
  daemon.configuration = file.name();
  auto ops = setting(file, "ops", "address", local_address(kPortBaseDefault + seat.ops_offset));
  if (!ops.ok()) return ops.error();
  daemon.ops_address = *ops;
  if (seat.api_offset == 0) return daemon;
  auto api = setting(file, "api", "address", local_address(kPortBaseDefault + seat.api_offset));
  if (!api.ok()) return api.error();
  daemon.api_address = *api;
  return daemon;
}

Result<void> read_street(const Document& file, Site& site, std::string& keys) {
  auto street = setting(file, "street", "code", "");
  if (!street.ok()) return street.error();
  site.street = *street;
  auto import = setting(file, "import", "directory", "");
  if (!import.ok()) return import.error();
  site.import_directory = *import;
  if (!keys.empty()) return {};
  auto named = setting(file, "keys", "directory", site.root + "/keys");
  if (!named.ok()) return named.error();
  keys = *named;
  return {};
}

Result<void> read_tokens(const std::string& keys, Site& site) {
  auto token = read_file(keys + "/admin.token", limits::kConfigBytesMax);
  if (!token.ok()) return token.error();
  site.admin_token = token->substr(0, token->find_last_not_of(" \r\n") + 1);
  auto file = Document::load(keys + "/clients.yaml", limits::kConfigBytesMax);
  if (!file.ok()) return file.error();
  auto list = file->root().required("clients");
  if (!list.ok()) return list.error();
  auto clients = list->items();
  if (!clients.ok()) return clients.error();
  for (const Node& client : *clients) {
    auto name = client.required("app_id");
    auto secret = client.required("token");
    if (!name.ok() || !secret.ok()) return client.error("a client has an app_id and a token");
    auto name_text = name->text();
    auto secret_text = secret->text();
    if (!name_text.ok()) return name_text.error();
    if (!secret_text.ok()) return secret_text.error();
    site.client_tokens[*name_text] = *secret_text;
  }
  return {};
}

}  // namespace

Result<Site> Site::load(const std::string& root, const std::string& etc, const std::string& keys) {
  Site site;
  site.root = root;
  site.etc = etc.empty() ? root + "/etc" : etc;
  std::string keys_directory = keys;
  for (const DaemonSeat& seat : kSeats) {
    auto file =
        Document::load(site.etc + "/" + std::string(seat.name) + ".yaml", limits::kConfigBytesMax);
    if (!file.ok()) return file.error();
    auto daemon = read_daemon(*file, seat);
    if (!daemon.ok()) return daemon.error();
    site.daemons.emplace(seat.name, *daemon);
    if (seat.name == "receiver") RETURN_IF_ERROR(read_street(*file, site, keys_directory));
  }
  RETURN_IF_ERROR(read_tokens(keys_directory, site));
  return site;
}

std::string Site::client_token(std::string_view app_id) const {
  auto found = client_tokens.find(app_id);
  return found == client_tokens.end() ? std::string() : found->second;
}

}  // namespace jieban
