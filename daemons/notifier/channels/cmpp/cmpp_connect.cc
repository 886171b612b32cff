#include "daemons/notifier/channels/cmpp/cmpp_connect.h"

#include <array>

#include "common/base/bytes.h"
#include "daemons/notifier/channels/cmpp/md5.h"

namespace jieban {
namespace {

constexpr uint32_t kConnect = 0x00000001;
constexpr uint32_t kConnected = 0x80000001;
constexpr size_t kSourceAddressSize = 6;
constexpr size_t kConnectSize = 39;
constexpr size_t kConnectedSize = 30;
constexpr size_t kAuthenticatorSize = 16;
constexpr uint32_t kLastStamp = 1231235959;

std::string digits_of(uint32_t timestamp) {
  std::string text = std::to_string(timestamp);
  return std::string(10 - text.size(), '0') + text;
}

}  // namespace

Result<std::string> encode_cmpp_connect(const CmppConnect& connect) {
  if (connect.source_address.size() != kSourceAddressSize) {
    return invalid("the source address has six characters");
  }
  if (connect.timestamp > kLastStamp) return invalid("the timestamp is MMDDHHMMSS");
  std::string packet;
  append_u32(packet, kConnectSize);
  append_u32(packet, kConnect);
  append_u32(packet, connect.sequence);
  packet += connect.source_address;
  packet += md5(connect.source_address + std::string(9, '\0') + connect.secret +
                digits_of(connect.timestamp));
  packet += char(connect.version);
  append_u32(packet, connect.timestamp);
  return packet;
}

Result<CmppConnected> decode_cmpp_connected(std::string_view packet) {
  if (packet.size() != kConnectedSize || read_u32(packet) != kConnectedSize ||
      read_u32(packet.substr(4)) != kConnected) {
    return Error{ErrorCode::corrupt, "no CONNECT_RESP of CMPP 2.0"};
  }
  CmppConnected connected;
  connected.sequence = read_u32(packet.substr(8));
  connected.status = uint8_t(packet[12]);
  connected.authenticator = packet.substr(13, kAuthenticatorSize);
  connected.version = uint8_t(packet.back());
  return connected;
}

std::string_view cmpp_status_meaning(uint8_t status) {
  constexpr std::array<std::string_view, 6> kMeanings = {"正确",   "消息结构错", "非法源地址",
                                                         "认证错", "版本太高",   "其他错误"};
  return kMeanings.at(status < kMeanings.size() ? status : kMeanings.size() - 1);
}

}  // namespace jieban
