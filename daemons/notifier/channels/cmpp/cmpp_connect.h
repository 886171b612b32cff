// CMPP 2.0, China Mobile: how a session begins. There is no channel of it yet: both contractors are
// with China Unicom, whose SGIP is spoken (DOMAIN §15.7).
//
// What fails and how: encoding is `invalid` for a source address that is not six characters or a
// time that is no MMDDHHMMSS; decoding is `corrupt` for anything but one whole CONNECT_RESP.
// Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/result.h"

namespace jieban {

struct CmppConnect {
  uint32_t sequence = 0;
  std::string source_address;  // six characters: the enterprise code
  std::string secret;
  uint8_t version = 0x20;
  uint32_t timestamp = 0;  // MMDDHHMMSS as a decimal number
};

struct CmppConnected {
  uint32_t sequence = 0;
  uint8_t status = 0;
  std::string authenticator;  // of the gateway
  uint8_t version = 0;
};

Result<std::string> encode_cmpp_connect(const CmppConnect& connect);
Result<CmppConnected> decode_cmpp_connected(std::string_view packet);
// Status 1 structure, 2 source address, 3 authentication, 4 version, 5 other.
std::string_view cmpp_status_meaning(uint8_t status);

}  // namespace jieban
