// What comes back from a gateway of short messages: receipts of what was sent, and replies.
//
// At least once: a gateway that got no answer says it again, with the same ids. A receipt that
// could not be kept is to be refused (an Error), so that the gateway brings it later.
// Personal: a reply names a person by telephone number and free text; neither goes into a log or an
// event unsealed.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/base/result.h"

namespace jieban {

enum class SmsState {
  delivered,  // the phone has it
  buffered,   // on its way
  failed,     // it will not arrive
};

constexpr std::string_view to_string(SmsState state) {
  constexpr std::array<std::string_view, 3> kNames = {"delivered", "buffered", "failed"};
  return kNames.at(static_cast<size_t>(state));
}

struct SmsReceipt {
  std::string gateway_id;  // as in DeliveryReport
  SmsState state = SmsState::buffered;
  // The gateway's own code and what it means, where it says more than the state.
  std::optional<std::string> error{};
  // Where the gateway keeps it for us: known even when no answer to the message ever came.
  std::string notice_id{};
  // From 1, where the gateway gives a receipt for each part of a message.
  std::optional<uint64_t> part{};
  bool operator==(const SmsReceipt&) const = default;
};

// Of a gateway that calls a message by the notice's own id.
inline SmsReceipt receipt_of_notice(const std::string& notice_id, SmsState state,
                                    std::optional<std::string> error = std::nullopt) {
  return {notice_id, state, std::move(error), notice_id};
}

struct SmsReply {
  std::string gateway_id;  // the same reply told twice has the same
  std::string sender;      // the telephone number, with its country code where there is one
  std::string text;        // UTF-8
  Timestamp received_at;
  bool operator==(const SmsReply&) const = default;
};

// The gateway is answered when they return, and told that we have it only when they are ok.
using TakeReceipt = std::function<Result<void>(const SmsReceipt&)>;
using TakeReply = std::function<Result<void>(const SmsReply&)>;

}  // namespace jieban
