// RobotEmulator: what the gateways of the robots and of the text messages have in common.
//
// As strict as the vendor: kind of content, shape of the body with no unknown key, sizes, key,
// signature and its time, and how often (DOMAIN §15). It takes a message on only when all is well,
// judges in that order, and answers with the vendor's codes and HTTP 200. In front of it stands a
// FaultyFront, which spoils what comes back.
// Thread rule: one thread besides the server's own; step the clock between calls.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/base/value.h"
#include "common/http/server.h"
#include "tests/support/gateways/faulty_front.h"

namespace jieban {

// At most `count` in any stretch of `per`.
class RateMemory {
 public:
  RateMemory(size_t count, Duration per) : count_(count), per_(per) {}
  bool full(Timestamp now);
  void add(Timestamp now) { times_.push_back(now); }

 private:
  size_t count_;
  Duration per_;
  std::deque<Timestamp> times_;
};

class RobotEmulator {
 public:
  virtual ~RobotEmulator() = default;
  RobotEmulator(const RobotEmulator&) = delete;
  RobotEmulator& operator=(const RobotEmulator&) = delete;

  // "http://127.0.0.1:port" and the path that it serves.
  std::string url(const std::string& path) const;
  void spoil(Fault fault) { front_->set(fault); }
  // The next answers, instead of what is right; then as it should be again. Not taken on.
  void answer_next(std::vector<int64_t> codes);
  // An HTTP status instead of 200, with the same body.
  void set_status(int status) { status_ = status; }
  // What was taken on, in order.
  std::vector<Value> messages() const;
  size_t call_count() const;
  // How often it answered with which code but 0.
  std::map<int64_t, size_t> refusals() const;
  HttpRequest last_call() const;

 protected:
  explicit RobotEmulator(const Clock& clock) : clock_(clock) {}
  void open(const std::string& pattern);
  // Before anything of the derived class goes.
  void close();
  Timestamp now() const { return clock_.now(); }

  // 0 with the message, or the code that refuses it.
  virtual int64_t judge(const HttpRequest& request, Value& message) = 0;
  virtual std::string reply(int64_t code) const = 0;

 private:
  HttpResponse answer(const HttpRequest& request);

  const Clock& clock_;
  std::unique_ptr<HttpServer> server_;
  std::unique_ptr<FaultyFront> front_;
  mutable std::mutex mutex_;
  std::deque<int64_t> codes_;
  std::vector<Value> messages_;
  std::map<int64_t, size_t> refusals_;
  std::vector<HttpRequest> calls_;
  int status_ = 200;
};

// The keys of an object are these and no others; those with a '?' before them may be missing.
bool has_shape(const Value* value, const std::vector<std::string>& keys);

}  // namespace jieban
