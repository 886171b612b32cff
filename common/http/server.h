// HttpServer: the door of a daemon and its metrics page, with limits.
//
// Promises: cpp-httplib reads the header and prints the answer; sockets, time and size limits,
// routing and authentication are ours. Every error is problem+json: 400 malformed, 401 not
// authenticated (before the body is read), 404, 405 with Allow, 408 body too slow, 411 without
// Content-Length, 413 too large (before the body is read), 415 compressed body, 500 when a route
// throws (which never ends the daemon). Clients that stall hold no thread before their first byte
// and at most `read_timeout` after it; a request that drips must be complete in `request_timeout`.
// What fails and how: start returns `invalid` for a bad address, `conflict` for a port in use.
// Routes are declared before start; declaring one twice is our own error: CHECK.
// Thread rule: route, start and stop from one thread; routes are called from `thread_count` threads
// at once and must be ready for it. stop waits for the calls that are running.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/base/limits.h"
#include "common/base/result.h"
#include "common/http/message.h"

namespace jieban {

enum class Access { open, authenticated };

// Gives the principal; the code of an error decides: `unavailable` is answered with 503, `refused`
// with 403, all else with 401. The message goes to the client.
using Authenticate = std::function<Result<std::string>(const HttpRequest&)>;
using Respond = std::function<HttpResponse(const HttpRequest&)>;

class HttpServer {
 public:
  struct Options {
    std::string address = "127.0.0.1:0";  // port 0: any free one
    bool beyond_loopback = false;
    size_t thread_count = 8;
    size_t body_bytes_max = limits::kRequestBytesMax;
    size_t connections_max = 512;
    size_t requests_per_connection_max = 10'000;  // then the client connects anew
    Duration read_timeout = std::chrono::seconds(2);
    Duration request_timeout = std::chrono::seconds(10);
    Duration idle_timeout = std::chrono::seconds(15);
  };

  // Without `authenticate`, authenticated routes answer 401 to everyone.
  explicit HttpServer(Options options, Authenticate authenticate = nullptr);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // `pattern`: "/api/v1/orders/{order_no}".
  void route(std::string_view method, std::string_view pattern, Respond respond,
             Access access = Access::authenticated);
  Result<void> start();
  // REQUIRES: started.
  uint16_t port() const;
  void stop();

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace jieban
