#include "tests/integration/delivery_kill/staged_gateway.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "common/base/bytes.h"
#include "common/base/check.h"
#include "common/base/value.h"
#include "common/http/address.h"
#include "common/json/json.h"

namespace jieban {
namespace {

// Less than half of any request.
constexpr size_t kFirstBytes = 64;
constexpr size_t kRequestMax = size_t{64} * 1024;

struct ManneredAnswer {
  Manner manner;
  std::string_view bytes;
};
// The proper one is Kannel's; to a webhook any 202 is.
constexpr ManneredAnswer kAnswers[] = {
    {Manner::proper,
     "HTTP/1.1 202 Accepted\r\nContent-Length: 24\r\nConnection: close\r\n\r\n"
     "0: Accepted for delivery"},
    {Manner::busy, "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbusy"},
    {Manner::garbage, "\x01\x02 this is no HTTP \xff\xfe"},
    {Manner::half, "HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\n\r\nhalf of it"},
};

// How long the whole request is, once its head is there.
std::optional<size_t> request_size(const std::string& text) {
  const size_t end = text.find("\r\n\r\n");
  if (end == std::string::npos) return std::nullopt;
  constexpr std::string_view kLength = "Content-Length: ";
  const size_t length = text.find(kLength);
  const bool named = length < end;
  return end + 4 + (named ? size_t(std::atoll(text.c_str() + length + kLength.size())) : 0);
}

std::string header_of(const std::string& request, const std::string& name) {
  const size_t at = request.find("\r\n" + name + ": ");
  if (at == std::string::npos) return "";
  const size_t begin = at + name.size() + 4;
  return request.substr(begin, request.find("\r\n", begin) - begin);
}

// Both: nothing when the request is no notice as it should be.
std::optional<GatewayMessage> webhook_message(const std::string& request) {
  GatewayMessage message{header_of(request, "Idempotency-Key")};
  auto body = parse_json(request.substr(request.find("\r\n\r\n") + 4));
  const Value* id = body.ok() ? body->find("id") : nullptr;
  const Value* told = body.ok() ? body->find("data") : nullptr;
  const Value* marked = told != nullptr ? told->find("possible_repeat") : nullptr;
  const bool sound = id != nullptr && id->string() != nullptr && *id->string() == message.id &&
                     !message.id.empty() && marked != nullptr && marked->boolean() != nullptr;
  if (!sound) return std::nullopt;
  message.marked = *marked->boolean();
  return message;
}

std::optional<GatewayMessage> kannel_message(const std::string& request) {
  constexpr std::string_view kName = "notice=";
  const std::string callback = header_of(request, "X-Kannel-DLR-Url");
  const size_t at = callback.find(kName);
  if (at == std::string::npos) return std::nullopt;
  const size_t begin = at + kName.size();
  auto id = from_hex(callback.substr(begin, callback.find('&', begin) - begin));
  const std::string text = request.substr(request.find("\r\n\r\n") + 4);
  if (!id || id->empty() || text.find("【提醒】") == std::string::npos) return std::nullopt;
  return GatewayMessage{*id, text.starts_with("（可能重复）")};
}

struct TongueRow {
  Tongue tongue;
  const char* path;
  std::optional<GatewayMessage> (*read)(const std::string& request);
};
constexpr TongueRow kTongues[] = {{Tongue::webhook, "/notices", &webhook_message},
                                  {Tongue::kannel, "/cgi-bin/sendsms", &kannel_message}};

const TongueRow& row_of_tongue(Tongue tongue) {
  for (const TongueRow& row : kTongues) {
    if (row.tongue == tongue) return row;
  }
  return kTongues[0];
}

// Closing then sends RST, not FIN.
void reset_on_close(int socket) {
  linger now{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

}  // namespace

StagedGateway::StagedGateway(Tongue tongue)
    : tongue_(tongue),
      listener_(*listen_on("127.0.0.1:0", false)),
      wake_(::eventfd(0, EFD_CLOEXEC)) {
  CHECK(wake_.valid());
  thread_ = std::thread([this] { serve(); });
}

StagedGateway::~StagedGateway() {
  gate_.end();
  const uint64_t one = 1;
  (void)!::write(wake_.get(), &one, sizeof one);
  thread_.join();
}

std::string StagedGateway::url() const {
  return "http://127.0.0.1:" + std::to_string(port_of(listener_)) + row_of_tongue(tongue_).path;
}

void StagedGateway::behave(const std::vector<Manner>& manners) {
  std::lock_guard<std::mutex> guard(mutex_);
  manners_.assign(manners.begin(), manners.end());
}

std::vector<GatewayMessage> StagedGateway::messages() const {
  std::lock_guard<std::mutex> guard(mutex_);
  return messages_;
}

std::vector<std::string> StagedGateway::faults() const {
  std::lock_guard<std::mutex> guard(mutex_);
  return faults_;
}

Manner StagedGateway::next_manner() {
  std::lock_guard<std::mutex> guard(mutex_);
  if (manners_.empty()) return Manner::proper;
  const Manner manner = manners_.front();
  manners_.pop_front();
  return manner;
}

// False when the test is over.
bool StagedGateway::readable(int socket) const {
  pollfd watched[] = {{socket, POLLIN, 0}, {wake_.get(), POLLIN, 0}};
  while (::poll(watched, 2, -1) < 0 && errno == EINTR) {
  }
  return watched[1].revents == 0;
}

void StagedGateway::serve() {
  while (readable(listener_.get())) {
    FileDescriptor peer(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!peer.valid()) continue;
    converse(peer.get());
    gate_.next();
  }
}

void StagedGateway::converse(int peer) {
  const Manner manner = next_manner();
  gate_.reach(Stage::connected);
  if (manner == Manner::reset_unread) return reset_on_close(peer);
  std::string request;
  if (!read_request(peer, request)) return;
  keep(request, manner);
  gate_.reach(Stage::read);
  answer(peer, manner);
  gate_.reach(Stage::answered);
}

// False when the other side went away before it was whole.
bool StagedGateway::read_request(int peer, std::string& request) {
  char bytes[8192];
  std::optional<size_t> wanted;
  while (!wanted || request.size() < *wanted) {
    if (request.size() > kRequestMax || !readable(peer)) return false;
    const size_t room = request.empty() ? kFirstBytes : sizeof bytes;
    const ssize_t count = ::recv(peer, bytes, room, 0);
    if (count <= 0) return false;
    const bool first = request.empty();
    request.append(bytes, size_t(count));
    if (first) gate_.reach(Stage::half_read);
    wanted = request_size(request);
  }
  return true;
}

void StagedGateway::answer(int peer, Manner manner) {
  if (manner == Manner::reset_read) return reset_on_close(peer);
  if (manner == Manner::hang) {
    char byte = 0;
    while (readable(peer) && ::recv(peer, &byte, 1, 0) > 0) {
    }
    return;
  }
  for (const ManneredAnswer& row : kAnswers) {
    if (row.manner != manner) continue;
    (void)!::send(peer, row.bytes.data(), row.bytes.size(), MSG_NOSIGNAL);
  }
}

void StagedGateway::keep(const std::string& request, Manner manner) {
  auto message = row_of_tongue(tongue_).read(request);
  std::lock_guard<std::mutex> guard(mutex_);
  if (!message) {
    faults_.push_back(request.substr(0, 200));
    return;
  }
  message->refused = manner == Manner::busy;
  messages_.push_back(*message);
}

}  // namespace jieban
