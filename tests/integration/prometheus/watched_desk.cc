#include "tests/integration/prometheus/watched_desk.h"

#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>

#include "common/base/check.h"
#include "common/base/file.h"
#include "common/base/limits.h"
#include "common/base/random.h"
#include "common/base/text.h"
#include "common/crypto/random.h"
#include "common/crypto/secret_key.h"
#include "common/json/json.h"
#include "tests/support/exchange.h"
#include "tests/support/wait_until.h"
#include "tools/site/client.h"
#include "tools/site/setup.h"
#include "tools/site/site.h"

namespace jieban {
namespace {

constexpr char kPrometheus[] = "/usr/bin/prometheus";
constexpr char kShipped[] = JIEBAN_SOURCE_DIR "/config/prometheus/";
constexpr int kPrometheusOffset = 16;
constexpr int kAlertmanagerOffset = 17;  // nobody listens there
constexpr std::chrono::seconds kPatience{60};
constexpr size_t kLogTail = 2000;

bool is_free(int port) {
  FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(uint16_t(port));
  return ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

// A base with all ports free that a site and its Prometheus take.
int free_port_base() {
  SystemRandom random;
  for (int attempt = 0; attempt < 100; ++attempt) {
    int base = 11000 + int(random.below(1000)) * 20;
    bool all = is_free(base + kPrometheusOffset);
    for (const DaemonSeat& seat : kSeats) {
      all = all && is_free(base + seat.ops_offset) && is_free(base + seat.api_offset);
    }
    if (all) return base;
  }
  check_failed(__FILE__, __LINE__, "twenty free ports");
}

std::string tail(const std::string& path) {
  auto text = read_file(path, 16 * limits::kRulesBytesMax);
  if (!text.ok()) return text.error().message + "\n";
  return text->substr(text->size() - std::min(text->size(), kLogTail));
}

}  // namespace

std::string WatchedDesk::log_path(std::string_view process) const {
  return root_.path(std::string(process) + ".log");
}

Result<void> WatchedDesk::start() {
  plan_.root = root_.root();
  plan_.port_base = free_port_base();
  plan_.sign_automatically = true;
  prometheus_port_ = plan_.port_base + kPrometheusOffset;
  RETURN_IF_ERROR(initialise_crypto());
  RETURN_IF_ERROR(write_keys(plan_.root + "/keys"));
  RETURN_IF_ERROR(write_configuration(plan_, JIEBAN_SOURCE_DIR "/config"));
  RETURN_IF_ERROR(add_modem());
  RETURN_IF_ERROR(start_daemons());
  return start_prometheus();
}

// A channel over which something comes back has figures of its own.
Result<void> WatchedDesk::add_modem() const {
  for (const char* folder : {"sent", "failed", "report", "incoming"}) {
    RETURN_IF_ERROR(make_directories(plan_.root + "/modem/" + folder));
  }
  const std::string path = plan_.etc_directory() + "/notices.yaml";
  auto rules = read_file(path, limits::kRulesBytesMax);
  if (!rules.ok()) return rules.error();
  const std::string before = "\nchannels:\n";
  replace_all(*rules, before,
              before + "  - {name: modem, kind: smstools_sms, method: modem, target: " +
                  plan_.root + "/modem}\n");
  return write_file(path, *rules);
}

Result<void> WatchedDesk::start_daemons() {
  for (const DaemonSeat& seat : kSeats) {
    std::string name(seat.name);
    auto child = ChildProcess::start({JIEBAN_BINARY_DIR "/jieban-" + name, "--config",
                                      plan_.etc_directory() + "/" + name + ".yaml"},
                                     log_path(name));
    if (!child.ok()) return child.error();
    processes_.emplace_back(name, std::make_unique<ChildProcess>(std::move(*child)));
  }
  for (const DaemonSeat& seat : kSeats) {
    if (!wait_until([&] { return daemon_ready(seat); }, kPatience)) {
      return Error{ErrorCode::unavailable, std::string(seat.name) + " does not become ready"};
    }
  }
  return {};
}

bool WatchedDesk::daemon_ready(const DaemonSeat& seat) const {
  auto reply =
      http_call({.url = "http://" + local_address(plan_.port_base + seat.ops_offset) + "/readyz"});
  return reply.ok() && reply->status == 200;
}

Result<void> WatchedDesk::start_prometheus() {
  auto config = read_file(std::string(kShipped) + "prometheus.yml", limits::kConfigBytesMax);
  if (!config.ok()) return config.error();
  for (const DaemonSeat& seat : kSeats) {
    exchange(*config, local_address(kPortBaseDefault + seat.ops_offset),
             local_address(plan_.port_base + seat.ops_offset));
  }
  exchange(*config, "127.0.0.1:9093", local_address(plan_.port_base + kAlertmanagerOffset));
  exchange(*config, "scrape_interval: 5s", "scrape_interval: 1s");
  exchange(*config, "scrape_timeout: 4s", "scrape_timeout: 1s");
  exchange(*config, "evaluation_interval: 5s", "evaluation_interval: 1s");
  exchange(*config, "rules/*.yml", std::string(kShipped) + "rules/*.yml");
  std::string path = root_.path("prometheus.yml");
  RETURN_IF_ERROR(write_file(path, *config));
  auto child = ChildProcess::start(
      {kPrometheus, "--config.file=" + path, "--storage.tsdb.path=" + root_.path("tsdb"),
       "--web.listen-address=" + local_address(prometheus_port_)},
      log_path("prometheus"));
  if (!child.ok()) return child.error();
  processes_.emplace_back("prometheus", std::make_unique<ChildProcess>(std::move(*child)));
  bool ready = wait_until(
      [&] {
        auto reply = http_call({.url = "http://" + local_address(prometheus_port_) + "/-/ready"});
        return reply.ok() && reply->status == 200;
      },
      kPatience);
  if (!ready) return Error{ErrorCode::unavailable, "Prometheus does not become ready"};
  return {};
}

Result<std::string> WatchedDesk::push_orders(int count) {
  Value orders{Value::Array{}};
  for (int i = 0; i < count; ++i) {
    Value order;
    order.set("order_no", "26031000" + std::to_string(1000 + i))
        .set("order_type", "诉求")
        .set("content", "楼道照明不亮。")
        .set("community", "月坛社区")
        .set("cat_path", "住房城乡建设>物业管理>楼道照明");
    orders.push(std::move(order));
  }
  Value batch;
  batch.set("batch_id", "watched-desk").set("source", "city").set("orders", std::move(orders));
  auto site = Site::load(plan_.root, "");
  if (!site.ok()) return site.error();
  auto receiver = DaemonClient::api(*site, "receiver", "city");
  if (!receiver.ok()) return receiver.error();
  auto answer = receiver->post("/api/v1/orders", to_json(batch));
  if (!answer.ok()) return answer.error();
  if (answer->status != 200) return Error{ErrorCode::refused, answer->text};
  return answer->text;
}

Result<Value> WatchedDesk::ask(const std::string& target) const {
  auto reply = http_call({.url = "http://" + local_address(prometheus_port_) + target});
  if (!reply.ok()) return reply.error();
  if (reply->status != 200) return Error{ErrorCode::invalid, reply->body};
  auto value = parse_json(reply->body);
  if (!value.ok()) return value.error();
  const Value* answer = value->find("data");
  if (answer == nullptr) return Error{ErrorCode::corrupt, reply->body};
  return *answer;
}

Result<Value::Array> WatchedDesk::query(const std::string& promql) const {
  auto answer = ask("/api/v1/query?query=" + percent_encoded(promql));
  if (!answer.ok()) return answer.error();
  const Value* rows = answer->find("result");
  if (rows == nullptr || rows->array() == nullptr) return Error{ErrorCode::corrupt, "no result"};
  return *rows->array();
}

void WatchedDesk::stop_daemon(std::string_view name) {
  for (auto& [process, child] : processes_) {
    if (process != name) continue;
    child->signal(SIGTERM);
    (void)child->wait(kPatience);
  }
}

std::string WatchedDesk::logs() const {
  std::string all;
  for (const auto& [process, child] : processes_) {
    all += "--- " + process + "\n" + tail(log_path(process));
  }
  return all;
}

}  // namespace jieban
