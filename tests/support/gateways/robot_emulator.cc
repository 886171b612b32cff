#include "tests/support/gateways/robot_emulator.h"

#include <algorithm>

#include "common/base/check.h"

namespace jieban {

bool RateMemory::full(Timestamp now) {
  while (!times_.empty() && times_.front() + per_ <= now) times_.pop_front();
  return times_.size() >= count_;
}

std::string RobotEmulator::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(front_->port()) + path;
}

void RobotEmulator::answer_next(std::vector<int64_t> codes) {
  std::lock_guard<std::mutex> guard(mutex_);
  codes_.assign(codes.begin(), codes.end());
}

std::vector<Value> RobotEmulator::messages() const {
  std::lock_guard<std::mutex> guard(mutex_);
  return messages_;
}

size_t RobotEmulator::call_count() const {
  std::lock_guard<std::mutex> guard(mutex_);
  return calls_.size();
}

std::map<int64_t, size_t> RobotEmulator::refusals() const {
  std::lock_guard<std::mutex> guard(mutex_);
  return refusals_;
}

HttpRequest RobotEmulator::last_call() const {
  std::lock_guard<std::mutex> guard(mutex_);
  CHECK(!calls_.empty());
  return calls_.back();
}

void RobotEmulator::open(const std::string& pattern) {
  server_ = std::make_unique<HttpServer>(HttpServer::Options{});
  server_->route(
      "POST", pattern, [this](const HttpRequest& request) { return answer(request); },
      Access::open);
  CHECK(server_->start().ok());
  front_ = std::make_unique<FaultyFront>(server_->port());
}

void RobotEmulator::close() {
  front_.reset();
  server_.reset();
}

HttpResponse RobotEmulator::answer(const HttpRequest& request) {
  std::lock_guard<std::mutex> guard(mutex_);
  calls_.push_back(request);
  Value message;
  int64_t code = 0;
  if (codes_.empty()) {
    code = judge(request, message);
  } else {
    code = codes_.front();
    codes_.pop_front();
  }
  if (code == 0) {
    messages_.push_back(message);
  } else {
    ++refusals_[code];
  }
  HttpResponse response = HttpResponse::json(status_, reply(code));
  return response;
}

bool has_shape(const Value* value, const std::vector<std::string>& keys) {
  if (value == nullptr || value->object() == nullptr) return false;
  size_t known = 0;
  for (const std::string& key : keys) {
    const bool optional = key.starts_with('?');
    const bool there = value->find(optional ? key.substr(1) : key) != nullptr;
    if (!there && !optional) return false;
    if (there) ++known;
  }
  return known == value->object()->size();
}

}  // namespace jieban
