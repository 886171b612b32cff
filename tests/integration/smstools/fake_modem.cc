#include "tests/integration/smstools/fake_modem.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <map>

#include "common/base/bytes.h"
#include "common/http/address.h"
#include "daemons/notifier/channels/sms_text.h"

namespace jieban {
namespace {

constexpr char kOk[] = "\r\nOK\r\n";
constexpr char kEndOfPdu = '\x1a';
// 2026-11-22 19:20:23 +8:00, in swapped digits.
constexpr char kStamp[] = "62112291023223";

// "8613800138000" as in a PDU: pairs swapped, filled up with F.
std::string swapped(std::string digits) {
  if (digits.size() % 2 != 0) digits += 'F';
  for (size_t i = 0; i + 1 < digits.size(); i += 2) std::swap(digits[i], digits[i + 1]);
  return digits;
}

// smsd reads no lower-case digits.
std::string upper_hex(std::string_view bytes) {
  std::string hex = to_hex(bytes);
  std::transform(hex.begin(), hex.end(), hex.begin(), [](char c) { return char(::toupper(c)); });
  return hex;
}

std::string hex_byte(size_t value) { return upper_hex(std::string(1, char(value))); }

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return char(::tolower(c)); });
  return text;
}

size_t byte_at(const std::string& bytes, size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}

ModemMessage parse_submit(const std::string& pdu) {
  const std::string bytes = from_hex(lower(pdu)).value_or("");
  ModemMessage message;
  size_t at = 1 + byte_at(bytes, 0);  // past the centre's number
  size_t first = byte_at(bytes, at);
  size_t digits = byte_at(bytes, at + 2);
  size_t number_size = (digits + 1) / 2;
  std::string number = to_hex(std::string_view(bytes).substr(at + 4, number_size));
  message.to = swapped(number).substr(0, digits);
  at += 4 + number_size + 1;  // and past TP-PID
  message.coding = unsigned(byte_at(bytes, at));
  at += 1 + ((first & 0x18U) == 0x10U ? 1 : 0);  // a relative validity
  message.content = bytes.substr(std::min(at + 1, bytes.size()));
  message.report = (first & 0x20U) != 0;
  if ((first & 0x40U) != 0) {
    size_t size = byte_at(message.content, 0) + 1;
    message.header = message.content.substr(0, size);
    message.content.erase(0, size);
  }
  return message;
}

// A SUBMIT's "+CMGS: n"; a number that a report repeats.
std::string report_of(const ModemMessage& message, unsigned status) {
  return "0006" + hex_byte(message.reference) + hex_byte(message.to.size()) + "91" +
         swapped(message.to) + kStamp + kStamp + hex_byte(status);
}

}  // namespace

FakeModem::FakeModem(std::optional<unsigned> status)
    : status_(status), listener_(*listen_on("127.0.0.1:0", false)) {
  thread_ = std::thread([this] { serve(); });
}

FakeModem::~FakeModem() {
  stopping_ = true;
  thread_.join();
}

uint16_t FakeModem::port() const { return port_of(listener_); }

std::vector<ModemMessage> FakeModem::sent() const {
  std::lock_guard<std::mutex> guard(mutex_);
  return sent_;
}

void FakeModem::receive(const std::string& from, const std::string& text) {
  std::string content = to_ucs2(text);
  std::lock_guard<std::mutex> guard(mutex_);
  memory_.push_back("0004" + hex_byte(from.size()) + "91" + swapped(from) + "0008" + kStamp +
                    hex_byte(content.size()) + upper_hex(content));
}

void FakeModem::serve() {
  while (!stopping_) {
    pollfd watched{listener_.get(), POLLIN, 0};
    if (::poll(&watched, 1, 50) <= 0) continue;
    TcpStream stream(FileDescriptor(::accept(listener_.get(), nullptr, nullptr)));
    converse(stream);
  }
}

