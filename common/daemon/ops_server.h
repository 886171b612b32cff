// OpsServer: metrics, health, and what `jieban` asks a daemon for.
//
// Open: /metrics, /healthz, /readyz. With the admin token: status, the stream, quarantine. Reads go
// over short read transactions; what changes something goes in as an input.
//
// /healthz: whether the daemon can do its own work; 503 with the ailment, one line "WORD: why":
//   loop     the loop has published nothing for too long
//   store    the store or the disk is full, and nothing is written
//   rules    the rules of its files are not in force since the start
//   channel  a thread that has to send does not come round any more
// jieban-last-call reads the word. Upstreams are no part of it: that one is away is told by the
// others. /readyz: healthy, and it has caught up with its upstreams.
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
  // As long as the watchdog of the units waits.
  static constexpr Duration kStandstill = std::chrono::seconds(30);

  OpsServer(const std::string& address, Authenticate admin, MetricRegistry& metrics, Engine& engine,
            Duration standstill = kStandstill);
  Result<void> start() { return server_.start(); }
  void stop() { server_.stop(); }
  // REQUIRES: started.
  uint16_t port() const { return server_.port(); }
  // `not_ready` empty: ready; `ailment` empty: healthy.
  void publish(Value status, std::string not_ready, std::string ailment = "");

 private:
  void declare_open_routes(MetricRegistry& metrics);
  void declare_admin_routes();
  std::string ailment() const;
  HttpResponse show_stream(const HttpRequest& request) const;
  HttpResponse verify_stream() const;
  HttpResponse list_quarantine() const;
  HttpResponse show_quarantine(const HttpRequest& request) const;
  HttpResponse settle(const HttpRequest& request, std::string_view topic);

  HttpServer server_;
  Engine& engine_;
  const Duration standstill_;
  mutable std::mutex mutex_;  // guards what is below
  Value status_;
  std::string not_ready_ = "starting";
  std::string ailment_;
  Duration published_at_;  // monotonic; at first, when it was made
};

}  // namespace jieban
