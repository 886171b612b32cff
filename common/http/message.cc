#include "common/http/message.h"

#include <algorithm>
#include <array>

#include "common/base/bytes.h"

namespace jieban {
namespace {

struct StatusPhrase {
  int status;
  std::string_view phrase;
};

constexpr std::array<StatusPhrase, 22> kPhrases = {{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {411, "Length Required"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {507, "Insufficient Storage"},
}};

// common/json is a sibling; a problem needs no more than this.
std::string quoted(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  bool well_formed = is_utf8(text);
  std::string out = "\"";
  for (char c : text) {
    auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (code < 0x20) {
      out += "\\u00";
      out += kHex[code >> 4U];
      out += kHex[code & 0xfU];
    } else {
      out += code >= 0x80 && !well_formed ? '?' : c;
    }
  }
  return out + "\"";
}

}  // namespace

void add_http_header(HttpHeaders& headers, std::string name, const std::string& value) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
  auto [place, fresh] = headers.emplace(std::move(name), value);
  if (!fresh) place->second += ", " + value;
}

std::string_view HttpRequest::header(std::string_view lower_case_name) const {
  auto found = headers.find(lower_case_name);
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

HttpResponse HttpResponse::json(int status, std::string body) {
  return {status, "application/json", std::move(body), {}};
}

HttpResponse HttpResponse::text(int status, std::string body) {
  return {status, "text/plain; charset=utf-8", std::move(body), {}};
}

HttpResponse HttpResponse::problem(int status, std::string_view title, std::string_view detail,
                                   Duration retry_after) {
  if (title.empty()) title = http_status_phrase(status);
  std::string body = "{\"type\":\"about:blank\",\"title\":" + quoted(title) +
                     ",\"status\":" + std::to_string(status) + ",\"detail\":" + quoted(detail) +
                     "}";
  HttpResponse response{status, "application/problem+json", std::move(body), {}};
  if (retry_after > Duration::zero()) {
    auto seconds = std::chrono::ceil<std::chrono::seconds>(retry_after);
    response.headers.emplace_back("Retry-After", std::to_string(seconds.count()));
  }
  return response;
}

std::string_view http_status_phrase(int status) {
  const auto* found = std::find_if(kPhrases.begin(), kPhrases.end(),
                                   [&](const StatusPhrase& row) { return row.status == status; });
  return found == kPhrases.end() ? "Error" : found->phrase;
}

}  // namespace jieban
