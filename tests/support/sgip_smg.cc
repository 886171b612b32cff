#include "tests/support/sgip_smg.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "common/base/bytes.h"
#include "common/base/check.h"
#include "common/http/address.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

constexpr uint32_t kBind = 1;
constexpr uint32_t kUnbind = 2;
constexpr uint32_t kSubmit = 3;
constexpr uint32_t kDeliver = 4;
constexpr uint32_t kReport = 5;
constexpr uint32_t kResponse = 0x80000000;
constexpr size_t kHeader = 20;
constexpr Duration kPatience = std::chrono::seconds(5);

std::string field(const std::string& packet, size_t at, size_t size) {
  std::string text = packet.substr(at, size);
  return text.substr(0, text.find('\0'));
}

// After the first zero there are only zeros.
bool is_filled(const std::string& packet, size_t at, size_t size) {
  std::string text = packet.substr(at, size);
  size_t end = text.find('\0');
  return end == std::string::npos || text.find_first_not_of('\0', end) == std::string::npos;
}

std::string padded(const std::string& text, size_t size) {
  return text + std::string(size - text.size(), '\0');
}

std::string packet_of(uint32_t command, const std::string& sequence, const std::string& body) {
  std::string packet;
  append_u32(packet, uint32_t(kHeader + body.size()));
  append_u32(packet, command);
  return packet + sequence + body;
}

