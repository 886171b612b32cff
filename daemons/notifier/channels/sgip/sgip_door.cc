#include "daemons/notifier/channels/sgip/sgip_door.h"

#include <algorithm>
#include <array>

#include "common/base/bytes.h"
#include "common/base/encoding.h"
#include "common/base/log.h"
#include "common/crypto/hashes.h"
#include "daemons/notifier/channels/sgip/sgip_result.h"
#include "daemons/notifier/channels/sgip/sgip_sms.h"
#include "daemons/notifier/channels/sms_account.h"
#include "daemons/notifier/channels/sms_text.h"

namespace jieban {
namespace {

constexpr uint8_t kDone = 0;
constexpr uint8_t kIllegalLogin = 1;
constexpr uint8_t kRepeatedLogin = 2;
constexpr uint8_t kLoginType = 4;
constexpr uint8_t kParameter = 5;
constexpr uint8_t kMessageId = 7;
constexpr uint8_t kBusy = 11;
constexpr uint8_t kSystem = 32;
constexpr uint8_t kSmgToSp = 2;

constexpr uint8_t kAscii = 0;
constexpr uint8_t kLatin = 3;  // SGIP: writes to a card; SMPP, from which gateways come: Latin-1
constexpr uint8_t kUcs2 = 8;
constexpr uint8_t kGbk = 15;

// The header of a part, whose length stands in its first byte.
std::string_view without_header(std::string_view content, bool headed) {
  if (!headed || content.empty()) return content;
  size_t size = size_t(static_cast<unsigned char>(content[0])) + 1;
  return size <= content.size() ? content.substr(size) : std::string_view();
}

// Gateways fill fields up.
std::string_view without_zeros(std::string_view content) {
  return content.substr(0, content.find_last_not_of('\0') + 1);
}

bool is_plain(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return (c >= ' ' && c < '\x7f') || c == '\t' || c == '\r' || c == '\n'; });
}

std::optional<std::string> wide_text(std::string_view content) {
  if (content.size() % 2 != 0 && content.ends_with('\0')) content.remove_suffix(1);
  auto text = utf8_of_ucs2(content);
  if (text) text->resize(without_zeros(*text).size());
  return text;
}

std::optional<std::string> narrow_text(std::string_view content) {
  if (is_utf8(content)) return std::string(content);
  auto text = gb18030_to_utf8(content);
  if (!text.ok()) return std::nullopt;
  return std::move(*text);
}

// A mobile number of the mainland as mobile_number() writes it, any other as it came.
std::string sender_of(const std::string& user) { return mobile_number(user).value_or(user); }

std::string unmasked_id(const SgipSequence& sequence) {
  return std::to_string(sequence.node) + "." + std::to_string(sequence.time) + "." +
         std::to_string(sequence.counter);
}

}  // namespace

std::optional<std::string> text_of_deliver(const SgipDeliver& deliver) {
  std::string_view content = without_header(deliver.content, deliver.tp_udhi == 1);
  if (deliver.coding == kUcs2) return wide_text(content);
  content = without_zeros(content);
  if (deliver.coding == kAscii) return narrow_text(content);
  if (deliver.coding == kLatin && is_plain(content)) return std::string(content);
  if (deliver.coding != kGbk) return std::nullopt;
  auto text = gb18030_to_utf8(content);
  if (!text.ok()) return std::nullopt;
  return std::move(*text);
}

SmsReceipt receipt_of(const SgipReport& report) {
  SmsReceipt receipt{sgip_message_id(report.submitted)};
  receipt.part = sgip_part(report.submitted);
  if (report.state == 0) receipt.state = SmsState::delivered;
  if (report.state == 2) receipt.state = SmsState::failed;
  if (report.error_code != 0) receipt.error = describe_sgip(report.error_code);
  return receipt;
}

std::string SgipDoor::take(std::string_view bytes) {
  std::string answers;
  input_ += bytes;
  while (!closing_) {
    auto size = sgip_packet_size(input_);
    if (size.ok() && (!*size || **size > input_.size())) return answers;
    auto packet = size.ok() ? decode_sgip(std::string_view(input_).substr(0, **size))
                            : Result<SgipPacket>(size.error());
    if (!packet.ok() && size.ok() && bound_) {
      const std::string whole = input_.substr(0, **size);
      input_.erase(0, **size);
      answers += answer_unread(whole, packet.error());
      continue;
    }
    if (!packet.ok()) {
      log(LogLevel::warning, "sgip_packet_refused", {{"why", packet.error().message}});
      closing_ = true;
      break;
    }
    input_.erase(0, **size);
    answers += answer(*packet);
  }
  input_.clear();
  return answers;
}

