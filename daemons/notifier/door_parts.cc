#include "daemons/notifier/door_parts.h"

#include <mutex>

#include "common/base/log.h"
#include "daemons/notifier/channels/kannel_callbacks.h"

namespace jieban {
namespace {

// How the inputs name what came from Kannel: its notices are known by their own ids.
const std::string kKannel = "kannel";

std::string text_of(const std::vector<Matcher>& matchers) {
  std::string text;
  for (const Matcher& matcher : matchers) text += (text.empty() ? "" : ", ") + to_text(matcher);
  return text;
}

// The cache of a rule book belongs to one thread at a time.
struct SharedRules {
  std::mutex mutex;
  RuleBook<NotifierRules> rules;
};

Result<ReplyWords> words_of(SharedRules& shared, const Fold& fold) {
  std::lock_guard<std::mutex> guard(shared.mutex);
  auto txn = fold.environment().read();
  if (!txn.ok()) return txn.error();
  auto rules = shared.rules.current(*txn);
  if (!rules.ok()) return rules.error();
  return *rules == nullptr ? ReplyWords() : (*rules)->replies.value_or(ReplyWords());
}

}  // namespace

WordsNow words_in_force(const Notifier& core, const Fold& fold) {
  auto shared = std::make_shared<SharedRules>();
  shared->rules = core.rules();
  return [shared, &fold] {
    auto words = words_of(*shared, fold);
    if (!words.ok()) log(LogLevel::error, "rules_not_read", {{"why", words.error().message}});
    return words.ok() ? std::move(*words) : ReplyWords();
  };
}

DeliveryReceipt delivery_receipt(const std::string& channel, const SmsReceipt& receipt) {
  DeliveryReceipt out;
  out.channel = channel;
  out.notice_id = receipt.notice_id;
  out.gateway_id = receipt.notice_id.empty() ? receipt.gateway_id : "";
  out.state = to_string(receipt.state);
  out.error = receipt.error;
  out.part = receipt.part;
  return out;
}

TextReply text_reply(const std::string& channel, const SmsReply& reply) {
  return {channel, reply.sender, reply.text, reply.gateway_id, reply.received_at};
}

Result<DeliveryReceipt> kannel_delivery(const HttpHeaders& query) {
  auto receipt = kannel_receipt(query);
  if (!receipt.ok()) return receipt.error();
  return delivery_receipt(kKannel, *receipt);
}

Result<TextReply> kannel_text(const HttpHeaders& query) {
  auto reply = kannel_reply(query);
  if (!reply.ok()) return reply.error();
  return text_reply(kKannel, *reply);
}

Result<std::vector<SilenceEntry>> silence_entries(const Notifier& core, const Transaction& store) {
  std::vector<SilenceEntry> entries;
  auto scanned = core.callouts().tables().silences().scan(
      store, {}, [&](std::string_view, const Silence& silence) {
        SilenceEntry entry;
        entry.silence = {silence.id,      text_of(silence.matchers), silence.starts_at,
                         silence.ends_at, silence.created_by,        silence.reason};
        entry.lifted_by = silence.lifted_by.value_or("");
        entries.push_back(std::move(entry));
        return true;
      });
  if (!scanned.ok()) return scanned.error();
  return entries;
}

}  // namespace jieban
