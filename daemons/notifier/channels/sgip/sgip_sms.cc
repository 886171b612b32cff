#include "daemons/notifier/channels/sgip/sgip_sms.h"

#include <algorithm>

#include "common/base/bytes.h"
#include "common/crypto/hashes.h"
#include "daemons/notifier/channels/message_cut.h"
#include "daemons/notifier/channels/sgip/sgip_result.h"
#include "daemons/notifier/channels/sms_text.h"

namespace jieban {
namespace {

static_assert(kSmsPartsMax <= kSgipPartsOfId);

constexpr std::string_view kScheme = "sgip://";
// Saying good-bye is a courtesy.
constexpr Duration kUnbindMax = std::chrono::milliseconds(500);
// Of the reply timeout, for all parts together: a slow gateway must not hold up the notifier's end.
constexpr int kRepliesMax = 3;
// Never the number of a part.
constexpr uint32_t kBindPart = kSgipPartsOfId - 2;
constexpr uint32_t kUnbindPart = kSgipPartsOfId - 1;

SgipSequence part_of(SgipSequence message, uint32_t part) {
  message.counter = message.counter / kSgipPartsOfId * kSgipPartsOfId + part;
  return message;
}

DeliveryReport report_of_result(uint8_t result) {
  const SgipMeaning* meaning = find_sgip_meaning(result);
  DeliveryReport report{outcome_of_sgip(result), describe_sgip(result)};
  if (meaning != nullptr && meaning->hold > Duration::zero()) report.hold = meaning->hold;
  return report;
}

std::string which(size_t part, size_t total) {
  return "part " + std::to_string(part + 1) + " of " + std::to_string(total) + ": ";
}

}  // namespace

std::string sgip_message_id(const SgipSequence& sequence) {
  return std::to_string(sequence.node) + "." + std::to_string(sequence.time) + "." +
         std::to_string(part_of(sequence, 0).counter);
}

uint64_t sgip_part(const SgipSequence& sequence) { return sequence.counter % kSgipPartsOfId + 1; }

std::vector<SgipPacket> sgip_parts(const SgipAccount& account, const std::string& user,
                                   std::string_view text, const SgipSequence& first) {
  std::vector<std::string_view> texts =
      sms_parts(fit_sms(text, SmsAlphabet::ucs2), SmsAlphabet::ucs2);
  auto reference = uint8_t(first.counter / kSgipPartsOfId);
  std::vector<SgipPacket> parts;
  for (size_t i = 0; i < texts.size(); ++i) {
    SgipSubmit submit;
    submit.sp_number = account.sp_number;
    submit.users = {user};
    submit.corp_id = account.corp_id;
    submit.service_type = account.service_type;
    submit.fee_type = account.fee_type;
    submit.fee_value = account.fee_value;
    submit.report_flag = 1;
    if (texts.size() > 1) {
      submit.tp_udhi = 1;
      submit.content = sms_part_header(reference, texts.size(), i + 1);
    }
    submit.content += to_ucs2(texts[i]);
    parts.push_back({part_of(first, uint32_t(i)), std::move(submit)});
  }
  return parts;
}

SgipSequence sgip_sequence(uint32_t node, const OutgoingNotice& notice) {
  const std::string attempt = notice.notice_id + ":" + std::to_string(notice.attempt);
  return part_of({node, sgip_time(notice.time), read_u32(blake2b(attempt))}, 0);
}

AttemptPlan SgipSms::plan(const OutgoingNotice& notice) {
  auto account = read_sgip_account(rule_.account_file);
  if (!account.ok()) return {};
  const std::string text = shown_text(notice);
  const size_t parts = sms_parts(fit_sms(text, SmsAlphabet::ucs2), SmsAlphabet::ucs2).size();
  AttemptPlan plan{sgip_message_id(sgip_sequence(account->node, notice))};
  if (parts > 1) plan.parts = parts;
  return plan;
}

DeliveryReport SgipSms::deliver(const OutgoingNotice& notice) {
  auto account = read_sgip_account(rule_.account_file);
  if (!account.ok()) return {DeliveryOutcome::denied, account.error().message};
  const std::string& wanted = notice.address.empty() ? account->phone : notice.address;
  if (wanted.empty()) return {DeliveryOutcome::denied, "nobody to send to: no telephone number"};
  auto user = mobile_number(wanted);
  if (!user) return {DeliveryOutcome::rejected, "what is to be called is no mobile number"};
  std::vector<SgipPacket> parts =
      sgip_parts(*account, *user, shown_text(notice), sgip_sequence(account->node, notice));
  return converse(*account, parts);
}

DeliveryReport SgipSms::converse(const SgipAccount& account, const std::vector<SgipPacket>& parts) {
  for (const SgipPacket& part : parts) {
    auto encoded = encode_sgip(part);
    if (!encoded.ok()) return {DeliveryOutcome::denied, encoded.error().message};
  }
  std::string address = rule_.target;
  if (address.starts_with(kScheme)) address.erase(0, kScheme.size());
  auto session = SgipSession::connect(address, monotonic_now() + timeouts_.connect);
  if (!session.ok()) {
    bool wrong = session.error().code == ErrorCode::invalid;
    return {wrong ? DeliveryOutcome::denied : DeliveryOutcome::failed, session.error().message};
  }
  const SgipSequence& first = parts.front().sequence;
  SgipBind bind{1, account.login_name, account.password};
  auto bound = session->ask({part_of(first, kBindPart), bind}, monotonic_now() + timeouts_.reply);
  if (!bound.ok()) return {DeliveryOutcome::failed, bound.error().context("BIND").message};
  if (*bound != 0) return report_of_result(*bound);
  DeliveryReport report = submit_all(*session, parts);
  if (report.outcome != DeliveryOutcome::unknown) {
    Duration patience = std::min(timeouts_.reply, kUnbindMax);
    (void)session->ask({part_of(first, kUnbindPart), SgipUnbind{}}, monotonic_now() + patience);
  }
  return report;
}

DeliveryReport SgipSms::submit_all(SgipSession& session,
                                   const std::vector<SgipPacket>& parts) const {
  const Duration last = monotonic_now() + kRepliesMax * timeouts_.reply;
  const std::string id = sgip_message_id(parts.front().sequence);
  for (size_t i = 0; i < parts.size(); ++i) {
    auto result = session.ask(parts[i], std::min(last, monotonic_now() + timeouts_.reply));
    if (result.ok() && *result == 0) continue;
    DeliveryReport report = result.ok()
                                ? report_of_result(*result)
                                : DeliveryReport{result.error().code == ErrorCode::unavailable
                                                     ? DeliveryOutcome::failed
                                                     : DeliveryOutcome::unknown,
                                                 "SUBMIT: " + result.error().message};
    // What is out is out: to try again is to repeat it, and is in vain after a final answer.
    if (i > 0 && report.outcome != DeliveryOutcome::rejected) {
      report.outcome = DeliveryOutcome::unknown;
    }
    if (parts.size() > 1) report.error = which(i, parts.size()) + report.error.value_or("");
    // What was refused did not go out; what had no answer may have.
    const bool may_be_out = !result.ok() && result.error().code != ErrorCode::unavailable;
    const uint64_t out = i + (may_be_out ? 1 : 0);
    if (out > 0) report.segments = SmsSegments{SmsAlphabet::ucs2, out};
    if (report.outcome != DeliveryOutcome::unknown) return report;
    report.gateway_id = id;
    if (parts.size() > 1) report.parts = parts.size();
    return report;
  }
  DeliveryReport report{DeliveryOutcome::accepted, std::nullopt, id};
  if (parts.size() > 1) report.parts = parts.size();
  report.segments = SmsSegments{SmsAlphabet::ucs2, parts.size()};
  return report;
}

}  // namespace jieban