bool is_mobile(const std::string& user) {
  return user.size() == 13 && user.starts_with("861") &&
         user.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

SgipSmg::SgipSmg(SmgPlan plan, SmgLogin login)
    : plan_(std::move(plan)),
      login_(std::move(login)),
      listener_(*listen_on("127.0.0.1:0", false)),
      wake_(::eventfd(0, EFD_CLOEXEC)) {
  thread_ = std::thread([this] { serve(); });
}

SgipSmg::~SgipSmg() {
  stopping_ = true;
  uint64_t one = 1;
  CHECK(::write(wake_.get(), &one, sizeof one) == sizeof one);
  thread_.join();
}

std::string SgipSmg::address() const { return "127.0.0.1:" + std::to_string(port_of(listener_)); }

std::vector<SmgSubmit> SgipSmg::submits() const {
  std::lock_guard<std::mutex> guard(mutex_);
  return submits_;
}

std::vector<std::string> SgipSmg::faults() const {
  std::lock_guard<std::mutex> guard(mutex_);
  return faults_;
}

void SgipSmg::fault(const std::string& what) {
  std::lock_guard<std::mutex> guard(mutex_);
  faults_.push_back(what);
}

void SgipSmg::serve() {
  while (!stopping_) {
    pollfd watched[2] = {{listener_.get(), POLLIN, 0}, {wake_.get(), POLLIN, 0}};
    ::poll(watched, 2, -1);
    if (watched[0].revents == 0) continue;
    TcpStream stream(FileDescriptor(::accept(listener_.get(), nullptr, nullptr)));
    converse(stream);
  }
}

// Empty when the other side has gone, or has to be sent away.
std::optional<std::string> SgipSmg::receive(TcpStream& stream) {
  const Duration end = monotonic_now() + kPatience;
  while (!stopping_ && monotonic_now() < end) {
    auto head = stream.read_exactly(4, monotonic_now() + std::chrono::milliseconds(50));
    if (!head.ok() && head.error().message == "no answer in time") continue;
    if (!head.ok()) return std::nullopt;
    uint32_t size = read_u32(*head);
    expect(size >= kHeader && size <= 2048, "a packet of " + std::to_string(size) + " bytes");
    if (size < kHeader || size > 2048) return std::nullopt;
    auto rest = stream.read_exactly(size - 4, end);
    expect(rest.ok(), "half a packet");
    if (!rest.ok()) return std::nullopt;
    return *head + *rest;
  }
  return std::nullopt;
}

void SgipSmg::converse(TcpStream& stream) {
  bool bound = false;
  while (auto packet = receive(stream)) {
    uint32_t command = read_u32(packet->substr(4));
    {
      std::lock_guard<std::mutex> guard(mutex_);
      bool fresh = sequences_.insert(packet->substr(8, 12)).second;
      if (!fresh) faults_.emplace_back("a sequence number twice");
    }
    expect(read_u32(packet->substr(8)) == login_.node, "the node is not that of the SP");
    uint32_t time = read_u32(packet->substr(12));
    expect(time >= 101000000 && time <= 1231235959, "the time is no MMDDHHMMSS");
    expect(bound || command == kBind, "something before BIND");
    if (command == kBind) {
      uint8_t result = check_bind(*packet);
      bound = result == 0;
      ++binds_;
      if (!answer(stream, *packet, result, plan_.on_bind) || !bound) return;
    } else if (command == kSubmit) {
      if (!take_submit(stream, *packet)) return;
    } else {
      expect(command == kUnbind && packet->size() == kHeader, "no command of an SP");
      ++unbinds_;
      (void)answer(stream, *packet, 0, SmgManner::proper);
      return;
    }
  }
}

void SgipSmg::answer_next(const std::vector<SmgManner>& manners) {
  std::lock_guard<std::mutex> guard(mutex_);
  next_manners_.assign(manners.begin(), manners.end());
}

SmgManner SgipSmg::next_manner(size_t submits_before) {
  std::lock_guard<std::mutex> guard(mutex_);
  if (next_manners_.empty()) {
    return submits_before < plan_.proper_submits ? SmgManner::proper : plan_.on_submit;
  }
  const SmgManner manner = next_manners_.front();
  next_manners_.pop_front();
  return manner;
}

// Both: false when the conversation is over.
bool SgipSmg::take_submit(TcpStream& stream, const std::string& packet) {
  size_t before = submits().size();
  uint8_t result = check_submit(packet);
  if (result == 0 && before < plan_.submit_results.size()) result = plan_.submit_results[before];
  if (plan_.submit_read) plan_.submit_read();
  const bool goes_on = answer(stream, packet, result, next_manner(before));
  if (plan_.submit_answered) plan_.submit_answered();
  return goes_on;
}

bool SgipSmg::answer(TcpStream& stream, const std::string& request, uint8_t result,
                     SmgManner manner) {
  uint32_t command = read_u32(request.substr(4)) | kResponse;
  std::string sequence = request.substr(8, 12);
  if (manner == SmgManner::wrong_sequence) sequence.back() = char(sequence.back() ^ 0x40);
  if (manner == SmgManner::wrong_command) command = kReport | kResponse;
  std::string body(1, char(result));
  std::string packet = packet_of(command, sequence, body + std::string(8, '\0'));
  if (manner == SmgManner::garbage) packet = "HTTP/1.1 400 Bad Request\r\n\r\n";
  if (manner == SmgManner::oversize) packet.replace(0, 4, std::string("\0\0\x08\x01", 4));
  if (manner == SmgManner::chatter) {
    packet[packet.size() - 10] = char(packet[packet.size() - 10] ^ 0x40);
    std::string one = packet;
    for (int i = 0; i < 99; ++i) packet += one;
  }
  const Duration deadline = monotonic_now() + kPatience;
  switch (manner) {
    case SmgManner::silent:
      return true;
    case SmgManner::reset: {
      linger abort{1, 0};
      (void)::setsockopt(stream.descriptor(), SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
      return false;
    }
    case SmgManner::hang_up:
      return false;
    case SmgManner::half:
      (void)stream.write(packet.substr(0, packet.size() / 2), deadline);
      return false;
    case SmgManner::late:
      let_pass(plan_.lateness);
      break;
    case SmgManner::twice:
      packet += packet;
      break;
    case SmgManner::dribble:
      for (char byte : packet) {
        let_pass(std::chrono::milliseconds(30));
        if (!stream.write({&byte, 1}, deadline).ok()) return false;
      }
      return true;
    default:
      break;
  }
  return stream.write(packet, deadline).ok();
}

uint8_t SgipSmg::check_bind(const std::string& packet) {
  expect(packet.size() == 61, "a BIND of " + std::to_string(packet.size()) + " bytes");
  if (packet.size() != 61) return 8;
  if (packet[20] != 1) return 4;
  expect(is_filled(packet, 21, 16) && is_filled(packet, 37, 16), "a login that is not filled up");
  expect(packet.substr(53) == std::string(8, '\0'), "a reserve that is not empty");
  bool known = field(packet, 21, 16) == login_.name && field(packet, 37, 16) == login_.password;
  return known ? plan_.bind_result : 1;
}

uint8_t SgipSmg::check_submit(const std::string& packet) {
  if (packet.size() < 164) {
    fault("a SUBMIT of " + std::to_string(packet.size()) + " bytes");
    return 8;
  }
  expect(packet[62] == 1, "not one user");
  SmgSubmit submit;
  submit.bytes = packet;
  submit.counter = read_u32(packet.substr(16));
  submit.sequence = packet.substr(8, 12);
  submit.user = field(packet, 63, 21);
  submit.report_flag = uint8_t(packet[147]);
  submit.udhi = uint8_t(packet[149]);
  submit.coding = uint8_t(packet[150]);
  size_t size = read_u32(packet.substr(152));
  submit.content = packet.substr(156, size);
  expect(packet.size() == 20 + 123 + 21 + size, "a length that is not that of its fields");
  expect(size <= 140, "a message of " + std::to_string(size) + " bytes");
  expect(field(packet, 20, 21) == login_.sp_number, "not the SP's number");
  expect(field(packet, 41, 21) == std::string(21, '0'), "somebody else pays");
  expect(field(packet, 84, 5) == login_.corp_id, "not the SP's enterprise code");
  expect(submit.coding == 8 && packet[148] == 0 && packet[151] == 0, "not a text in UCS-2");
  expect(submit.report_flag == 1, "a part without a receipt");
  expect(submit.udhi <= 1, "a flag that is none");
  for (auto [at, width] : {std::pair<size_t, size_t>{20, 21},
                           {63, 21},
                           {84, 5},
                           {89, 10},
                           {100, 6},
                           {106, 6},
                           {115, 16},
                           {131, 16}}) {
    expect(is_filled(packet, at, width), "a field that is not filled up");
  }
  expect(packet.substr(packet.size() - 8) == std::string(8, '\0'), "a reserve that is not empty");
  std::lock_guard<std::mutex> guard(mutex_);
  submits_.push_back(submit);
  return is_mobile(submit.user) ? 0 : 6;
}

SmgCaller::SmgCaller(uint16_t port) {
  auto stream =
      TcpStream::connect("127.0.0.1:" + std::to_string(port), monotonic_now() + kPatience);
  if (stream.ok()) stream_ = std::move(*stream);
}

std::optional<uint8_t> SmgCaller::ask(uint32_t command, const std::string& body) {
  std::string sequence;
  append_u32(sequence, 4000000001);
  append_u32(sequence, 203040506);
  append_u32(sequence, ++counter_);
  if (!send(packet_of(command, sequence, body))) return std::nullopt;
  bool bare = command == kUnbind;
  auto answer = stream_->read_exactly(bare ? kHeader : 29, monotonic_now() + kPatience);
  if (!answer.ok() || read_u32(*answer) != answer->size()) return std::nullopt;
  if (read_u32(answer->substr(4)) != (command | kResponse)) return std::nullopt;
  if (answer->substr(8, 12) != sequence) return std::nullopt;
  return bare ? uint8_t(0) : uint8_t((*answer)[kHeader]);
}

bool SmgCaller::send(const std::string& bytes) {
  return stream_ && stream_->write(bytes, monotonic_now() + kPatience).ok();
}

bool SmgCaller::closed() {
  if (!stream_) return true;
  auto read = stream_->read_some(1, monotonic_now() + kPatience);
  return read.ok() ? read->empty() : read.error().message != "no answer in time";
}

std::optional<uint8_t> SmgCaller::bind(const std::string& name, const std::string& password,
                                       uint8_t login_type) {
  return ask(kBind,
             char(login_type) + padded(name, 16) + padded(password, 16) + std::string(8, '\0'));
}

std::optional<uint8_t> SmgCaller::deliver(const std::string& user, const std::string& content,
                                          uint8_t coding, uint8_t udhi) {
  std::string body = padded(user, 21) + padded("10655000", 21);
  body += '\0';
  body += char(udhi);
  body += char(coding);
  append_u32(body, uint32_t(content.size()));
  return ask(kDeliver, body + content + std::string(8, '\0'));
}

std::optional<uint8_t> SmgCaller::report(const std::string& submitted, uint8_t state,
                                         uint8_t error_code) {
  std::string body = submitted + '\0' + padded("8613800138000", 21);
  body += char(state);
  body += char(error_code);
  return ask(kReport, body + std::string(8, '\0'));
}

bool SmgCaller::unbind() { return ask(kUnbind, "").has_value(); }

}  // namespace jieban
