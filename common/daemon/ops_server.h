// OpsServer: metrics, health, and what `jieban` asks a daemon for.
//
// Open: /metrics, /healthz, /readyz. With the admin token: status, the stream, quarantine. Reads go
// over short read transactions; what changes something goes in as an input.
// Thread rule: publish() from the loop; routes are served from the server's threads.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "common/base/value.h"
#include "common/daemon/engine.h"
#include "common/http/server.h"
#include "common/metrics/metrics.h"

namespace jieban {

// What an order-by-order look at the loop's state gave, once in a while.
Value engine_status(const Engine& engine, const std::string& daemon, const Clock& clock,
                    uint64_t quarantine_size, Duration now);

class OpsServer {
 public:
  OpsServer(const std::string& address, Authenticate admin, MetricRegistry& metrics,
            Engine& engine);
  Result<void> start() { return server_.start(); }
  void stop() { server_.stop(); }
  // REQUIRES: started.
  uint16_t port() const { return server_.port(); }
  // `not_ready` empty: ready.
  void publish(Value status, std::string not_ready);

 private:
  void declare_open_routes(MetricRegistry& metrics);
  void declare_admin_routes();
  HttpResponse show_stream(const HttpRequest& request) const;
  HttpResponse verify_stream() const;
  HttpResponse list_quarantine() const;
  HttpResponse show_quarantine(const HttpRequest& request) const;
  HttpResponse settle(const HttpRequest& request, std::string_view topic);

  HttpServer server_;
  Engine& engine_;
  std::mutex mutex_;  // guards the two below
  Value status_;
  std::string not_ready_ = "starting";
};

}  // namespace jieban
