#include "tests/support/sim_network.h"

#include <algorithm>

#include "common/base/check.h"
#include "common/domain/topology.h"

namespace jieban {
namespace {

size_t upstream_index(const std::string& subscriber, const std::string& publisher) {
  std::vector<std::string> upstreams = upstreams_of(subscriber);
  auto found = std::ranges::find(upstreams, publisher);
  CHECK(found != upstreams.end());
  return size_t(found - upstreams.begin());
}

}  // namespace

class SimNetwork::Port : public Transport {
 public:
  Port(SimNetwork& network, std::string daemon, uint64_t incarnation, CrashFuse& fuse)
      : network_(network),
        daemon_(std::move(daemon)),
        peer_(daemon_ + "#" + std::to_string(incarnation)),
        upstreams_(upstreams_of(daemon_)),
        consumers_(consumers_of(daemon_)),
        fuse_(fuse) {}
  ~Port() override { network_.leave(daemon_); }

  void broadcast(std::string_view frame) override {
    fuse_.burn();
    for (const std::string& consumer : consumers_) send_frame(consumer, frame);
  }

  // An answer to a process that is gone reaches nobody.
  void answer(const std::string& peer, std::string_view frame) override {
    fuse_.burn();
    std::string asker = peer.substr(0, peer.find('#'));
    const Node& node = network_.nodes_.at(asker);
    if (peer != asker + "#" + std::to_string(node.incarnation)) return;
    send_frame(asker, frame);
  }

  void request(size_t upstream, std::string_view bytes) override {
    fuse_.burn();
    Arrival arrival{Arrival::Kind::request, 0, peer_, std::string(bytes)};
    network_.send(daemon_, upstreams_.at(upstream), arrival);
  }

  bool receive(Arrival& out) override {
    fuse_.burn();
    Mail& mail = network_.nodes_.at(daemon_).mail;
    if (mail.empty() || mail.begin()->first.first > network_.clock_.monotonic()) return false;
    out = std::move(mail.begin()->second);
    mail.erase(mail.begin());
    ++network_.traffic_.delivered;
    return true;
  }

 private:
  void send_frame(const std::string& to, std::string_view frame) {
    Arrival arrival{Arrival::Kind::frame, upstream_index(to, daemon_), {}, std::string(frame)};
    network_.send(daemon_, to, arrival);
  }

  SimNetwork& network_;
  std::string daemon_;
  std::string peer_;
  std::vector<std::string> upstreams_;
  std::vector<std::string> consumers_;
  CrashFuse& fuse_;
};

std::unique_ptr<Transport> SimNetwork::join(const std::string& daemon, CrashFuse& fuse) {
  Node& node = nodes_[daemon];
  CHECK(!node.up);
  node.up = true;
  return std::make_unique<Port>(*this, daemon, ++node.incarnation, fuse);
}

// A request waits in the asker's queue until the publisher is back; a frame that was sent to a
// subscriber dies with it.
void SimNetwork::leave(const std::string& daemon) {
  Node& node = nodes_.at(daemon);
  node.up = false;
  std::erase_if(node.mail, [&](const auto& entry) {
    return entry.second.kind == Arrival::Kind::frame || chance(500);
  });
}

void SimNetwork::cut(const std::string& one, const std::string& other) {
  cuts_.insert({one, other});
  cuts_.insert({other, one});
}

bool SimNetwork::severed(const std::string& one, const std::string& other) const {
  return cuts_.contains({one, other});
}

bool SimNetwork::quiet() const {
  return std::ranges::all_of(nodes_, [](const auto& entry) { return entry.second.mail.empty(); });
}

void SimNetwork::send(const std::string& from, const std::string& to, const Arrival& arrival) {
  ++traffic_.sent;
  auto node = nodes_.find(to);
  bool listens =
      node != nodes_.end() && (node->second.up || arrival.kind == Arrival::Kind::request);
  if (!listens || severed(from, to) || chance(weather_.drop)) {
    ++traffic_.dropped;
    return;
  }
  int copies = chance(weather_.duplicate) ? 2 : 1;
  if (copies > 1) ++traffic_.duplicated;
  for (int i = 0; i < copies; ++i) {
    Duration most = chance(weather_.late) ? weather_.late_max : weather_.delay_max;
    auto delay = Duration(random_.below(uint64_t(most.count()) + 1));
    node->second.mail.emplace(std::pair(clock_.monotonic() + delay, ++serial_), arrival);
  }
}

}  // namespace jieban
