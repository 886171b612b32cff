#include "tests/bench/bare_stage.h"

#include <unistd.h>

#include <vector>
#include <zmq.hpp>

#include "common/base/file.h"
#include "common/base/limits.h"
#include "tests/bench/bare_store.h"

namespace jieban::bench {
namespace {

constexpr size_t kMadeBytes = 200;
constexpr size_t kStateBytes = 100;
constexpr int kUnlimited = 0;
constexpr int kDoorQueue = int(limits::kBatchEventsMax);  // a batch waits while one is committed
constexpr std::chrono::milliseconds kDoorPatience{60'000};

std::string endpoint(const std::string& root, std::string_view name) {
  return "ipc://" + root + "/" + std::string(name) + ".socket";
}

constexpr std::string_view kDoor = "door";

std::string_view order_of(const zmq::message_t& event) {
  return event.to_string_view().substr(0, kBareKeyBytes);
}

struct Sockets {
  Sockets(const BareStage& stage, const std::string& root)
      : context(1), events(context, zmq::socket_type::xpub) {
    if (stage.subscribers > 0) publish(stage, root);
    for (const std::string_view upstream : stage.upstreams) {
      if (!upstream.empty()) subscribe(endpoint(root, upstream));
    }
    if (sources.empty()) {
      zmq::socket_t door(context, zmq::socket_type::pull);
      door.set(zmq::sockopt::rcvhwm, kDoorQueue);
      door.bind(endpoint(root, kDoor));
      sources.push_back(std::move(door));
    }
    for (auto& source : sources) items.push_back({source.handle(), 0, ZMQ_POLLIN, 0});
    for (size_t i = 0; i < stage.subscribers; ++i) {
      zmq::message_t joined;
      (void)events.recv(joined);
    }
  }

  void publish(const BareStage& stage, const std::string& root) {
    events.set(zmq::sockopt::sndhwm, kUnlimited);
    events.set(zmq::sockopt::xpub_verbose, true);  // or only the first subscriber is told of
    events.bind(endpoint(root, stage.name));
  }

  void subscribe(const std::string& upstream) {
    zmq::socket_t subscription(context, zmq::socket_type::sub);
    subscription.set(zmq::sockopt::rcvhwm, kUnlimited);
    subscription.set(zmq::sockopt::reconnect_ivl, 1);  // the upstream may not have bound yet
    subscription.set(zmq::sockopt::subscribe, "");
    subscription.connect(upstream);
    sources.push_back(std::move(subscription));
  }

  zmq::context_t context;
  zmq::socket_t events;
  std::vector<zmq::socket_t> sources;
  std::vector<zmq::pollitem_t> items;
};

class Loop {
 public:
  Loop(const BareStage& stage, const std::string& root, BareStore store)
      : stage_(stage), sockets_(stage, root), store_(std::move(store)) {}

  Result<void> run() {
    while (true) {
      zmq::poll(sockets_.items);
      collect();
      if (batch_.empty()) continue;
      RETURN_IF_ERROR(write());
      for (zmq::message_t& event : out_) sockets_.events.send(event, zmq::send_flags::none);
    }
  }

 private:
  void collect() {
    batch_.clear();
    for (size_t i = 0; i < sockets_.sources.size(); ++i) {
      zmq::socket_t& source = sockets_.sources[(turn_ + i) % sockets_.sources.size()];
      while (batch_.size() < limits::kBatchEventsMax) {
        zmq::message_t event;
        if (!source.recv(event, zmq::recv_flags::dontwait)) break;
        batch_.push_back(std::move(event));
      }
    }
    ++turn_;
  }

  Result<void> write() {
    out_.clear();
    last_order_.clear();
    RETURN_IF_ERROR(store_.begin());
    for (zmq::message_t& event : batch_) {
      RETURN_IF_ERROR(note_state(order_of(event)));
      for (size_t i = 0; i < stage_.made; ++i) {
        made_.replace(0, kBareKeyBytes, order_of(event));
        out_.emplace_back(made_.data(), made_.size());
        RETURN_IF_ERROR(store_.append(made_));
      }
      if (!stage_.keeps) continue;
      RETURN_IF_ERROR(store_.append(event.to_string_view()));
      if (stage_.subscribers > 0) out_.push_back(std::move(event));
    }
    return store_.commit();
  }

  // Once for a run of events of one order, as they come from one upstream.
  Result<void> note_state(std::string_view order) {
    if (order == last_order_) return {};
    last_order_ = order;
    return store_.put_state(order, state_);
  }

  const BareStage& stage_;
  Sockets sockets_;
  BareStore store_;
  std::vector<zmq::message_t> batch_;
  std::vector<zmq::message_t> out_;
  std::string last_order_;
  std::string made_ = std::string(kMadeBytes, 'e');
  std::string state_ = std::string(kStateBytes, 's');
  size_t turn_ = 0;
};

Error zmq_failure(std::string_view what, const zmq::error_t& error) {
  return {ErrorCode::io, std::string(what) + ": " + error.what()};
}

}  // namespace

Result<void> run_bare_stage(const BareStage& stage, const std::string& root, int ready) {
  try {
    auto store = BareStore::open(root + "/" + std::string(stage.name));
    if (!store.ok()) return store.error();
    Loop loop(stage, root, std::move(*store));
    if (::write(ready, "r", 1) != 1) return system_error("saying that it is ready");
    return loop.run();
  } catch (const zmq::error_t& error) {
    return zmq_failure(stage.name, error);
  }
}

struct BareDoor::Socket {
  zmq::context_t context{1};
  zmq::socket_t push{context, zmq::socket_type::push};
};

BareDoor::BareDoor(std::unique_ptr<Socket> socket) : socket_(std::move(socket)) {}
BareDoor::BareDoor(BareDoor&& other) noexcept = default;
BareDoor::~BareDoor() = default;

Result<BareDoor> BareDoor::open(const std::string& root) {
  try {
    auto socket = std::make_unique<Socket>();
    socket->push.set(zmq::sockopt::sndhwm, kDoorQueue);
    socket->push.set(zmq::sockopt::sndtimeo, int(kDoorPatience.count()));
    socket->push.set(zmq::sockopt::linger, 0);
    socket->push.connect(endpoint(root, kDoor));
    return BareDoor(std::move(socket));
  } catch (const zmq::error_t& error) {
    return zmq_failure("the door", error);
  }
}

Result<void> BareDoor::push(std::string_view body) {
  try {
    if (socket_->push.send(zmq::buffer(body))) return {};
    return Error{ErrorCode::unavailable, "nobody takes the orders"};
  } catch (const zmq::error_t& error) {
    return zmq_failure("pushing an order", error);
  }
}

}  // namespace jieban::bench
