// Credentials: who may ask, and the keys of this daemon, read from the keys directory.
//
// Under systemd the directory is $CREDENTIALS_DIRECTORY; a demonstration has its own. A client
// proves itself with a bearer token, or by signing the request (DOMAIN §14.3).
// Fails: loading returns `invalid` or `not_found` with the file's name, never with its content.
// Thread rule: Authenticate may be called from any thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/crypto/secret_key.h"
#include "common/http/server.h"

namespace jieban {

struct Client {
  std::string app_id;
  std::string secret;  // for signed requests
  std::string token;   // for bearer requests
  std::string role;
};

// `configured`, else $CREDENTIALS_DIRECTORY.
Result<std::string> keys_directory(const std::string& configured);

// A file of 64 hexadecimal digits.
Result<SecretKey> load_key(const std::string& directory, const std::string& name);
Result<std::vector<Client>> load_clients(const std::string& directory);

// Only the holder of admin.token.
Result<Authenticate> admin_authentication(const std::string& directory);
// The clients of clients.yaml; the principal is the app id. Whoever has the role "feed" brings
// something in and does nothing else: it may ask for these, written "POST /api/v1/orders", and gets
// `refused` for all other.
using FeedRoutes = std::vector<std::string>;
Result<Authenticate> client_authentication(const std::string& directory, const Clock& clock,
                                           FeedRoutes feed_routes);

}  // namespace jieban
