#include "tests/support/test_site.h"

#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "common/base/file.h"
#include "common/base/log.h"
#include "common/base/random.h"
#include "common/crypto/random.h"
#include "common/domain/topology.h"
#include "common/http/address.h"
#include "tests/support/wait_until.h"
#include "tools/site/setup.h"

namespace jieban {
namespace {

// Below the ports that the kernel gives to outgoing connections: a daemon that is killed finds its
// own free again.
constexpr uint64_t kPortFirst = 20'000;
constexpr uint64_t kPortGroups = 600;
constexpr uint64_t kPortsOfGroup = 16;

// A daemon tells its status about once a second, and a notice that failed is tried again after
// half a second: what has not moved for so long will not move.
constexpr std::chrono::milliseconds kQuiet{2500};

bool port_free(int port) { return listen_on(local_address(port), false).ok(); }

int free_port_base() {
  SystemRandom random;
  for (int attempt = 0; attempt < 1000; ++attempt) {
    auto base = int(kPortFirst + kPortsOfGroup * random.below(kPortGroups));
    bool all_free = true;
    for (const DaemonSeat& seat : kSeats) {
      all_free = all_free && port_free(base + seat.ops_offset);
      if (seat.api_offset != 0) all_free = all_free && port_free(base + seat.api_offset);
    }
    if (all_free) return base;
  }
  check_failed(__FILE__, __LINE__, "a free group of ports");
}

// A notice that a crash interrupted is tried again soon: nobody waits half a minute in a test.
void hurry_notices(const std::string& path) {
  auto text = read_file(path, 1 << 20);
  CHECK(text.ok());
  for (auto [from, to] : {std::pair("retry_first: 30s", "retry_first: 200ms"),
                          std::pair("retry_max: 15m", "retry_max: 1s")}) {
    size_t at = text->find(from);
    CHECK(at != std::string::npos);
    text->replace(at, std::string_view(from).size(), to);
  }
  CHECK(write_file(path, *text).ok());
}

void write_site(const TestSiteOptions& options, const std::string& root) {
  CHECK(initialise_crypto().ok());
  SitePlan plan;
  plan.root = root;
  plan.port_base = free_port_base();
  plan.sign_automatically = options.sign_automatically;
  plan.import_interval = "100ms";
  for (const std::string& folder : site_folders(plan)) CHECK(make_directories(folder).ok());
  CHECK(make_directories(root + "/log").ok());
  CHECK(write_keys(root + "/keys").ok());
  auto written = write_configuration(plan, JIEBAN_SOURCE_DIR "/config");
  if (!written.ok()) log(LogLevel::error, "test_site", {{"why", written.error().message}});
  CHECK(written.ok());
  hurry_notices(root + "/etc/notices.yaml");
  for (const auto& [daemon, text] : options.more) {
    std::ofstream(root + "/etc/" + daemon + ".yaml", std::ios::app) << text;
  }
}

std::string tail_of(const std::string& path, size_t lines) {
  auto text = read_file(path, 64 << 20);
  if (!text.ok()) return "";
  size_t at = text->size();
  for (size_t seen = 0; at > 0; --at) {
    if ((*text)[at - 1] == '\n' && ++seen > lines) break;
  }
  return text->substr(at);
}

// 0 when it has none.
pid_t child_of(pid_t pid) {
  const std::string id = std::to_string(pid);
  std::ifstream children("/proc/" + id + "/task/" + id + "/children");
  pid_t child = 0;
  children >> child;
  return child;
}

// Where each thread waits: for one that does not end.
std::string threads_of(pid_t pid) {
  std::string out;
  std::error_code gone;
  const std::string tasks = "/proc/" + std::to_string(pid) + "/task";
  for (const auto& task : std::filesystem::directory_iterator(tasks, gone)) {
    for (const char* file : {"comm", "wchan", "syscall", "stack"}) {
      std::ifstream in(task.path() / file);
      out += std::string(file) + ": ";
      out += std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
      out += "\n";
    }
  }
  return out;
}

}  // namespace

std::vector<std::string> all_daemons() {
  std::vector<std::string> names;
  for (const DaemonPlace& place : topology::kDaemons) names.emplace_back(place.name);
  return names;
}

TestSite::TestSite(const TestSiteOptions& options) : dir_(options.parent) {
  write_site(options, dir_.root());
  auto site = Site::load(dir_.root(), dir_.root() + "/etc");
  if (!site.ok()) log(LogLevel::error, "test_site", {{"why", site.error().message}});
  CHECK(site.ok());
  site_ = std::move(*site);
}

TestSite::~TestSite() {
  for (auto& [name, process] : processes_) process.signal(SIGKILL);
  processes_.clear();
}

std::string TestSite::configuration(const std::string& daemon) const {
  return dir_.root() + "/etc/" + daemon + ".yaml";
}

std::string TestSite::log_path(const std::string& daemon, size_t start) const {
  return dir_.path("log/" + daemon + "." + std::to_string(start));
}

// setpriv: should this test be killed itself, its daemons go with it.
void TestSite::start(const std::string& daemon, const std::vector<std::string>& wrapper) {
  CHECK(!processes_.contains(daemon));
  std::vector<std::string> command = {"/usr/bin/setpriv", "--pdeathsig", "KILL", "--"};
  const std::vector<std::string> bound = command;
  if (!wrapper.empty()) {
    command.insert(command.end(), wrapper.begin(), wrapper.end());
    command.insert(command.end(), bound.begin(), bound.end());
    wrapped_.insert(daemon);
  } else {
    wrapped_.erase(daemon);
  }
  command.push_back(std::string(JIEBAN_BINARY_DIR) + "/jieban-" + daemon);
  command.push_back("--config");
  command.push_back(configuration(daemon));
  auto process = ChildProcess::start(command, log_path(daemon, ++starts_[daemon]));
  CHECK(process.ok());
  processes_.emplace(daemon, std::move(*process));
}

void TestSite::start_all() {
  for (const std::string& daemon : all_daemons()) {
    if (!running(daemon)) start(daemon);
  }
}

void TestSite::kill(const std::string& daemon) {
  auto process = processes_.find(daemon);
  CHECK(process != processes_.end());
  process->second.signal(SIGKILL);
  process->second.wait(std::chrono::seconds(10));
  processes_.erase(process);
}

std::optional<int> TestSite::stop(const std::string& daemon) {
  signal(daemon, SIGTERM);
  auto process = processes_.find(daemon);
  auto code = process->second.wait(std::chrono::seconds(20));
  if (!code) {
    std::ofstream(log_path(daemon, starts(daemon)), std::ios::app)
        << "does not end; its threads:\n"
        << threads_of(process->second.pid());
  }
  processes_.erase(process);
  return code;
}

std::optional<int> TestSite::ended(const std::string& daemon) {
  auto process = processes_.find(daemon);
  if (process == processes_.end()) return std::nullopt;
  auto code = process->second.ended();
  if (code) processes_.erase(process);
  return code;
}

std::optional<int> TestSite::wait_ended(const std::string& daemon, Duration at_most) {
  auto process = processes_.find(daemon);
  CHECK(process != processes_.end());
  auto code = process->second.wait(at_most);
  processes_.erase(process);
  return code;
}

void TestSite::signal(const std::string& daemon, int number) {
  auto process = processes_.find(daemon);
  CHECK(process != processes_.end());
  if (wrapped_.contains(daemon)) {
    // The words before the program stand for its parent, which ends as it does.
    pid_t child = child_of(process->second.pid());
    if (child != 0) ::kill(child, number);
    return;
  }
  process->second.signal(number);
}

DaemonClient TestSite::ops(const std::string& daemon) const {
  auto client = DaemonClient::ops(*site_, daemon);
  CHECK(client.ok());
  return std::move(*client);
}

DaemonClient TestSite::api(const std::string& daemon, const std::string& app_id) const {
  auto client = DaemonClient::api(*site_, daemon, app_id);
  CHECK(client.ok());
  return std::move(*client);
}

std::optional<Value> TestSite::status(const std::string& daemon) const {
  auto value = ops(daemon).get_value("/admin/status");
  if (!value.ok()) return std::nullopt;
  return std::move(*value);
}

bool TestSite::wait_ready(Duration at_most, const std::vector<std::string>& daemons) {
  const std::vector<std::string> wanted = daemons.empty() ? all_daemons() : daemons;
  return wait_until(
      [&] {
        for (const std::string& daemon : wanted) {
          auto answer = ops(daemon).get("/readyz");
          if (!answer.ok() || answer->status != 200) return false;
        }
        return true;
      },
      at_most);
}

bool TestSite::wait_drained(Duration at_most) {
  Duration quiet_since = monotonic_now();
  std::map<std::string, int64_t> before;
  return wait_until(
      [&] {
        std::map<std::string, int64_t> heads;
        bool drained = true;
        for (const std::string& daemon : all_daemons()) {
          auto value = status(daemon);
          if (!value) return false;
          heads[std::string(text_at(*value, "stream"))] = integer_at(*value, "head");
          for (const Value& upstream : array_at(*value, "upstreams")) {
            int64_t applied = integer_at(upstream, "applied");
            auto head = heads.find(text_at(upstream, "stream"));
            bool behind = head != heads.end() && applied < head->second;
            drained = drained && !behind && applied >= integer_at(upstream, "head");
          }
        }
        if (!drained || heads != before) quiet_since = monotonic_now();
        before = heads;
        return monotonic_now() - quiet_since >= kQuiet;
      },
      at_most);
}

size_t TestSite::resident(const std::string& daemon) const {
  auto process = processes_.find(daemon);
  if (process == processes_.end()) return 0;
  std::ifstream status("/proc/" + std::to_string(process->second.pid()) + "/status");
  std::string line;
  while (std::getline(status, line)) {
    if (line.starts_with("RssAnon:")) return std::strtoull(line.c_str() + 8, nullptr, 10) * 1024;
  }
  return 0;
}

std::string TestSite::logs(size_t lines) const {
  std::string out;
  for (const auto& [daemon, count] : starts_) {
    for (size_t start = count > 1 ? count - 1 : 1; start <= count; ++start) {
      out += "--- " + daemon + " process " + std::to_string(start) + "\n" +
             tail_of(log_path(daemon, start), lines);
    }
  }
  return out;
}

std::string TestSite::last_log(const std::string& daemon) const {
  return tail_of(log_path(daemon, starts(daemon)), 1'000'000);
}

size_t TestSite::starts(const std::string& daemon) const {
  auto found = starts_.find(daemon);
  return found == starts_.end() ? 0 : found->second;
}

}  // namespace jieban
