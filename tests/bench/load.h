// The load: invented orders of exactly 500 bytes of JSON each, and clients that push them through
// the door as the city does, with a bearer token over connections that stay open.
//
// What fails and how: the error of the door; a 503 is waited out, as a client must. An order that
// the door rejects is an error too: the load is wrong then.
// Thread rule: OrderText is const and may be shared; a Pusher belongs to one thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "common/base/clock.h"
#include "tools/site/client.h"
#include "tools/site/site.h"

namespace jieban::bench {

constexpr size_t kOrderBytes = 500;

class OrderText {
 public:
  // Orders called in at about `now`.
  explicit OrderText(Timestamp now);
  // Appends order `number` (below 10^9) as a JSON object of kOrderBytes.
  void append(uint64_t number, std::string& out) const;
  // The body of a push of orders [first, first + count).
  std::string batch(uint64_t first, uint64_t count) const;

 private:
  std::string day_;    // "261122"
  std::string times_;  // the members that tell a time
};

class Pusher {
 public:
  static Result<Pusher> open(const Site& site);
  // Returns when the door has answered that it took all `count` orders of the body.
  Result<void> push(const std::string& body, uint64_t count);
  uint64_t refused() const { return refused_; }  // answers 503

 private:
  explicit Pusher(DaemonClient door) : door_(std::move(door)) {}
  DaemonClient door_;
  uint64_t refused_ = 0;
};

struct LoadPlan {
  uint64_t first = 0;
  uint64_t orders = 0;
  uint64_t batch = 250;
  unsigned connections = 4;
};

// Pushes all orders of the plan over its connections, each as fast as the door answers. `done`
// counts the orders that were taken.
Result<void> push_all(const Site& site, const OrderText& text, const LoadPlan& plan,
                      std::atomic<uint64_t>& done);

}  // namespace jieban::bench
