// InputDesk: what comes in at the door, handed to the core and answered after the commit.
//
// It turns telephone numbers into persons: no input holds a number, and of a reply only a code.
// What the core says comes back as it is: "taken", "repeated", or its Error; "ignored" is our own
// answer to a reply that is nobody's or holds no code, which is counted, and logged without either.
// What fails and how: `unavailable` when too much is waiting, and the errors of the core.
// Thread rule: any thread but the loop's; each call waits for the loop.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/daemon/edge.h"
#include "daemons/notifier/contact_book.h"
#include "daemons/notifier/duty/duty_inputs.h"
#include "daemons/notifier/inputs.h"
#include "daemons/notifier/reply_code.h"

namespace jieban {

// A text message that came back. Personal: see above.
struct TextReply {
  std::string channel;
  std::string from;  // a telephone number
  std::string text;  // UTF-8
  std::string id{};  // of the gateway: the same reply told twice has the same; "" where it has none
  std::optional<Timestamp> received_at{};
};

constexpr std::string_view kIgnored = "ignored";

// The words of replies by the rules in force. Any thread.
using WordsNow = std::function<ReplyWords()>;

class InputDesk {
 public:
  // Without `words` a reply acknowledges by a code alone.
  InputDesk(const EdgeContext& context, ContactBook& contacts, WordsNow words = {});

  using Answer = Result<std::string>;
  // In one transaction; an Answer each, or the error of the whole.
  Result<std::vector<Answer>> alerts(const std::vector<AlertRaised>& raised,
                                     const std::string& actor);
  Answer receipt(const DeliveryReceipt& receipt, const std::string& actor);
  Answer reply(const TextReply& reply);
  Answer acknowledge(const AlertAcknowledge& acknowledge, const std::string& actor);
  Answer escalate(const AlertEscalate& escalate, const std::string& actor);
  Answer add_silence(const SilenceAdd& silence, const std::string& actor);
  Answer lift_silence(const SilenceLift& silence, const std::string& actor);
  Answer request_duty(const DutyRequest& request, const std::string& actor);
  Answer decide_duty(const DutyDecision& decision, const std::string& actor);
  void count_refused_alerts(size_t count);
  // A gateway has brought what nobody can read: "command", "receipt" or "reply".
  void unread(const std::string& channel, std::string_view what);

 private:
  enum class Kind { alert, receipt, acknowledgement, escalation, silence, duty };
  template <class Payload>
  static Input input_of(std::string_view topic, const Payload& payload, const std::string& actor);
  Answer hand_in(Kind kind, Input input, bool intake);
  void count(Kind kind, const Answer& answer);
  Answer ignore(std::string_view why, const TextReply& reply);

  Inbox& inbox_;
  ContactBook& contacts_;
  WordsNow words_;
  std::map<std::pair<Kind, std::string>, Counter*> counts_;
  std::map<std::string, Counter*, std::less<>> ignored_;
  std::map<std::string, Counter*, std::less<>> unread_;
};

}  // namespace jieban
