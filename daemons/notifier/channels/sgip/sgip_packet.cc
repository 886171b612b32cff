#include "daemons/notifier/channels/sgip/sgip_packet.h"

#include <algorithm>

#include "common/base/bytes.h"

namespace jieban {
namespace {

constexpr uint32_t kResponseBit = 0x80000000;
constexpr size_t kNumberSize = 21;
constexpr size_t kReserveSize = 8;
constexpr size_t kUsersMax = 100;

class Writer {
 public:
  void byte(uint8_t value) { out_ += char(value); }
  void number(uint32_t value) { append_u32(out_, value); }
  void text(std::string_view field, std::string_view value, size_t size) {
    bool fits = value.size() <= size && value.find('\0') == std::string_view::npos;
    if (!fits && outcome_.ok()) outcome_ = invalid("SGIP: " + std::string(field) + " does not fit");
    if (fits) out_.append(value).append(size - value.size(), '\0');
  }
  void content(std::string_view value) {
    number(uint32_t(value.size()));
    out_ += value;
  }
  void reserve() { out_.append(kReserveSize, '\0'); }
  void refuse(std::string_view why) { outcome_ = invalid("SGIP: " + std::string(why)); }
  Result<std::string> end() && {
    if (!outcome_.ok()) return outcome_.error();
    return std::move(out_);
  }

 private:
  std::string out_;
  Result<void> outcome_;
};

// After a read beyond the end all further reads give nothing, and end() says so.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  uint8_t byte() {
    std::string_view read = take(1);
    return read.empty() ? uint8_t(0) : uint8_t(read[0]);
  }
  uint32_t number() {
    std::string_view read = take(4);
    return read.empty() ? 0 : read_u32(read);
  }
  std::string text(size_t size) {
    std::string_view field = take(size);
    return std::string(field.substr(0, field.find('\0')));
  }
  std::string content() { return std::string(take(number())); }
  void reserve() { take(kReserveSize); }
  void require(bool holds) { good_ = good_ && holds; }
  bool end() const { return good_ && bytes_.empty(); }

 private:
  std::string_view take(size_t size) {
    good_ = good_ && size <= bytes_.size();
    if (!good_) return {};
    std::string_view read = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return read;
  }

  std::string_view bytes_;
  bool good_ = true;
};

uint32_t command_of(const SgipBind&) { return uint32_t(SgipCommand::bind); }
uint32_t command_of(const SgipUnbind&) { return uint32_t(SgipCommand::unbind); }
uint32_t command_of(const SgipSubmit&) { return uint32_t(SgipCommand::submit); }
uint32_t command_of(const SgipDeliver&) { return uint32_t(SgipCommand::deliver); }
uint32_t command_of(const SgipReport&) { return uint32_t(SgipCommand::report); }
uint32_t command_of(const SgipResponse& body) { return uint32_t(body.to) | kResponseBit; }

void write(Writer& out, const SgipSequence& sequence) {
  out.number(sequence.node);
  out.number(sequence.time);
  out.number(sequence.counter);
}

void write(Writer& out, const SgipBind& body) {
  out.byte(body.login_type);
  out.text("LoginName", body.name, 16);
  out.text("LoginPassword", body.password, 16);
  out.reserve();
}

void write(Writer&, const SgipUnbind&) {}

void write(Writer& out, const SgipSubmit& body) {
  if (body.users.empty() || body.users.size() > kUsersMax) out.refuse("UserCount is 1 to 100");
  out.text("SPNumber", body.sp_number, kNumberSize);
  out.text("ChargeNumber", body.charge_number, kNumberSize);
  out.byte(uint8_t(body.users.size()));
  for (const std::string& user : body.users) out.text("UserNumber", user, kNumberSize);
  out.text("CorpId", body.corp_id, 5);
  out.text("ServiceType", body.service_type, 10);
  out.byte(body.fee_type);
  out.text("FeeValue", body.fee_value, 6);
  out.text("GivenValue", body.given_value, 6);
  out.byte(body.agent_flag);
  out.byte(body.more_relate_flag);
  out.byte(body.priority);
  out.text("ExpireTime", body.expire_time, 16);
  out.text("ScheduleTime", body.schedule_time, 16);
  out.byte(body.report_flag);
  out.byte(body.tp_pid);
  out.byte(body.tp_udhi);
  out.byte(body.coding);
  out.byte(body.message_type);
  out.content(body.content);
  out.reserve();
}

void write(Writer& out, const SgipDeliver& body) {
  out.text("UserNumber", body.user, kNumberSize);
  out.text("SPNumber", body.sp_number, kNumberSize);
  out.byte(body.tp_pid);
  out.byte(body.tp_udhi);
  out.byte(body.coding);
  out.content(body.content);
  out.reserve();
}

void write(Writer& out, const SgipReport& body) {
  write(out, body.submitted);
  out.byte(body.type);
  out.text("UserNumber", body.user, kNumberSize);
  out.byte(body.state);
  out.byte(body.error_code);
  out.reserve();
}

// UNBIND_RESP has no body (SGIP 1.2), though some gateways give it that of the others.
void write(Writer& out, const SgipResponse& body) {
  if (body.to == SgipCommand::unbind) return;
  out.byte(body.result);
  out.reserve();
}

SgipSequence read_sequence(Reader& in) {
  SgipSequence sequence;
  sequence.node = in.number();
  sequence.time = in.number();
  sequence.counter = in.number();
  return sequence;
}

SgipBind read_bind(Reader& in) {
  SgipBind body;
  body.login_type = in.byte();
  body.name = in.text(16);
  body.password = in.text(16);
  in.reserve();
  return body;
}

