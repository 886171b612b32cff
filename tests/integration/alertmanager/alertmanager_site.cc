#include "tests/integration/alertmanager/alertmanager_site.h"

#include <signal.h>

#include "common/base/file.h"
#include "common/base/random.h"
#include "common/http/address.h"
#include "common/http/client.h"
#include "tests/support/exchange.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

constexpr char kProgram[] = "/usr/bin/prometheus-alertmanager";
constexpr std::chrono::seconds kStartPatience{40};
constexpr size_t kConfigBytesMax = 100'000;

// Below the ports that the kernel gives to outgoing connections.
int free_alertmanager_port() {
  SystemRandom random;
  for (int attempt = 0; attempt < 100; ++attempt) {
    const int port = 12000 + int(random.below(8000));
    if (listen_on("127.0.0.1:" + std::to_string(port), false).ok()) return port;
  }
  check_failed(__FILE__, __LINE__, "a free port");
}

}  // namespace

AlertmanagerSite::~AlertmanagerSite() {
  if (!process_) return;
  process_->signal(SIGTERM);
  (void)process_->wait(kStartPatience);
}

std::string AlertmanagerSite::start(int door_port, const std::string& token) {
  auto config = read_file(kShippedAlertmanager, kConfigBytesMax);
  if (!config.ok()) return config.error().message;
  exchange(*config, "127.0.0.1:9114", "127.0.0.1:" + std::to_string(door_port));
  exchange(*config, "credentials_file: /etc/jieban/alertmanager.token",
           "credentials_file: " + path("alertmanager.token"));
  exchange(*config, "group_wait: 10s", "group_wait: 200ms");
  exchange(*config, "group_interval: 1m", "group_interval: 500ms");
  CHECK(write_file(path("alertmanager.token"), token + "\n").ok());
  CHECK(write_file(path("alertmanager.yml"), *config).ok());
  port_ = free_alertmanager_port();
  auto child = ChildProcess::start(
      {kProgram, "--config.file=" + path("alertmanager.yml"),
       "--storage.path=" + path("alertmanager"),
       "--web.listen-address=127.0.0.1:" + std::to_string(port_), "--cluster.listen-address="},
      path("alertmanager.log"));
  if (!child.ok()) return child.error().message;
  process_ = std::make_unique<ChildProcess>(std::move(*child));
  const auto is_ready = [&] {
    auto reply = http_call({.url = address() + "/-/ready"});
    return reply.ok() && reply->status == 200;
  };
  return wait_until(is_ready, kStartPatience) ? "" : "Alertmanager does not start\n" + logs();
}

std::string AlertmanagerSite::raise(const std::string& labels, const std::string& more) {
  HttpCall call;
  call.method = "POST";
  call.url = address() + "/api/v2/alerts";
  call.headers = {{"Content-Type", "application/json"}};
  call.body =
      R"([{"labels":{)" + labels + R"(},"annotations":{"summary":"router 无法访问"})" + more + "}]";
  auto reply = http_call(call);
  if (!reply.ok()) return reply.error().message;
  return reply->status == 200 ? "" : "Alertmanager said " + reply->body;
}

std::string AlertmanagerSite::resolve(const std::string& labels) {
  return raise(labels, kEndedAlert);
}

std::string AlertmanagerSite::logs() const {
  auto text = read_file(path("alertmanager.log"), 1 << 20);
  return text.ok() ? *text : text.error().message;
}

}  // namespace jieban
