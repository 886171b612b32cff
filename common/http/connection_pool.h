// Accepts connections and hands those with something to read to a fixed number of threads.
//
// Promises: a connection that sends nothing occupies no thread, only a place in epoll, and is
// closed after the idle time; the number of connections is bounded, the longest idle one making
// room for a new one. An accept that fails for want of descriptors is retried, never the end of the
// server. What fails and how: start returns `io` when epoll or an eventfd cannot be had. Thread
// rule: start and stop from one thread; `serve` is called from the pool's threads, never for one
// connection at once. stop waits for running calls of `serve`, and makes their reads end.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "common/base/file.h"
#include "common/base/result.h"
#include "common/http/connection.h"

namespace jieban {

struct PoolOptions {
  size_t thread_count = 8;
  size_t connections_max = 512;
  Duration idle_timeout = std::chrono::seconds(15);
  Duration write_timeout = std::chrono::seconds(5);
};

class ConnectionPool {
 public:
  // Serves one request; true to keep the connection.
  using Serve = std::function<bool(Connection&)>;

  ConnectionPool(FileDescriptor listener, const PoolOptions& options, Serve serve);
  ~ConnectionPool();
  ConnectionPool(const ConnectionPool&) = delete;
  ConnectionPool& operator=(const ConnectionPool&) = delete;

  Result<void> start();
  void stop();

 private:
  using Owned = std::unique_ptr<Connection>;

  void watch_loop();
  void accept_waiting();
  void make_ready(Connection* connection);
  void close_idle();
  bool make_room();
  void work_loop();
  void work(Owned connection);
  bool worth_waiting_for(const Connection& connection);
  void park(Owned connection);
  void forget(Owned connection);

  FileDescriptor listener_;
  const PoolOptions options_;
  const Serve serve_;
  FileDescriptor epoll_;
  FileDescriptor stop_event_;
  std::thread watcher_;
  std::vector<std::thread> workers_;

  std::mutex mutex_;  // guards all below
  std::condition_variable ready_changed_;
  std::unordered_map<Connection*, Owned> parked_;
  std::deque<Owned> ready_;
  std::unordered_set<Connection*> active_;
  bool stopping_ = false;
};

}  // namespace jieban
