// The load: clients that push invented orders (order_text.h) through the door as the city does,
// with a bearer token over connections that stay open.
//
// What fails and how: the error of the door; a 503 is waited out, as a client must. An order that
// the door rejects is an error too: the load is wrong then.
// Thread rule: a Pusher belongs to one thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "tests/bench/order_text.h"
#include "tools/site/client.h"
#include "tools/site/site.h"

namespace jieban::bench {

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
