// SGIP 1.2, China Unicom: the packets as they lie on the wire (DOMAIN §15.7).
//
// Promises: big-endian; text left-justified and filled with zeros; no packet above 2048 bytes. What
// decodes encodes to the same bytes again but for what lies in reserved fields and behind a text's
// first zero, both of which are ignored, and for the body that some gateways give UNBIND_RESP.
// What fails and how: encoding is `invalid` naming the field that does not fit, `limit` for a
// packet that is too long. Decoding is `corrupt`, naming what is wrong and never what was there.
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/base/clock.h"
#include "common/base/result.h"

namespace jieban {

constexpr size_t kSgipHeaderSize = 20;
constexpr size_t kSgipPacketMax = 2048;

enum class SgipCommand : uint32_t {
  bind = 1,
  unbind = 2,
  submit = 3,
  deliver = 4,
  report = 5,
};

// Names a packet for ever: a response carries that of its request, a receipt that of its message.
struct SgipSequence {
  uint32_t node = 0;
  uint32_t time = 0;  // MMDDHHMMSS as a decimal number
  uint32_t counter = 0;
  bool operator==(const SgipSequence&) const = default;
};

struct SgipBind {
  uint8_t login_type = 1;  // 1: SP to SMG, 2: SMG to SP
  std::string name;
  std::string password;
  bool operator==(const SgipBind&) const = default;
};

struct SgipUnbind {
  bool operator==(const SgipUnbind&) const = default;
};

struct SgipSubmit {
  std::string sp_number;
  std::string charge_number = std::string(21, '0');  // all zeros: the SP pays
  std::vector<std::string> users{};
  std::string corp_id{};
  std::string service_type{};
  uint8_t fee_type = 1;
  std::string fee_value = "0";
  std::string given_value = "0";
  uint8_t agent_flag = 0;
  uint8_t more_relate_flag = 2;
  uint8_t priority = 0;
  std::string expire_time{};
  std::string schedule_time{};
  uint8_t report_flag = 1;  // 0: if it fails, 1: always, 2: never
  uint8_t tp_pid = 0;
  uint8_t tp_udhi = 0;
  uint8_t coding = 8;  // 0 ASCII, 8 UCS-2, 15 GBK
  uint8_t message_type = 0;
  std::string content{};
  bool operator==(const SgipSubmit&) const = default;
};

// A reply of a telephone (MO).
struct SgipDeliver {
  std::string user;
  std::string sp_number;
  uint8_t tp_pid = 0;
  uint8_t tp_udhi = 0;
  uint8_t coding = 8;
  std::string content;
  bool operator==(const SgipDeliver&) const = default;
};

// A receipt.
struct SgipReport {
  SgipSequence submitted;
  uint8_t type = 0;
  std::string user;
  uint8_t state = 0;  // 0 delivered, 1 waiting, 2 failed
  uint8_t error_code = 0;
  bool operator==(const SgipReport&) const = default;
};

struct SgipResponse {
  SgipCommand to = SgipCommand::bind;
  uint8_t result = 0;
  bool operator==(const SgipResponse&) const = default;
};

using SgipBody =
    std::variant<SgipBind, SgipUnbind, SgipSubmit, SgipDeliver, SgipReport, SgipResponse>;

struct SgipPacket {
  SgipSequence sequence;
  SgipBody body;
  bool operator==(const SgipPacket&) const = default;
};

Result<std::string> encode_sgip(const SgipPacket& packet);
// Exactly one packet.
Result<SgipPacket> decode_sgip(std::string_view bytes);
struct SgipHeader {
  SgipCommand command = SgipCommand::bind;  // any number, also one that SGIP does not have
  bool response = false;
  SgipSequence sequence;
};

// Of a packet whose body nobody can read. REQUIRES: kSgipHeaderSize bytes.
SgipHeader sgip_header(std::string_view bytes);
// How long the packet is that begins so; empty while fewer than four bytes are there.
Result<std::optional<size_t>> sgip_packet_size(std::string_view beginning);

// 3AAAAQQQQQ: the area code (`010`) filled up to four digits, and the enterprise code.
Result<uint32_t> sgip_node(std::string_view area_code, std::string_view corp_id);
// MMDDHHMMSS in Beijing.
uint32_t sgip_time(Timestamp at);

}  // namespace jieban
