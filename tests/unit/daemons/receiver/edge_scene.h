// A receiver with keys, clients, rules and an import folder in a directory of its own, its loop
// running, so that its edges can be started as the daemon starts them.
#pragma once

#include <filesystem>
#include <fstream>

#include "common/http/client.h"
#include "common/json/json.h"
#include "daemons/receiver/intake_edge.h"
#include "tests/unit/daemons/receiver/receiver_fixture.h"

namespace jieban {

inline const std::string kToken = "token-of-the-city-desk-0123456789";

class EdgeScene {
 public:
  EdgeScene() {
    CHECK(std::filesystem::create_directory(dir.path("keys")));
    put("keys/master.key", std::string(64, 'a') + "\n");
    put("keys/index.key", std::string(64, 'b') + "\n");
    put("keys/clients.yaml", "clients:\n  - {app_id: city, secret: " + kToken +
                                 ", token: " + kToken + ", role: source}\n");
    std::vector<Parameter> parameters = receiver_parameters();
    Parameter keys;
    keys.name = "keys.directory";
    parameters.push_back(keys);
    const std::string config = std::string(JIEBAN_SOURCE_DIR) + "/config/";
    auto parsed = parse_settings(
        "api: {address: \"127.0.0.1:0\"}\n"
        "keys: {directory: " +
            dir.path("keys") +
            "}\n"
            "import: {directory: " +
            dir.path("import") +
            ", interval: 50ms}\n"
            "rules: {aliases: [" +
            config + "aliases.yaml], lexicon: " + config + "lexicon.yaml, checklists: " + config +
            "checklists.yaml}\n" + "attachments: {directory: " + dir.path("files") +
            ", bytes_max: 8KiB, disk_free_min: 0B}\n",
        "receiver.yaml", parameters);
    CHECK(parsed.ok());
    settings = std::move(*parsed);
    context.emplace(receiver.context(*settings));
  }

  void put(const std::string& name, const std::string& content) {
    std::ofstream(dir.path(name), std::ios::binary) << content;
  }

  TempDir dir{"/dev/shm"};
  ReceiverFixture receiver;
  std::optional<Settings> settings;
  std::optional<EdgeContext> context;
  ReceiverLoop loop{receiver};
};

class Caller {
 public:
  explicit Caller(uint16_t port) : base_("http://127.0.0.1:" + std::to_string(port)) {}

  HttpReply call(const std::string& method, const std::string& target, const std::string& body = "",
                 const std::string& token = kToken) const {
    HttpCall made;
    made.url = base_ + target;
    made.method = method;
    made.body = body;
    made.headers = {{"Authorization", "Bearer " + token}, {"Content-Type", "application/json"}};
    auto reply = http_call(made);
    CHECK(reply.ok());
    return std::move(*reply);
  }
  HttpReply push(const std::string& body) const { return call("POST", "/api/v1/orders", body); }
  HttpReply command(const std::string& order_no, const std::string& command,
                    const std::string& body) const {
    return call("POST", "/api/v1/orders/" + order_no + "/commands/" + command, body);
  }

 private:
  std::string base_;
};

inline Value json_of(const HttpReply& reply) {
  auto value = parse_json(reply.body);
  CHECK(value.ok());
  return std::move(*value);
}
inline std::string text_at(const Value& value, std::string_view key) {
  const Value* found = value.find(key);
  return found != nullptr && found->string() ? *found->string() : "";
}
inline int64_t number_at(const Value& value, std::string_view key) {
  const Value* found = value.find(key);
  return found != nullptr && found->integer() ? *found->integer() : -1;
}

}  // namespace jieban
