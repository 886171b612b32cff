#include "common/daemon/credentials.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <mutex>

#include "common/base/bytes.h"
#include "common/base/file.h"
#include "common/base/limits.h"
#include "common/config/document.h"
#include "common/crypto/hashes.h"
#include "common/crypto/request_signature.h"

namespace jieban {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr size_t kSecretBytesMax = 256;
constexpr size_t kTokenBytesMin = 24;

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) {
    text.pop_back();
  }
  return text;
}

Error unknown_client() {
  return {ErrorCode::unauthenticated, "this token is not known; ask the administrator for one"};
}

Result<Client> read_client(const Node& node) {
  RETURN_IF_ERROR(node.only_keys({"app_id", "secret", "token", "role"}));
  struct Part {
    const char* key;
    std::string Client::*member;
  };
  static constexpr std::array<Part, 4> kParts = {{{"app_id", &Client::app_id},
                                                  {"secret", &Client::secret},
                                                  {"token", &Client::token},
                                                  {"role", &Client::role}}};
  Client client;
  for (const Part& part : kParts) {
    auto found = node.required(part.key);
    if (!found.ok()) return found.error();
    auto text = found->text();
    if (!text.ok()) return text.error();
    client.*part.member = std::move(*text);
  }
  bool strong = client.token.size() >= kTokenBytesMin && client.secret.size() >= kTokenBytesMin;
  if (!strong) return node.error("secret and token need at least 24 characters; see jieban keygen");
  return client;
}

constexpr std::string_view kFeedRole = "feed";

// The clients and the nonces that they have used.
class ClientRegister {
 public:
  ClientRegister(std::vector<Client> clients, FeedRoutes feed_routes, const Clock& clock)
      : clients_(std::move(clients)), feed_routes_(std::move(feed_routes)), clock_(clock) {}

  Result<std::string> identify(const HttpRequest& request) {
    auto client = find(request);
    if (!client.ok()) return client.error();
    const bool may = (*client)->role != kFeedRole || is_fed(request);
    if (may) return (*client)->app_id;
    return Error{ErrorCode::refused, "client " + (*client)->app_id + " has the role feed: it may " +
                                         "bring things in, and nothing else"};
  }

 private:
  bool is_fed(const HttpRequest& request) const {
    const std::string asked = request.method + " " + request.path;
    return std::ranges::find(feed_routes_, asked) != feed_routes_.end();
  }

  Result<const Client*> find(const HttpRequest& request) {
    std::string_view authorization = request.header("authorization");
    if (authorization.starts_with(kBearer)) return by_token(authorization.substr(kBearer.size()));
    if (!request.header("x-sign").empty()) return by_signature(request);
    return Error{ErrorCode::unauthenticated,
                 "send Authorization: Bearer TOKEN, or sign the request with X-Sign"};
  }

  Result<const Client*> by_token(std::string_view token) const {
    for (const Client& client : clients_) {
      if (equal_constant_time(client.token, token)) return &client;
    }
    return unknown_client();
  }

  Result<const Client*> by_signature(const HttpRequest& request) {
    SignedRequest sent;
    sent.app_id = request.header("x-app-id");
    sent.nonce = request.header("x-nonce");
    sent.signature = request.header("x-sign");
    sent.body = request.body;
    std::string_view at = request.header("x-timestamp");
    auto [end, error] = std::from_chars(at.data(), at.data() + at.size(), sent.timestamp_ms);
    if (error != std::errc() || end != at.data() + at.size()) {
      return Error{ErrorCode::unauthenticated, "X-Timestamp must be milliseconds since 1970"};
    }
    for (const Client& client : clients_) {
      if (client.app_id != sent.app_id) continue;
      RETURN_IF_ERROR(verify_request(sent, client.secret, clock_.now()));
      std::lock_guard<std::mutex> guard(mutex_);
      RETURN_IF_ERROR(nonces_.remember(sent, clock_.now()));
      return &client;
    }
    return unknown_client();
  }

  std::vector<Client> clients_;
  FeedRoutes feed_routes_;
  const Clock& clock_;
  std::mutex mutex_;
  NonceMemory nonces_;
};

}  // namespace

Result<std::string> keys_directory(const std::string& configured) {
  if (!configured.empty()) return configured;
  // Nothing in this process changes the environment.
  const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");  // NOLINT(concurrency-mt-unsafe)
  if (credentials != nullptr) return std::string(credentials);
  return invalid("keys.directory is not set, and there is no $CREDENTIALS_DIRECTORY");
}

Result<SecretKey> load_key(const std::string& directory, const std::string& name) {
  std::string path = directory + "/" + name;
  auto text = read_file(path, kSecretBytesMax);
  if (!text.ok()) return text.error();
  auto bytes = from_hex(trimmed(std::move(*text)));
  if (!bytes) return invalid(path + ": 64 hexadecimal digits are wanted");
  auto key = SecretKey::from_bytes(*bytes);
  wipe(*bytes);
  if (!key.ok()) return key.error().context(path);
  return key;
}

Result<std::vector<Client>> load_clients(const std::string& directory) {
  auto document = Document::load(directory + "/clients.yaml", limits::kConfigBytesMax);
  if (!document.ok()) return document.error();
  Node root = document->root();
  RETURN_IF_ERROR(root.only_keys({"clients"}));
  auto list = root.required("clients");
  if (!list.ok()) return list.error();
  auto items = list->items();
  if (!items.ok()) return items.error();
  std::vector<Client> clients;
  for (const Node& item : *items) {
    auto client = read_client(item);
    if (!client.ok()) return client.error();
    clients.push_back(std::move(*client));
  }
  return clients;
}

Result<Authenticate> admin_authentication(const std::string& directory) {
  std::string path = directory + "/admin.token";
  auto text = read_file(path, kSecretBytesMax);
  if (!text.ok()) return text.error();
  std::string token = trimmed(std::move(*text));
  if (token.size() < kTokenBytesMin) return invalid(path + ": the token is too short");
  return Authenticate([token](const HttpRequest& request) -> Result<std::string> {
    std::string_view authorization = request.header("authorization");
    bool bearer = authorization.starts_with(kBearer);
    if (bearer && equal_constant_time(token, authorization.substr(kBearer.size()))) {
      return std::string("admin");
    }
    return Error{ErrorCode::unauthenticated, "send Authorization: Bearer with the admin token"};
  });
}

Result<Authenticate> client_authentication(const std::string& directory, const Clock& clock,
                                           FeedRoutes feed_routes) {
  auto clients = load_clients(directory);
  if (!clients.ok()) return clients.error();
  auto known = std::make_shared<ClientRegister>(std::move(*clients), std::move(feed_routes), clock);
  return Authenticate([known](const HttpRequest& request) { return known->identify(request); });
}

}  // namespace jieban
