#include "common/bus/zmq_transport.h"

#include <algorithm>
#include <zmq.hpp>

#include "common/base/file.h"
#include "common/base/limits.h"
#include "common/base/log.h"

namespace jieban {
namespace {

constexpr size_t kSocketPathMax = 107;  // sun_path without its terminating zero

// Milliseconds of what ZeroMQ waits for; see RELIABILITY §1, facts 9 and 10.
constexpr int kLinger = 1000;
constexpr int kReconnectMin = 50;
constexpr int kReconnectMax = 2000;

void set_common(zmq::socket_t& socket, int send_queue, int receive_queue) {
  socket.set(zmq::sockopt::sndhwm, send_queue);
  socket.set(zmq::sockopt::rcvhwm, receive_queue);
  socket.set(zmq::sockopt::maxmsgsize, int64_t(limits::kMessageBytesMax));
  socket.set(zmq::sockopt::reconnect_ivl, kReconnectMin);
  socket.set(zmq::sockopt::reconnect_ivl_max, kReconnectMax);
  socket.set(zmq::sockopt::linger, 0);
}

zmq::message_t to_message(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

// Receives all parts of the next message; empty when there is none.
std::vector<zmq::message_t> receive_parts(zmq::socket_t& socket) {
  std::vector<zmq::message_t> parts;
  while (true) {
    zmq::message_t part;
    if (!socket.recv(part, zmq::recv_flags::dontwait)) return {};
    bool more = part.more();
    parts.push_back(std::move(part));
    if (!more) return parts;
  }
}

}  // namespace

std::string socket_path(const std::string& directory, const std::string& daemon,
                        const std::string& channel) {
  return directory + "/" + daemon + "." + channel;
}

struct ZmqTransport::Sockets {
  explicit Sockets(const ZmqOptions& options)
      : context(1),
        stream(options.stream),
        events(context, zmq::socket_type::xpub),
        replay(context, zmq::socket_type::router) {}

  FileDescriptor lock;  // released last
  zmq::context_t context;
  std::string stream;
  zmq::socket_t events;
  zmq::socket_t replay;
  std::vector<zmq::socket_t> subscriptions;
  std::vector<zmq::socket_t> requests;
  size_t turn = 0;  // where receive() looks first, so that no upstream starves another
  std::vector<zmq::pollitem_t> items;

  void bind(const ZmqOptions& options) {
    set_common(events, limits::kSendQueueFrames, 0);
    events.set(zmq::sockopt::linger, kLinger);
    set_common(replay, limits::kSendQueueFrames, limits::kSendQueueFrames);
    replay.set(zmq::sockopt::router_mandatory, true);
    events.bind("ipc://" + socket_path(options.directory, options.daemon, "events"));
    replay.bind("ipc://" + socket_path(options.directory, options.daemon, "replay"));
  }

  void connect(const ZmqOptions& options, size_t index) {
    const std::string& daemon = options.upstreams[index];
    zmq::socket_t subscription(context, zmq::socket_type::sub);
    set_common(subscription, 0, limits::kReceiveQueueFrames);
    // The whole stream, in one subscription: topic filters would make gaps undetectable.
    subscription.set(zmq::sockopt::subscribe, options.upstream_streams[index]);
    subscription.connect("ipc://" + socket_path(options.directory, daemon, "events"));
    zmq::socket_t dealer(context, zmq::socket_type::dealer);
    set_common(dealer, limits::kReceiveQueueFrames, limits::kReceiveQueueFrames);
    // Requests to a publisher that is away are not piled up: the follower asks again.
    dealer.set(zmq::sockopt::immediate, true);
    dealer.connect("ipc://" + socket_path(options.directory, daemon, "replay"));
    subscriptions.push_back(std::move(subscription));
    requests.push_back(std::move(dealer));
  }

  void wait_for_all() {
    items.push_back({events.handle(), 0, ZMQ_POLLIN, 0});
    items.push_back({replay.handle(), 0, ZMQ_POLLIN, 0});
    for (auto& socket : subscriptions) items.push_back({socket.handle(), 0, ZMQ_POLLIN, 0});
    for (auto& socket : requests) items.push_back({socket.handle(), 0, ZMQ_POLLIN, 0});
  }

  bool receive_request(Arrival& out) {
    std::vector<zmq::message_t> parts = receive_parts(replay);
    if (parts.size() != 2) return false;
    out = {Arrival::Kind::request, 0, parts[0].to_string(), parts[1].to_string()};
    return true;
  }

