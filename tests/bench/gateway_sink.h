// GatewaySink: gateways on loopback that take everything at once and note when: one that answers as
// Kannel's sendsms does, and one for a webhook.
//
// An order is known by its number in the body ("NB" and nine digits). What is noted is the moment
// at which the whole request was read. What fails and how: start() as the server does. Thread rule:
// start from one thread; the questions may be asked from any.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/http/server.h"

namespace jieban::bench {

enum class Gateway { sms, webhook };

class GatewaySink {
 public:
  struct Told {
    std::map<std::string, Duration> first;  // by order
    uint64_t requests = 0;
  };

  GatewaySink();
  Result<void> start() { return server_.start(); }
  std::string url(Gateway gateway) const;

  // Orders of which the gateway was told, each with the moment of the first time.
  std::map<std::string, Duration> arrivals(Gateway gateway) const;
  size_t orders(Gateway gateway) const;
  uint64_t requests(Gateway gateway) const;

  // Both of one instant.
  Told told(Gateway gateway) const;

 private:
  void note(Gateway gateway, std::string_view body);

  HttpServer server_;
  mutable std::mutex mutex_;
  std::array<Told, 2> told_;
};

// The number of an order in a text, the first; empty when there is none.
std::string order_no_in(std::string_view text);
std::vector<std::string> order_nos_in(std::string_view text);
std::string bench_order_no(uint64_t number);

}  // namespace jieban::bench
