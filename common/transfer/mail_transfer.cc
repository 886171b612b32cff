#include "common/transfer/mail_transfer.h"

#include <algorithm>
#include <array>

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

// What was said and answered, as far as it tells the stage. Neither is kept or printed: the login
// goes by here too.
struct Talk {
  MailStage stage = MailStage::session;
  std::string enhanced{};
  bool over = false;
};

struct StageRow {
  std::string_view command;
  MailStage stage;
};

// A whole line where no blank follows: a login's base64 may begin with any letters.
constexpr std::array<StageRow, 3> kStages = {{{"MAIL FROM:", MailStage::sender},
                                              {"RCPT TO:", MailStage::recipient},
                                              {"DATA\r", MailStage::text}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// RFC 3463: class.subject.detail, with a class that is the code's own.
std::string enhanced_in(std::string_view line) {
  constexpr size_t kBegin = 4;  // behind "550 " or "550-"
  constexpr size_t kDigitsMax = 3;
  if (line.size() <= kBegin || line[0] != line[kBegin]) return {};
  std::string_view status = line.substr(kBegin);
  status = status.substr(0, status.find_first_of(" \r\n"));
  size_t numbers = 0;
  for (std::string_view rest = status; numbers < 4; ++numbers) {
    const size_t dot = std::min(rest.find('.'), rest.size());
    const std::string_view number = rest.substr(0, dot);
    const bool whole =
        !number.empty() && number.size() <= kDigitsMax && std::ranges::all_of(number, is_digit);
    if (!whole) return {};
    if (dot == rest.size()) return numbers == 2 ? std::string(status) : std::string();
    rest.remove_prefix(dot + 1);
  }
  return {};
}

int on_talk(CURL*, curl_infotype kind, char* bytes, size_t size, void* target) {
  auto& talk = *static_cast<Talk*>(target);
  const std::string_view line(bytes, size);
  if (kind == CURLINFO_HEADER_OUT) {
    talk.over = talk.over || line.starts_with("QUIT\r");
    if (!talk.over) talk.enhanced.clear();
    const auto* row = std::ranges::find_if(
        kStages, [&](const StageRow& each) { return line.starts_with(each.command); });
    if (row != kStages.end()) talk.stage = row->stage;
  }
  if (kind == CURLINFO_HEADER_IN && !talk.over) talk.enhanced = enhanced_in(line);
  return 0;
}

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

void watch(EasyHandle& handle, Talk& talk) {
  CURL* curl = handle.get();
  curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, on_talk);
  curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &talk);
  curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);  // without it the function is never called
}

}  // namespace

Result<MailAnswer> send_mail(const MailCall& call) {
  RETURN_IF_ERROR(check(call));
  auto handle = EasyHandle::open(call.url, "smtp,smtps", call.route);
  if (!handle.ok()) return handle.error();
  Leaving leaving{call.message};
  Talk talk;
  set_login(**handle, call);
  set_message(**handle, call, leaving);
  watch(**handle, talk);
  CURLcode code = (*handle)->perform();
  const int status = (*handle)->status();
  if (code == CURLE_OK || status >= 400) {
    return MailAnswer{status, talk.stage, talk.enhanced};
  }
  Error error = (*handle)->error(code);
  if (status != kGoAhead) error.code = ErrorCode::unavailable;
  return error;
}

}  // namespace jieban
