#include "common/transfer/transfer.h"

#include <algorithm>

#include "common/transfer/easy_handle.h"

namespace jieban {
namespace {

bool is_visible(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

// No line break, with which a value would begin a header of its own.
bool is_line(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != '\x7f'; });
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// What a reply fills.
struct Arriving {
  WebReply reply;
  size_t bytes_max = 0;
  bool too_long = false;
};

size_t on_body(char* bytes, size_t one, size_t count, void* target) {
  auto& arriving = *static_cast<Arriving*>(target);
  const size_t size = one * count;
  const size_t room = arriving.bytes_max - arriving.reply.body.size();
  arriving.too_long = size > room;
  arriving.reply.body.append(bytes, std::min(size, room));
  return arriving.too_long ? 0 : size;
}

// A line at a time. A new status line begins the next answer: an interim one (1xx) is over.
size_t on_header(char* bytes, size_t one, size_t count, void* target) {
  auto& arriving = *static_cast<Arriving*>(target);
  std::string_view line(bytes, one * count);
  if (line.starts_with("HTTP/")) arriving.reply.headers.clear();
  size_t colon = line.find(':');
  if (colon == std::string_view::npos) return line.size();
  std::string name(line.substr(0, colon));
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  arriving.reply.headers.emplace_back(std::move(name), trimmed(line.substr(colon + 1)));
  return line.size();
}

Result<std::vector<std::string>> header_lines(const WebCall& call) {
  // Without the first two the library asks for permission to send a body, and names its kind.
  std::vector<std::string> lines = {"Expect:", "Accept: */*"};
  bool typed = false;
  for (const auto& [name, value] : call.headers) {
    if (name.empty() || !is_visible(name) || name.find(':') != std::string::npos ||
        !is_line(value)) {
      return invalid("a header has characters that it must not have");
    }
    typed = typed || name == "Content-Type";
    // The library's way of saying that a header is there and empty.
    lines.push_back(value.empty() ? name + ";" : name + ": " + value);
  }
  if (!typed) lines.emplace_back("Content-Type:");
  return lines;
}

void set_request(EasyHandle& handle, const WebCall& call) {
  CURL* curl = handle.get();
  curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
  curl_easy_setopt(curl, CURLOPT_HTTP09_ALLOWED, 0L);
  curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
  if (!call.body.empty() || call.method != "GET") {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(call.body.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call.body.data());
  }
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, call.method.c_str());
}

void set_reply(EasyHandle& handle, Arriving& arriving) {
  CURL* curl = handle.get();
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &arriving);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &arriving);
}

}  // namespace

std::string_view WebReply::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers) {
    if (name == lower_case_name) return value;
  }
  return {};
}

Result<WebReply> call_web(const WebCall& call) {
  if (!is_plain_url(call.url, {"http://", "https://"})) {
    return invalid("not an address to call, such as https://host:port/path");
  }
  if (call.method.empty() || !is_visible(call.method)) return invalid("not a method");
  auto lines = header_lines(call);
  if (!lines.ok()) return lines.error();
  auto handle = EasyHandle::open(call.url, "http,https", call.route);
  if (!handle.ok()) return handle.error();
  Arriving arriving;
  arriving.bytes_max = call.route.reply_bytes_max;
  set_request(**handle, call);
  set_reply(**handle, arriving);
  curl_easy_setopt((*handle)->get(), CURLOPT_HTTPHEADER, (*handle)->list_of(*lines));
  CURLcode code = (*handle)->perform();
  const bool cut = arriving.too_long && call.reply_body == ReplyBody::cut;
  if (arriving.too_long && !cut) {
    return Error{ErrorCode::limit,
                 "the reply is longer than " + std::to_string(arriving.bytes_max) + " bytes"};
  }
  if (code != CURLE_OK && !cut) return (*handle)->error(code);
  arriving.reply.status = (*handle)->status();
  return std::move(arriving.reply);
}

}  // namespace jieban
