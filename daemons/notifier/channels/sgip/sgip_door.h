// SgipDoor: what one connection of the SMG may say to us, and what we answer. No sockets: bytes in,
// bytes out.
//
// Promises: as sgip_listener.h says. After `closing` nothing more is taken.
// What fails and how: nothing; a broken packet closes. Thread rule: one thread.
#pragma once

#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "daemons/notifier/channels/sgip/sgip_packet.h"
#include "daemons/notifier/channels/sms_events.h"

namespace jieban {

struct SgipDoorRules {
  std::string account_file;
  const Clock* clock = nullptr;
  TakeReceipt take_receipt;
  TakeReply take_reply;
};

class SgipDoor {
 public:
  // `rules` must outlive it.
  explicit SgipDoor(const SgipDoorRules& rules) : rules_(rules) {}

  // Returns what is to be sent.
  std::string take(std::string_view bytes);
  bool bound() const { return bound_; }
  bool closing() const { return closing_; }

 private:
  std::string answer(const SgipPacket& packet);
  uint8_t result_of(const SgipBind& bind);
  uint8_t result_of(const SgipDeliver& deliver, const SgipSequence& sequence) const;
  uint8_t result_of(const SgipReport& report) const;

  const SgipDoorRules& rules_;
  std::string input_;
  bool bound_ = false;
  bool closing_ = false;
};

// Empty for a coding that is no text, and for bytes that are not of it.
std::optional<std::string> text_of_deliver(const SgipDeliver& deliver);
SmsReceipt receipt_of(const SgipReport& report);

}  // namespace jieban
