#include "tests/bench/gateway_sink.h"

#include <algorithm>

namespace jieban::bench {
namespace {

constexpr std::string_view kPrefix = "NB";
constexpr size_t kDigits = 9;
constexpr size_t kLength = kPrefix.size() + kDigits;
constexpr std::array<const char*, 2> kPaths = {"/cgi-bin/sendsms", "/hook"};
constexpr std::array<HttpResponse (*)(), 2> kAnswers = {
    [] { return HttpResponse::text(202, "0: Accepted for delivery"); },
    [] { return HttpResponse::text(200, ""); }};

// Where one begins, from `from` on.
size_t next_order_no(std::string_view text, size_t from) {
  for (size_t at = text.find(kPrefix, from); at != std::string_view::npos;
       at = text.find(kPrefix, at + 1)) {
    const std::string_view digits = text.substr(at + kPrefix.size(), kDigits);
    const bool all = digits.size() == kDigits &&
                     std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    if (all) return at;
  }
  return std::string_view::npos;
}

}  // namespace

std::string bench_order_no(uint64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(kPrefix) + std::string(kDigits - digits.size(), '0') + digits;
}

std::string order_no_in(std::string_view text) {
  const size_t at = next_order_no(text, 0);
  return at == std::string_view::npos ? "" : std::string(text.substr(at, kLength));
}

std::vector<std::string> order_nos_in(std::string_view text) {
  std::vector<std::string> all;
  for (size_t at = next_order_no(text, 0); at != std::string_view::npos;
       at = next_order_no(text, at + kLength)) {
    all.emplace_back(text.substr(at, kLength));
  }
  return all;
}

GatewaySink::GatewaySink() : server_({}) {
  for (Gateway gateway : {Gateway::sms, Gateway::webhook}) {
    const auto place = size_t(gateway);
    server_.route(
        "POST", kPaths.at(place),
        [this, gateway, place](const HttpRequest& request) {
          note(gateway, request.body);
          return kAnswers.at(place)();
        },
        Access::open);
  }
}

std::string GatewaySink::url(Gateway gateway) const {
  return "http://127.0.0.1:" + std::to_string(server_.port()) + kPaths.at(size_t(gateway));
}

void GatewaySink::note(Gateway gateway, std::string_view body) {
  const Duration now = monotonic_now();
  const std::string order_no = order_no_in(body);
  std::lock_guard<std::mutex> guard(mutex_);
  Told& told = told_.at(size_t(gateway));
  ++told.requests;
  if (!order_no.empty()) told.first.emplace(order_no, now);
}

GatewaySink::Told GatewaySink::told(Gateway gateway) const {
  std::lock_guard<std::mutex> guard(mutex_);
  return told_.at(size_t(gateway));
}

std::map<std::string, Duration> GatewaySink::arrivals(Gateway gateway) const {
  std::lock_guard<std::mutex> guard(mutex_);
  return told_.at(size_t(gateway)).first;
}

size_t GatewaySink::orders(Gateway gateway) const {
  std::lock_guard<std::mutex> guard(mutex_);
  return told_.at(size_t(gateway)).first.size();
}

uint64_t GatewaySink::requests(Gateway gateway) const {
  std::lock_guard<std::mutex> guard(mutex_);
  return told_.at(size_t(gateway)).requests;
}

}  // namespace jieban::bench
