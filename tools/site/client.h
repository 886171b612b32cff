// One daemon, asked over HTTP with its token, over one connection that stays open.
//
// What fails and how: `unauthenticated` when the site has no token to ask with; `unavailable` when
// the daemon cannot be reached, or stops answering (whether it did what was asked is then unknown).
// An answer that is an error becomes an Error by value_of: 401 `unauthenticated`, 404 `not_found`,
// 409 `refused`, 503 `full`, other 4xx `invalid`, else `internal`, with the daemon's own words.
// Thread rule: one thread per client.
#pragma once

#include <string>
#include <string_view>

#include "common/base/result.h"
#include "common/base/value.h"
#include "common/http/client.h"
#include "common/http/percent_encoding.h"  // for what stands in a target
#include "tools/site/site.h"

namespace jieban {

struct Answer {
  int status = 0;
  std::string text;  // the body as it came
  Value value;       // the body, when it is JSON
};

class DaemonClient {
 public:
  // To the administration side and the API of a daemon of the site. `app_id` chooses the token.
  static Result<DaemonClient> ops(const Site& site, std::string_view daemon,
                                  const HttpTimeouts& timeouts = {});
  static Result<DaemonClient> api(const Site& site, std::string_view daemon,
                                  std::string_view app_id = "desk",
                                  const HttpTimeouts& timeouts = {});

  Result<Answer> get(const std::string& target) { return call("GET", target, {}); }
  Result<Answer> post(const std::string& target, std::string body = {}) {
    return call("POST", target, std::move(body));
  }
  // A body that is no JSON.
  Result<Answer> upload(const std::string& target, std::string body, const std::string& type) {
    return call("POST", target, std::move(body), type);
  }
  Result<Answer> remove(const std::string& target) { return call("DELETE", target, {}); }
  // get and value_of in one.
  Result<Value> get_value(const std::string& target);

 private:
  DaemonClient(HttpConnection connection, std::string token, std::string who)
      : connection_(std::move(connection)), token_(std::move(token)), who_(std::move(who)) {}
  static Result<DaemonClient> open(const Site& site, const std::string& address, std::string token,
                                   std::string_view daemon, const HttpTimeouts& timeouts);
  Result<Answer> call(const std::string& method, const std::string& target, std::string body,
                      const std::string& type = "application/json");

  HttpConnection connection_;
  std::string token_;
  std::string who_;  // for messages
};

Result<Value> value_of(Answer answer);

// Members of an object as tools show them: "" or 0 when missing or of another kind.
std::string text_at(const Value& value, std::string_view key);
int64_t integer_at(const Value& value, std::string_view key);
bool boolean_at(const Value& value, std::string_view key);
const Value::Array& array_at(const Value& value, std::string_view key);
// Any scalar as text.
std::string scalar_text(const Value& value);

}  // namespace jieban