std::string SgipDoor::answer(const SgipPacket& packet) {
  SgipResponse response;
  if (const auto* bind = std::get_if<SgipBind>(&packet.body)) {
    response = {SgipCommand::bind, result_of(*bind)};
    closing_ = !bound_;
  } else if (std::holds_alternative<SgipUnbind>(packet.body)) {
    response = {SgipCommand::unbind, kDone};
    closing_ = true;
  } else if (const auto* deliver = std::get_if<SgipDeliver>(&packet.body)) {
    response = {SgipCommand::deliver,
                bound_ ? result_of(*deliver, packet.sequence) : kIllegalLogin};
    closing_ = !bound_;
  } else if (const auto* report = std::get_if<SgipReport>(&packet.body)) {
    response = {SgipCommand::report, bound_ ? result_of(*report) : kIllegalLogin};
    closing_ = !bound_;
  } else {
    // An SMG submits nothing to us, and asks nothing here that we would answer to.
    closing_ = true;
    return {};
  }
  return respond(packet.sequence, response);
}

// What is to be said of a packet that is one by its length only. An answer has none.
std::string SgipDoor::answer_unread(std::string_view bytes, const Error& why) {
  struct Row {
    SgipCommand command;
    std::string_view what;
  };
  constexpr std::array<Row, 2> kRead = {
      {{SgipCommand::report, "receipt"}, {SgipCommand::deliver, "reply"}}};
  const SgipHeader header = sgip_header(bytes);
  if (header.response) {
    log(LogLevel::warning, "sgip_packet_refused", {{"why", why.message}});
    closing_ = true;
    return {};
  }
  const auto* row = std::ranges::find(kRead, header.command, &Row::command);
  note_unread(row == kRead.end() ? "command" : row->what, why.message);
  const bool known = header.command >= SgipCommand::bind && header.command <= SgipCommand::report;
  return respond(header.sequence, {header.command, known ? kParameter : kMessageId});
}

std::string SgipDoor::respond(const SgipSequence& sequence, const SgipResponse& response) const {
  auto bytes = encode_sgip({sequence, response});
  return bytes.ok() ? std::move(*bytes) : std::string();
}

void SgipDoor::note_unread(std::string_view what, std::string_view why) const {
  log(LogLevel::warning, "sgip_packet_unread", {{"what", what}, {"why", why}});
  if (rules_.unread) rules_.unread(what);
}

uint8_t SgipDoor::result_of(const SgipBind& bind) {
  if (bound_) return kRepeatedLogin;
  auto account = read_sgip_account(rules_.account_file);
  if (!account.ok()) {
    log(LogLevel::error, "sgip_account_unreadable", {{"why", account.error().message}});
    return kSystem;
  }
  if (bind.login_type != kSmgToSp) return kLoginType;
  // Both, whatever the first says: the time tells nothing.
  bool name = equal_constant_time(blake2b(bind.name), blake2b(account->smg_login_name));
  bool password = equal_constant_time(blake2b(bind.password), blake2b(account->smg_password));
  if (!name || !password) {
    log(LogLevel::warning, "sgip_login_refused");
    return kIllegalLogin;
  }
  bound_ = true;
  return kDone;
}

uint8_t SgipDoor::result_of(const SgipDeliver& deliver, const SgipSequence& sequence) const {
  auto text = text_of_deliver(deliver);
  if (!text) {
    note_unread("reply", "coding " + std::to_string(deliver.coding));
    return kParameter;
  }
  SmsReply reply{unmasked_id(sequence), sender_of(deliver.user), std::move(*text),
                 rules_.clock->now()};
  auto taken = rules_.take_reply(reply);
  if (!taken.ok()) log(LogLevel::warning, "reply_not_taken", {{"why", taken.error().message}});
  return taken.ok() ? kDone : kBusy;
}

uint8_t SgipDoor::result_of(const SgipReport& report) const {
  auto taken = rules_.take_receipt(receipt_of(report));
  if (!taken.ok()) log(LogLevel::warning, "receipt_not_taken", {{"why", taken.error().message}});
  return taken.ok() ? kDone : kBusy;
}

}  // namespace jieban
