// Calls to other servers: gateways, and our own daemons in tests and tools. Plain HTTP only.
//
// Promises: every call ends: connecting, each pause and the whole reply are limited in time, the
// reply in size. Redirects are not followed, nothing is retried, replies are not decompressed.
// Any status that arrives is a reply, not an error.
// What fails and how: `invalid` for a malformed address or header; `unavailable` when no connection
// could be made, so that nothing was sent; `limit` for a reply that is too long; `io` otherwise:
// the request may or may not have been carried out. A server that speaks nonsense gives `io`.
// Thread rule: http_call from any thread; an HttpConnection belongs to one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/clock.h"
#include "common/base/limits.h"
#include "common/base/result.h"
#include "common/http/message.h"

namespace httplib {
class Client;
}

namespace jieban {

struct HttpTimeouts {
  Duration connect = std::chrono::seconds(2);
  Duration read = std::chrono::seconds(5);    // one pause
  Duration reply = std::chrono::seconds(30);  // all of the body
  size_t reply_bytes_max = limits::kRequestBytesMax;
};

struct HttpCall {
  std::string url{};  // "http://host:port/path?query", escaped where needed
  std::string method = "GET";
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};
  HttpTimeouts timeouts{};
};

struct HttpReply {
  int status = 0;
  HttpHeaders headers;  // lower-case names
  std::string body;
};

Result<HttpReply> http_call(const HttpCall& call);

// Keeps one connection to one server open over many calls; connects anew when it was closed.
class HttpConnection {
 public:
  // `base`: "http://host:port". Does not connect yet.
  static Result<HttpConnection> open(std::string_view base, const HttpTimeouts& timeouts = {});
  HttpConnection(HttpConnection&&) noexcept;
  HttpConnection& operator=(HttpConnection&&) noexcept;
  ~HttpConnection();

  // `call.url` is the target alone: "/path?query". `call.timeouts` is not looked at.
  Result<HttpReply> call(const HttpCall& call);

 private:
  HttpConnection(std::unique_ptr<httplib::Client> client, const HttpTimeouts& timeouts);
  std::unique_ptr<httplib::Client> client_;
  HttpTimeouts timeouts_;
};

}  // namespace jieban
