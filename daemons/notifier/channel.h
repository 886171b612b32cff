// Channel: the seam to the world outside. Behind it are gateways, folders, and fakes in tests.
//
// Promises of an implementation: deliver() ends in bounded time; `accepted` means that the gateway
// has taken the message on, by its own code and not by the status of HTTP alone; `failed` only when
// nothing can have gone out, `unknown` whenever something may have; the error names status and kind
// of failure and never repeats what the other side wrote, nor the address. A channel keeps no
// limits and makes no retries: both are the core's, which is why a report says for how long to keep
// away, or the vendor's code, for which the rules know how long. Secrets come from the rule's
// account file, read again for each call, so that a new password needs no restart. Thread rule:
// used by one thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/base/result.h"
#include "common/base/value.h"
#include "daemons/notifier/channels/sms_text.h"
#include "daemons/notifier/delivery.h"

namespace jieban {

struct OutgoingNotice {
  std::string source;     // the notifier's stream
  std::string notice_id;  // also the idempotency key
  std::string topic;
  std::string order_no;
  std::string text;
  Timestamp time;  // when the notice was made
  uint64_t attempt = 1;
  // Whoever reads the message is told: in its text (shown_text of channels/message_cut.h), programs
  // by a field. Not by ums_sms, which sends approved texts only.
  bool possible_repeat = false;
  // Whom the channel is to reach, in its own terms: a phone number, a mail address, a member's id.
  // Empty where a channel has one reader only, as a robot's group. Known to the edge alone: never
  // in an event, a log or an error.
  std::string address{};
  // Who that is by the rota, of a call; a relay knows persons by their ids.
  std::string person{};
  // Of a list that calls several: each of them; `person` is empty then.
  std::vector<std::string> persons{};
  // Whom else a robot is to mention in its group, beside `address`. Known to the edge alone, too.
  std::vector<std::string> others{};
};

// Whom a robot mentions in its group: `address`, then those of `others`, as many as have room
// (kMentionBytesMax of channels/message_limits.h); none twice, none empty.
std::vector<std::string> mentions_of(const OutgoingNotice& notice);

struct DeliveryReport {
  DeliveryOutcome outcome = DeliveryOutcome::unknown;
  std::optional<std::string> error = std::nullopt;
  // What the gateway calls the message, if it says so; its receipts name it by that.
  std::optional<std::string> gateway_id = std::nullopt;
  // For so long the gateway wants to hear nothing more from this channel, in its own words.
  std::optional<Duration> hold = std::nullopt;
  // The vendor's, where it refused: numbers, no words. How long it holds the channel is data
  // (escalation.yaml).
  std::optional<std::string> code = std::nullopt;
  // Accepted in several parts, of each of which the gateway will give a receipt: how many.
  std::optional<uint64_t> parts = std::nullopt;
  // Of a short message: what of it went out or may have, whatever the outcome; empty where nothing.
  std::optional<SmsSegments> segments = std::nullopt;
};

// What is known of an attempt before it is made. It is committed with the attempt's begin: so a
// receipt finds the notice also where a crash came between the gateway's answer and our commit.
struct AttemptPlan {
  // By which the gateway's receipts will name the message, where that is ours to say: a function of
  // the notice and the attempt alone.
  std::optional<std::string> gateway_id = std::nullopt;
  // As in DeliveryReport, of the text as it is now.
  std::optional<uint64_t> parts = std::nullopt;
};

class Channel {
 public:
  virtual ~Channel() = default;
  // Asks no gateway. deliver() of the same notice and attempt does as it says.
  virtual AttemptPlan plan(const OutgoingNotice& /*notice*/) { return {}; }
  virtual DeliveryReport deliver(const OutgoingNotice& notice) = 0;
};

struct ChannelTimeouts {
  Duration connect = std::chrono::seconds(2);
  Duration reply = std::chrono::seconds(5);
};

// Opens nothing yet: what is wrong with a target shows as failed deliveries, which are retried.
using OpenChannel = std::function<std::unique_ptr<Channel>(const ChannelRule&)>;
// The clock dates what is signed; it outlives the channels.
OpenChannel real_channels(const ChannelTimeouts& timeouts, const Clock& clock);

// What goes over the wire and into the spool: a CloudEvent (1.0) in JSON.
std::string notice_json(const OutgoingNotice& notice);

}  // namespace jieban
