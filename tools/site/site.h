// An existing site, read from its configuration: where the daemons listen, and the tokens to ask
// them with.
//
// What fails and how: `not_found` when there is no such site, `invalid` with file:line:column when
// a file cannot be understood, `io` when it cannot be read. Tokens that cannot be read (keys are
// for their owner only) are missed by those alone who ask a daemon: `token_problem` says why.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "common/base/result.h"
#include "tools/site/layout.h"

namespace jieban {

struct SiteDaemon {
  std::string configuration;  // path of its file
  std::string ops_address;    // "127.0.0.1:9101"
  std::string api_address;    // empty when it has none
};

struct Site {
  std::string root;
  std::string etc;
  std::string street;
  std::string import_directory;  // empty: the folder is off
  std::string admin_token;
  std::string token_problem;
  std::map<std::string, std::string, std::less<>> client_tokens;  // by app_id
  std::map<std::string, SiteDaemon, std::less<>> daemons;

  // `keys` overrides the directory that the configuration names, as systemd's credentials do.
  static Result<Site> load(const std::string& root, const std::string& etc,
                           const std::string& keys = "");
  // REQUIRES: a name of kSeats.
  const SiteDaemon& daemon(std::string_view name) const { return daemons.find(name)->second; }
  // Empty when there is no such client.
  std::string client_token(std::string_view app_id) const;
};

}  // namespace jieban
