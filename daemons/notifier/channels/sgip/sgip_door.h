// SgipDoor: what one connection of the SMG may say to us, and what we answer. No sockets: bytes in,
// bytes out.
//
// Promises: as sgip_listener.h says. After `closing` nothing more is taken. What is a packet by its
// length, of a gateway that has logged in, is answered: a command that we do not know with 7, a
// receipt or reply that cannot be read with 5; each is logged and told to `unread`.
// What fails and how: nothing; what is no packet closes, as does one of who has not logged in.
// Thread rule: one thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "daemons/notifier/channels/sgip/sgip_packet.h"
#include "daemons/notifier/channels/sms_events.h"

namespace jieban {

// "command", "receipt" or "reply": it was answered, and says nothing to anybody.
using SgipUnread = std::function<void(std::string_view what)>;

struct SgipDoorRules {
  std::string account_file;
  const Clock* clock = nullptr;
  TakeReceipt take_receipt;
  TakeReply take_reply;
  SgipUnread unread{};
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
  std::string answer_unread(std::string_view bytes, const Error& why);
  std::string respond(const SgipSequence& sequence, const SgipResponse& response) const;
  void note_unread(std::string_view what, std::string_view why) const;
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
