// A transport in memory: notes what is sent, and delivers what the test puts in.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "common/bus/transport.h"
#include "common/wire/frame.h"

namespace jieban {

class FakeTransport : public Transport {
 public:
  void broadcast(std::string_view frame) override {
    broadcasts.emplace_back(frame);
    if (on_broadcast) on_broadcast(frame);
  }
  void answer(const std::string& peer, std::string_view frame) override {
    answers.emplace_back(peer, frame);
  }
  void request(size_t upstream, std::string_view bytes) override {
    (void)upstream;
    requests.emplace_back(bytes);
    if (on_request) on_request();
  }
  bool receive(Arrival& out) override {
    if (arrivals.empty()) return false;
    out = std::move(arrivals.front());
    arrivals.pop_front();
    return true;
  }

  void deliver(std::string frame, size_t upstream = 0) {
    arrivals.push_back({Arrival::Kind::frame, upstream, "", std::move(frame)});
  }
  void ask(const FetchRequest& request) {
    arrivals.push_back({Arrival::Kind::request, 0, request.consumer, encode_fetch(request)});
  }
  void clear() {
    broadcasts.clear();
    answers.clear();
    requests.clear();
  }

  std::deque<Arrival> arrivals;
  std::vector<std::string> broadcasts;
  std::vector<std::pair<std::string, std::string>> answers;  // to whom, what
  std::vector<std::string> requests;
  std::function<void(std::string_view)> on_broadcast;
  std::function<void()> on_request;
};

}  // namespace jieban