  bool receive_frame(size_t upstream, Arrival& out) {
    std::vector<zmq::message_t> parts = receive_parts(requests[upstream]);
    if (parts.size() != 1) parts = receive_parts(subscriptions[upstream]);
    if (parts.empty()) return false;
    out = {Arrival::Kind::frame, upstream, {}, parts.back().to_string()};
    return true;
  }
};

ZmqTransport::ZmqTransport() = default;
ZmqTransport::~ZmqTransport() = default;

Result<std::unique_ptr<ZmqTransport>> ZmqTransport::open(const ZmqOptions& options) {
  CHECK(options.upstreams.size() == options.upstream_streams.size());
  if (options.directory.find("://") != std::string::npos) {
    return invalid("bus directory " + options.directory +
                   ": a directory for ipc sockets is wanted; tcp is not supported");
  }
  std::string longest = socket_path(options.directory, "sla-watcher", "events");
  if (longest.size() > kSocketPathMax) {
    return invalid("bus directory " + options.directory + " is too long for a socket path");
  }
  std::unique_ptr<ZmqTransport> transport(new ZmqTransport());
  auto lock = lock_file(socket_path(options.directory, options.daemon, "lock"));
  if (!lock.ok()) return lock.error().context("bus");
  try {
    transport->sockets_ = std::make_unique<Sockets>(options);
    transport->sockets_->lock = std::move(*lock);
    transport->sockets_->bind(options);
    for (size_t i = 0; i < options.upstreams.size(); ++i) transport->sockets_->connect(options, i);
  } catch (const zmq::error_t& error) {
    return Error{ErrorCode::io, "bus in " + options.directory + ": " + error.what()};
  }
  return transport;
}

void ZmqTransport::broadcast(std::string_view frame) {
  try {
    auto& socket = sockets_->events;
    auto topic = to_message(sockets_->stream);
    auto body = to_message(frame);
    if (socket.send(topic, zmq::send_flags::sndmore | zmq::send_flags::dontwait)) {
      (void)socket.send(body, zmq::send_flags::dontwait);
    }
  } catch (const zmq::error_t& error) {
    // Lost like any frame that the network loses; the next heartbeat tells the head.
    log(LogLevel::warning, "broadcast_failed", {{"why", error.what()}});
  }
}

void ZmqTransport::answer(const std::string& peer, std::string_view frame) {
  try {
    auto address = to_message(peer);
    auto body = to_message(frame);
    if (sockets_->replay.send(address, zmq::send_flags::sndmore | zmq::send_flags::dontwait)) {
      (void)sockets_->replay.send(body, zmq::send_flags::dontwait);
    }
  } catch (const zmq::error_t& error) {
    // EHOSTUNREACH: the subscriber went away between asking and being answered.
    log(LogLevel::debug, "answer_failed", {{"why", error.what()}});
  }
}

void ZmqTransport::request(size_t upstream, std::string_view bytes) {
  try {
    auto body = to_message(bytes);
    (void)sockets_->requests[upstream].send(body, zmq::send_flags::dontwait);
  } catch (const zmq::error_t& error) {
    log(LogLevel::debug, "request_failed", {{"why", error.what()}});
  }
}

bool ZmqTransport::receive(Arrival& out) {
  try {
    // Subscription notices of the XPUB socket are of no use, but must not pile up.
    while (!receive_parts(sockets_->events).empty()) {
    }
    size_t count = sockets_->requests.size();
    for (size_t i = 0; i <= count; ++i) {
      size_t source = (sockets_->turn + i) % (count + 1);
      bool found =
          source == count ? sockets_->receive_request(out) : sockets_->receive_frame(source, out);
      if (!found) continue;
      sockets_->turn = (source + 1) % (count + 1);
      return true;
    }
  } catch (const zmq::error_t& error) {
    if (error.num() != EINTR) log(LogLevel::warning, "receive_failed", {{"why", error.what()}});
  }
  return false;
}

void ZmqTransport::wait(std::span<const int> descriptors, Duration most, Heed heed) {
  auto& items = sockets_->items;
  items.clear();
  if (heed == Heed::all) sockets_->wait_for_all();
  for (int descriptor : descriptors) items.push_back({nullptr, descriptor, ZMQ_POLLIN, 0});
  // A deadline that has passed must not become the -1 that waits for ever.
  auto timeout = std::chrono::ceil<std::chrono::milliseconds>(std::max(most, Duration(0)));
  try {
    zmq::poll(items.data(), items.size(), timeout);
  } catch (const zmq::error_t& error) {
    if (error.num() != EINTR) log(LogLevel::warning, "poll_failed", {{"why", error.what()}});
  }
}

}  // namespace jieban
