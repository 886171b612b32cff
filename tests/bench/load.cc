#include "tests/bench/load.h"

#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "tests/bench/street.h"

namespace jieban::bench {
namespace {

constexpr std::chrono::milliseconds kRefusedPause{50};

}  // namespace

Result<Pusher> Pusher::open(const Site& site) {
  auto door = DaemonClient::api(site, "receiver", "city");
  if (!door.ok()) return door.error();
  return Pusher(std::move(*door));
}

Result<void> Pusher::push(const std::string& body, uint64_t count) {
  while (true) {
    auto answer = door_.post("/api/v1/orders", body);
    if (!answer.ok()) return answer.error();
    if (answer->status == 503) {
      ++refused_;
      pass(kRefusedPause);
      continue;
    }
    auto value = value_of(std::move(*answer));
    if (!value.ok()) return value.error();
    if (uint64_t(integer_at(*value, "accepted")) == count) return {};
    return Error{ErrorCode::invalid, "the door did not take every order: " +
                                         std::to_string(integer_at(*value, "accepted")) + " of " +
                                         std::to_string(count)};
  }
}

Result<void> push_all(const Site& site, const OrderText& text, const LoadPlan& plan,
                      std::atomic<uint64_t>& done) {
  std::atomic<uint64_t> next = plan.first;
  const uint64_t end = plan.first + plan.orders;
  std::mutex mutex;
  std::optional<Error> failure;
  auto client = [&] {
    auto pushed = [&]() -> Result<void> {
      auto pusher = Pusher::open(site);
      if (!pusher.ok()) return pusher.error();
      for (uint64_t first = next.fetch_add(plan.batch); first < end;
           first = next.fetch_add(plan.batch)) {
        const uint64_t count = std::min(plan.batch, end - first);
        RETURN_IF_ERROR(pusher->push(text.batch(first, count), count));
        done += count;
      }
      return {};
    }();
    if (pushed.ok()) return;
    next = end;
    const std::lock_guard<std::mutex> guard(mutex);
    failure = pushed.error();
  };
  std::vector<std::thread> clients;
  for (unsigned i = 0; i < plan.connections; ++i) clients.emplace_back(client);
  for (std::thread& thread : clients) thread.join();
  if (failure) return *failure;
  return {};
}

}  // namespace jieban::bench
