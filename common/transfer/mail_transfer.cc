#include "common/transfer/mail_transfer.h"

#include <algorithm>

#include "common/transfer/easy_handle.h"

namespace jieban {
namespace {

// The server wants the text now; before that nothing can have gone out.
constexpr int kGoAhead = 354;

// Would otherwise end the command that it stands in and begin another one.
bool is_mailbox(std::string_view text) {
  bool plain = std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
  return plain && !text.empty() && text.find_first_of("<>") == std::string_view::npos;
}

struct Leaving {
  std::string_view rest;
};

size_t on_text(char* out, size_t one, size_t count, void* source) {
  auto& leaving = *static_cast<Leaving*>(source);
  const size_t size = std::min(one * count, leaving.rest.size());
  leaving.rest.copy(out, size);
  leaving.rest.remove_prefix(size);
  return size;
}

// What the server says is read by the library; it is not printed.
size_t swallow(char*, size_t one, size_t count, void*) { return one * count; }

Result<void> check(const MailCall& call) {
  if (!is_plain_url(call.url, {"smtp://", "smtps://"})) {
    return invalid("not the address of a mail server, such as smtp://host:port");
  }
  if (!is_mailbox(call.sender)) return invalid("not the address of a sender");
  if (call.recipients.empty()) return invalid("a mail without recipients");
  for (const std::string& recipient : call.recipients) {
    if (!is_mailbox(recipient)) return invalid("not the address of a recipient");
  }
  bool sealed = call.starttls || call.url.starts_with("smtps://");
  if (!call.user.empty() && !sealed && !call.plain_login) {
    return invalid("a password goes over TLS only: smtps:// or starttls");
  }
  return {};
}

void set_login(EasyHandle& handle, const MailCall& call) {
  CURL* curl = handle.get();
  curl_easy_setopt(curl, CURLOPT_USE_SSL, long{call.starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE});
  if (call.user.empty()) return;
  curl_easy_setopt(curl, CURLOPT_USERNAME, call.user.c_str());
  curl_easy_setopt(curl, CURLOPT_PASSWORD, call.password.c_str());
}

void set_message(EasyHandle& handle, const MailCall& call, Leaving& leaving) {
  CURL* curl = handle.get();
  const std::string sender = "<" + call.sender + ">";
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, sender.c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, handle.list_of(call.recipients));
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_text);
  curl_easy_setopt(curl, CURLOPT_READDATA, &leaving);
  curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, curl_off_t(call.message.size()));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, swallow);
}

}  // namespace

Result<int> send_mail(const MailCall& call) {
  RETURN_IF_ERROR(check(call));
  auto handle = EasyHandle::open(call.url, "smtp,smtps", call.route);
  if (!handle.ok()) return handle.error();
  Leaving leaving{call.message};
  set_login(**handle, call);
  set_message(**handle, call, leaving);
  CURLcode code = (*handle)->perform();
  const int status = (*handle)->status();
  if (code == CURLE_OK || status >= 400) return status;
  Error error = (*handle)->error(code);
  if (status != kGoAhead) error.code = ErrorCode::unavailable;
  return error;
}

}  // namespace jieban
