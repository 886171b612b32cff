#include "tests/integration/kannel/kannel_site.h"

#include <signal.h>

#include <sstream>

#include "common/base/check.h"
#include "common/base/file.h"
#include "common/http/address.h"
#include "common/http/client.h"
#include "daemons/notifier/channels/kannel_callbacks.h"
#include "daemons/notifier/channels/tcp_stream.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

constexpr char kPhone[] = "/usr/lib/kannel/test/fakesmsc";
constexpr Duration kPatience = std::chrono::seconds(20);
constexpr size_t kLogMax = size_t{16} << 20U;

std::vector<int> free_ports(size_t count) {
  std::vector<FileDescriptor> held;
  std::vector<int> ports;
  for (size_t i = 0; i < count; ++i) {
    held.push_back(*listen_on("127.0.0.1:0", false));
    ports.push_back(port_of(held.back()));
  }
  return ports;
}

bool listens(int port) {
  return TcpStream::connect("127.0.0.1:" + std::to_string(port),
                            monotonic_now() + std::chrono::seconds(1))
      .ok();
}

// A smsbox listens before it has read its users, and a request that comes too early ends it. It
// connects to its bearerbox when all of it runs, so that one is asked.
bool smsbox_is_up(int admin_port) {
  HttpCall call;
  call.url = "http://127.0.0.1:" + std::to_string(admin_port) + "/status.txt?password=test";
  auto answer = http_call(call);
  return answer.ok() && answer->body.find("smsbox:") != std::string::npos;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      out += char(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

}  // namespace

KannelSite::KannelSite() : server_({}) {
  std::vector<int> ports = free_ports(4);
  ports_ = {ports[0], ports[1], ports[2], ports[3]};
  server_.route(
      "GET", "/receipt",
      [this](const HttpRequest& request) {
        if (refusals_-- > 0) return HttpResponse::text(503, "");
        auto receipt = kannel_receipt(request.query);
        std::lock_guard<std::mutex> guard(mutex_);
        if (receipt.ok()) receipts_.push_back(*receipt);
        if (!receipt.ok()) refused_.push_back(receipt.error().message);
        return HttpResponse::text(receipt.ok() ? 200 : 400, "");
      },
      Access::open);
  server_.route(
      "GET", "/reply",
      [this](const HttpRequest& request) {
        auto reply = kannel_reply(request.query);
        std::lock_guard<std::mutex> guard(mutex_);
        if (reply.ok()) replies_.push_back(*reply);
        if (!reply.ok()) refused_.push_back(reply.error().message);
        return HttpResponse::text(reply.ok() ? 200 : 400, "");
      },
      Access::open);
  CHECK(server_.start().ok());
}

KannelSite::~KannelSite() {
  for (auto* process : {&phone_, &smsbox_, &bearerbox_}) {
    if (!*process) continue;
    (*process)->signal(SIGTERM);
    (void)(*process)->wait(std::chrono::seconds(3));
    process->reset();
  }
  server_.stop();
}

// The sms-service is what config/README.md tells administrators to write.
std::string KannelSite::configuration() const {
  const std::string own = "http://127.0.0.1:" + std::to_string(server_.port()) + "/reply";
  const std::string target = replies_to_.empty() ? own : replies_to_;
  const char joint = target.find('?') == std::string::npos ? '?' : '&';
  std::ostringstream text;
  text << "group = core\nadmin-port = " << ports_.admin << "\nadmin-interface = 127.0.0.1\n"
       << "admin-password = test\nsmsbox-port = " << ports_.smsbox
       << "\nsmsbox-interface = 127.0.0.1\nbox-allow-ip = 127.0.0.1\nbox-deny-ip = *.*.*.*\n\n"
       << "group = smsc\nsmsc = fake\nsmsc-id = FAKE\nport = " << ports_.centre
       << "\nconnect-allow-ip = 127.0.0.1\n\n"
       << "group = smsbox\nbearerbox-host = 127.0.0.1\nsendsms-port = " << ports_.sendsms
       << "\nsendsms-interface = 127.0.0.1\nhttp-request-retry = 5\nhttp-queue-delay = "
          "1\nmo-recode = true\n\n"
       << "group = sendsms-user\nusername = demo\npassword = pass\nconcatenation = true\n"
       << "max-messages = 8\n\n"
       << "group = sms-service\nkeyword = default\nmax-messages = 0\ncatch-all = true\n"
       << "get-url = \"" << target << joint << "from=%p&text=%b&charset=%C&at=%T&id=%I\"\n";
  return text.str();
}

std::optional<ChildProcess> KannelSite::run(const std::vector<std::string>& command,
                                            const std::string& name) {
  auto process = ChildProcess::start(command, dir_.path(name + ".log"));
  if (!process.ok()) return std::nullopt;
  return std::move(*process);
}

std::string KannelSite::start() {
  CHECK(write_file(dir_.path("kannel.conf"), configuration()).ok());
  bearerbox_.emplace(*run({"/usr/sbin/bearerbox", dir_.path("kannel.conf")}, "bearerbox"));
  if (!wait_until([&] { return listens(ports_.smsbox) && listens(ports_.centre); }, kPatience)) {
    return "bearerbox does not listen";
  }
  smsbox_.emplace(*run({"/usr/sbin/smsbox", dir_.path("kannel.conf")}, "smsbox"));
  if (!wait_until([&] { return smsbox_is_up(ports_.admin); }, kPatience)) {
    return "smsbox is not connected";
  }
  return "";
}

void KannelSite::switch_on(const std::string& message) {
  phone_.reset();
  phone_.emplace(*run({kPhone, "-H", "127.0.0.1", "-r", std::to_string(ports_.centre), "-i", "0.1",
                       "-m", "1", message},
                      "phone"));
}

void KannelSite::stop_bearerbox() {
  bearerbox_->signal(SIGKILL);
  (void)bearerbox_->wait(kPatience);
}

std::string KannelSite::sendsms() const {
  return "http://127.0.0.1:" + std::to_string(ports_.sendsms) + "/cgi-bin/sendsms";
}

std::string KannelSite::callback() const {
  return "http://127.0.0.1:" + std::to_string(server_.port()) + "/receipt";
}

// "... INFO: Got message 1: <FROM TO KIND CONTENT>"; a part is "udh HEADER data CONTENT".
std::vector<PhoneMessage> KannelSite::on_phone() const {
  std::vector<PhoneMessage> messages;
  auto log = read_file(dir_.path("phone.log"), kLogMax);
  std::istringstream lines(log.ok() ? *log : std::string());
  for (std::string line; std::getline(lines, line);) {
    size_t at = line.find(": <");
    if (line.find("Got message") == std::string::npos || at == std::string::npos) continue;
    std::istringstream words(line.substr(at + 3, line.rfind('>') - at - 3));
    PhoneMessage message;
    words >> message.from >> message.to >> message.kind;
    if (message.kind == "udh") {
      std::string data;
      words >> message.header >> data;
      message.header = percent_decoded(message.header);
    }
    words >> message.content;
    message.content = percent_decoded(message.content);
    messages.push_back(std::move(message));
  }
  return messages;
}

std::vector<SmsReceipt> KannelSite::receipts() const {
  std::lock_guard<std::mutex> guard(mutex_);
  return receipts_;
}

std::vector<SmsReply> KannelSite::replies() const {
  std::lock_guard<std::mutex> guard(mutex_);
  return replies_;
}

std::vector<std::string> KannelSite::refused() const {
  std::lock_guard<std::mutex> guard(mutex_);
  return refused_;
}

std::string KannelSite::logs() const {
  std::string all;
  for (const std::string& why : refused()) all += "refused: " + why + "\n";
  for (const char* name : {"bearerbox", "smsbox", "phone"}) {
    auto log = read_file(dir_.path(std::string(name) + ".log"), kLogMax);
    constexpr size_t kTail = 4000;
    if (!log.ok()) continue;
    all += "---- " + std::string(name) + "\n";
    all += log->substr(log->size() > kTail ? log->size() - kTail : 0);
  }
  return all;
}

}  // namespace jieban