SgipSubmit read_submit(Reader& in) {
  SgipSubmit body;
  body.sp_number = in.text(kNumberSize);
  body.charge_number = in.text(kNumberSize);
  size_t users = in.byte();
  in.require(users >= 1 && users <= kUsersMax);
  for (size_t i = 0; i < users; ++i) body.users.push_back(in.text(kNumberSize));
  body.corp_id = in.text(5);
  body.service_type = in.text(10);
  body.fee_type = in.byte();
  body.fee_value = in.text(6);
  body.given_value = in.text(6);
  body.agent_flag = in.byte();
  body.more_relate_flag = in.byte();
  body.priority = in.byte();
  body.expire_time = in.text(16);
  body.schedule_time = in.text(16);
  body.report_flag = in.byte();
  body.tp_pid = in.byte();
  body.tp_udhi = in.byte();
  body.coding = in.byte();
  body.message_type = in.byte();
  body.content = in.content();
  in.reserve();
  return body;
}

SgipDeliver read_deliver(Reader& in) {
  SgipDeliver body;
  body.user = in.text(kNumberSize);
  body.sp_number = in.text(kNumberSize);
  body.tp_pid = in.byte();
  body.tp_udhi = in.byte();
  body.coding = in.byte();
  body.content = in.content();
  in.reserve();
  return body;
}

SgipReport read_report(Reader& in) {
  SgipReport body;
  body.submitted = read_sequence(in);
  body.type = in.byte();
  body.user = in.text(kNumberSize);
  body.state = in.byte();
  in.require(body.state <= 2);
  body.error_code = in.byte();
  in.reserve();
  return body;
}

SgipResponse read_response(Reader& in, SgipCommand to, bool bare) {
  SgipResponse body{to};
  if (to == SgipCommand::unbind && bare) return body;
  const uint8_t result = in.byte();
  in.reserve();
  if (to != SgipCommand::unbind) body.result = result;  // good-bye is never refused
  return body;
}

std::optional<SgipBody> read_body(Reader& in, uint32_t command, bool bare) {
  auto request = SgipCommand(command & ~kResponseBit);
  if (request < SgipCommand::bind || request > SgipCommand::report) return std::nullopt;
  if ((command & kResponseBit) != 0) return read_response(in, request, bare);
  switch (request) {
    case SgipCommand::bind:
      return read_bind(in);
    case SgipCommand::unbind:
      return SgipUnbind{};
    case SgipCommand::submit:
      return read_submit(in);
    case SgipCommand::deliver:
      return read_deliver(in);
    case SgipCommand::report:
      return read_report(in);
  }
  return std::nullopt;
}

Error corrupt(std::string_view what) { return {ErrorCode::corrupt, "SGIP: " + std::string(what)}; }

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<std::string> encode_sgip(const SgipPacket& packet) {
  Writer rest;
  rest.number(std::visit([](const auto& body) { return command_of(body); }, packet.body));
  write(rest, packet.sequence);
  std::visit([&rest](const auto& body) { write(rest, body); }, packet.body);
  auto written = std::move(rest).end();
  if (!written.ok()) return written.error();
  size_t size = written->size() + 4;
  if (size > kSgipPacketMax) {
    return Error{ErrorCode::limit, "SGIP: a packet has at most 2048 bytes"};
  }
  std::string bytes;
  append_u32(bytes, uint32_t(size));
  return bytes + *written;
}

Result<std::optional<size_t>> sgip_packet_size(std::string_view beginning) {
  if (beginning.size() < 4) return std::optional<size_t>();
  size_t size = read_u32(beginning);
  if (size < kSgipHeaderSize || size > kSgipPacketMax) return corrupt("no length of a packet");
  return std::optional<size_t>(size);
}

SgipHeader sgip_header(std::string_view bytes) {
  Reader in(bytes.substr(4, kSgipHeaderSize - 4));
  const uint32_t command = in.number();
  return {SgipCommand(command & ~kResponseBit), (command & kResponseBit) != 0, read_sequence(in)};
}

Result<SgipPacket> decode_sgip(std::string_view bytes) {
  auto size = sgip_packet_size(bytes);
  if (!size.ok()) return size.error();
  if (*size != bytes.size()) return corrupt("a packet is shorter or longer than it says");
  Reader in(bytes.substr(4));
  uint32_t command = in.number();
  SgipSequence sequence = read_sequence(in);
  auto body = read_body(in, command, bytes.size() == kSgipHeaderSize);
  if (!body) return corrupt("no such command");
  if (!in.end()) return corrupt("the body is not what the command asks for");
  return SgipPacket{sequence, std::move(*body)};
}

Result<uint32_t> sgip_node(std::string_view area_code, std::string_view corp_id) {
  bool area = area_code.size() >= 3 && area_code.size() <= 4 && area_code[0] == '0';
  if (!area || !all_digits(area_code)) return invalid("an area code is 0 and two or three digits");
  if (corp_id.size() != 5 || !all_digits(corp_id)) {
    return invalid("an enterprise code has five digits");
  }
  std::string digits = "3" + std::string(area_code) + std::string(4 - area_code.size(), '0');
  uint64_t node = 0;
  for (char digit : digits + std::string(corp_id)) node = node * 10 + uint64_t(digit - '0');
  return uint32_t(node);  // at most 3099999999
}

uint32_t sgip_time(Timestamp at) {
  CivilTime civil = to_civil(at);
  return (((civil.month * 100 + civil.day) * 100 + civil.hour) * 100 + civil.minute) * 100 +
         civil.second;
}

}  // namespace jieban