// Commands end with a return, a message with control-Z.
void FakeModem::converse(TcpStream& stream) {
  std::string input;
  while (!stopping_) {
    auto read = stream.read_some(1024, monotonic_now() + std::chrono::milliseconds(50));
    if (read.ok() && read->empty()) return;
    if (!read.ok() && read.error().message != "no answer in time") return;
    if (read.ok()) input += *read;
    for (size_t end = 0; (end = input.find(awaits_pdu_ ? kEndOfPdu : '\r')) != std::string::npos;) {
      std::string line = input.substr(0, end);
      input.erase(0, end + 1);
      line.erase(0, line.find_first_not_of("\r\n "));
      if (line.empty()) continue;
      std::string said = awaits_pdu_ ? send(line) : answer(line);
      if (!stream.write(said, monotonic_now() + std::chrono::seconds(2)).ok()) return;
    }
  }
}

std::string FakeModem::send(const std::string& pdu) {
  awaits_pdu_ = false;
  std::lock_guard<std::mutex> guard(mutex_);
  if (!status_) return "\r\n+CMS ERROR: 500\r\n";
  ModemMessage message = parse_submit(pdu);
  message.reference = ++reference_ & 0xFFU;
  sent_.push_back(message);
  if (message.report) memory_.push_back(report_of(message, *status_));
  return "\r\n+CMGS: " + std::to_string(message.reference) + "\r\n" + kOk;
}

std::string FakeModem::answer(const std::string& command) {
  static const std::map<std::string, std::string> kAnswers = {
      {"AT+CPIN?", "\r\n+CPIN: READY\r\n"},   {"AT+CSQ", "\r\n+CSQ: 20,0\r\n"},
      {"AT+CREG?", "\r\n+CREG: 0,1\r\n"},     {"AT+CIMI", "\r\n460010000000000\r\n"},
      {"AT+CGSN", "\r\n350000000000000\r\n"},
  };
  if (command.starts_with("AT+CMGS=")) {
    awaits_pdu_ = true;
    return "\r\n> ";
  }
  std::lock_guard<std::mutex> guard(mutex_);
  auto known = kAnswers.find(command);
  if (known != kAnswers.end()) return known->second + kOk;
  auto used = std::to_string(
      std::count_if(memory_.begin(), memory_.end(), [](const auto& pdu) { return !pdu.empty(); }));
  if (command == "AT+CPMS?") {
    std::string place = "\"SM\"," + used + ",50";
    return "\r\n+CPMS: " + place + "," + place + "," + place + "\r\n" + kOk;
  }
  if (command.starts_with("AT+CPMS=")) {
    return "\r\n+CPMS: " + used + ",50," + used + ",50," + used + ",50\r\n" + kOk;
  }
  if (command.starts_with("AT+CMGL")) return list_memory(true, 0) + kOk;
  constexpr std::string_view kRead = "AT+CMGR=";
  if (command.starts_with(kRead)) {
    return list_memory(false, size_t(std::stoi(command.substr(kRead.size())))) + kOk;
  }
  constexpr std::string_view kDelete = "AT+CMGD=";
  if (command.starts_with(kDelete)) {
    auto place = size_t(std::stoi(command.substr(kDelete.size())));
    if (place >= 1 && place <= memory_.size()) memory_[place - 1].clear();
  }
  return kOk;
}

// Places count from 1.
std::string FakeModem::list_memory(bool with_numbers, size_t only) const {
  std::string said;
  for (size_t i = 0; i < memory_.size(); ++i) {
    const std::string& pdu = memory_[i];
    if (pdu.empty() || (!with_numbers && i + 1 != only)) continue;
    std::string size = std::to_string(pdu.size() / 2 - 1);
    said += with_numbers ? "\r\n+CMGL: " + std::to_string(i + 1) + ",0,," + size
                         : "\r\n+CMGR: 0,," + size;
    said += "\r\n" + pdu + "\r\n";
  }
  return said;
}

}  // namespace jieban
