// What a route receives and what it answers with.
//
// Errors are application/problem+json (RFC 9457), always with a `detail` that says what to do.
// Thread rule: plain values.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/clock.h"

namespace jieban {

using HttpHeaders = std::map<std::string, std::string, std::less<>>;

// Under its lower-case name; a repeated one is joined with ", ".
void add_http_header(HttpHeaders& headers, std::string name, const std::string& value);

struct HttpRequest {
  std::string method;
  std::string path;     // as sent, without the query
  HttpHeaders params;   // of the route's pattern, percent-decoded
  HttpHeaders query;    // percent-decoded; each name occurs once
  HttpHeaders headers;  // lower-case names; repeated ones joined with ", "
  std::string body;
  std::string principal;  // who asks, on an authenticated route

  // Empty when there is none.
  std::string_view header(std::string_view lower_case_name) const;
};

struct HttpResponse {
  int status = 200;
  std::string content_type;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;

  static HttpResponse json(int status, std::string body);
  static HttpResponse text(int status, std::string body);
  // `title` empty: the standard phrase of the status. `retry_after` above zero: a Retry-After
  // header in whole seconds, rounded up.
  static HttpResponse problem(int status, std::string_view title, std::string_view detail,
                              Duration retry_after = Duration::zero());
};

// "Not Found" for 404.
std::string_view http_status_phrase(int status);

}  // namespace jieban
