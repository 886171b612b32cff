#include "daemons/notifier/channels/mail_channel.h"

#include "common/base/text.h"
#include "daemons/notifier/channels/account_file.h"
#include "daemons/notifier/channels/gateway_reply.h"
#include "daemons/notifier/channels/mail_message.h"
#include "daemons/notifier/channels/message_cut.h"

namespace jieban {
namespace {

using enum DeliveryOutcome;

struct MailMeaning {
  std::optional<MailStage> stage;  // none: any
  std::string_view enhanced;       // its beginning; "": any, and none
  int first;
  int last;
  DeliveryOutcome outcome;
};

// The first that fits counts; what none fits has failed: 4xx asks to come back. Many servers keep
// what they have against the session or the sender until RCPT (Postfix: smtpd_delay_reject), where
// only the enhanced code tells it from a mailbox that is not there. Of the text a policy (5.7.x) is
// a word on this mail.
constexpr MailMeaning kMeanings[] = {
    {{}, "", 200, 299, accepted},
    {{}, "", 500, 504, denied},  // a server that does not speak as we do
    {{}, "", 521, 521, denied},  // takes no mail
    {{}, "", 530, 538, denied},  // wants TLS or a login, or another one (RFC 4954)
    {MailStage::session, "", 500, 599, denied},
    {MailStage::sender, "5.3.4", 500, 599, rejected},  // too large, by its announced size
    {MailStage::sender, "", 552, 552, rejected},       // the same (RFC 1870)
    {MailStage::sender, "", 500, 599, denied},
    {MailStage::recipient, "5.7.", 500, 599, denied},   // no relay for us, a list that we are on
    {MailStage::recipient, "5.1.7", 500, 599, denied},  // our address is none
    {MailStage::recipient, "5.1.8", 500, 599, denied},  // our domain is none
    {MailStage::recipient, "", 500, 599, rejected},
    {MailStage::text, "", 500, 599, rejected},
};

constexpr size_t kSubjectCharactersMax = 40;

std::string subject_of(const OutgoingNotice& notice) {
  const std::string line = notice.text.substr(0, notice.text.find('\n'));
  return cut_message(line, kSubjectCharactersMax, TextUnit::characters);
}

Result<MailCall> call_of(const ChannelRule& rule, const Account& account) {
  auto starttls = account.flag("starttls", true);
  if (!starttls.ok()) return starttls.error();
  auto plain = account.flag("plain_login", false);
  if (!plain.ok()) return plain.error();
  MailCall call;
  call.url = rule.target;
  call.starttls = *starttls && rule.target.starts_with("smtp://");
  call.plain_login = *plain;
  call.user = account.text("user");
  call.password = account.text("password");
  call.sender = account.text("from");
  return call;
}

bool is_mail_address(std::string_view text) {
  const size_t at = text.find('@');
  const bool plain = text.find_first_of("<>,;: \t\r\n\"") == std::string_view::npos;
  return plain && at != std::string_view::npos && at > 0 && at + 1 < text.size();
}

}  // namespace

DeliveryOutcome outcome_of_mail(const MailAnswer& answer) {
  for (const MailMeaning& meaning : kMeanings) {
    const bool here = !meaning.stage || meaning.stage == answer.stage;
    const bool named = answer.code >= meaning.first && answer.code <= meaning.last;
    if (here && named && answer.enhanced.starts_with(meaning.enhanced)) return meaning.outcome;
  }
  return failed;
}

DeliveryReport MailChannel::deliver(const OutgoingNotice& notice) {
  auto account = read_account(
      rule().account_file.value_or(""),
      {{"from", true}, {"to"}, {"user"}, {"password"}, {"starttls"}, {"plain_login"}, {"ca_file"}});
  if (!account.ok()) return jieban::denied_by(account.error());
  auto call = call_of(rule(), *account);
  if (!call.ok()) return denied_by(call.error());
  const std::string& to = notice.address.empty() ? account->text("to") : notice.address;
  if (to.empty()) return {denied, "neither the notice nor the account names a mail address"};
  if (!is_mail_address(to)) return {rejected, "the recipient has no mail address"};
  const std::string id = mail_message_id(notice.notice_id, call->sender);
  call->recipients = {to};
  call->message = mail_message(
      {call->sender, to, subject_of(notice), shown_text(notice) + "\n", id, clock().now()});
  call->route = route_of(*account, timeouts());
  auto answer = send_mail(*call);
  if (!answer.ok()) {
    // A wrong sender, or a password without TLS: the account's fault, not the notice's.
    if (answer.error().code == ErrorCode::invalid) return denied_by(answer.error());
    return report_of(answer.error());
  }
  DeliveryReport report{outcome_of_mail(*answer)};
  if (report.outcome == accepted) {
    report.gateway_id = id;
  } else {
    report.error = "the mail server answered " + std::to_string(answer->code);
  }
  return report;
}

}  // namespace jieban
