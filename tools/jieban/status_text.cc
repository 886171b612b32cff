#include "tools/jieban/status_text.h"

#include "common/config/scalar.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

// The daemon's part of "110102007.router".
std::string short_stream(const std::string& stream) { return stream.substr(stream.rfind('.') + 1); }

// "router 42/50" for each stream it follows: applied, and the head when they differ.
std::string cursors_text(const Value& status) {
  std::string text;
  for (const Value& upstream : array_at(status, "upstreams")) {
    if (!text.empty()) text += ", ";
    text += short_stream(text_at(upstream, "stream")) + " " + text_at(upstream, "applied");
    if (integer_at(upstream, "lag") > 0) text += "/" + text_at(upstream, "head");
    if (boolean_at(upstream, "diverged")) text += " DIVERGED";
  }
  return text;
}

int64_t largest_lag(const Value& status, std::string_view list) {
  int64_t largest = 0;
  for (const Value& one : array_at(status, list)) {
    largest = std::max(largest, integer_at(one, "lag"));
  }
  return largest;
}

std::string whole_mebibytes(int64_t bytes) {
  constexpr int64_t kMebibyte = 1 << 20;
  return format_size(size_t((bytes + kMebibyte - 1) / kMebibyte * kMebibyte));
}

std::string store_text(const Value& status) {
  const Value* store = status.find("store");
  if (store == nullptr) return {};
  return whole_mebibytes(integer_at(*store, "used_bytes")) + " of " +
         whole_mebibytes(integer_at(*store, "map_bytes"));
}

}  // namespace

std::vector<std::string> status_headings() {
  return {"daemon",  "condition",   ">head", "applied", ">lag",
          ">behind", ">quarantine", "store", "clock"};
}

std::string condition(const Value& status) {
  if (boolean_at(status, "stalled")) return "STALLED";
  if (boolean_at(status, "intake_refused")) return "store full";
  return boolean_at(status, "ready") ? "ready" : "catching up";
}

std::vector<std::string> status_row(const std::string& daemon, const Value& status) {
  return {daemon,
          condition(status),
          text_at(status, "head"),
          cursors_text(status),
          std::to_string(largest_lag(status, "upstreams")),
          std::to_string(largest_lag(status, "consumers")),
          text_at(status, "quarantine"),
          store_text(status),
          text_at(status, "now")};
}

std::vector<std::string> down_row(const std::string& daemon, const Error& error) {
  const bool down = error.code == ErrorCode::unavailable;
  return {daemon, down ? "DOWN" : error.message, "", "", "", "", "", "", ""};
}

}  // namespace jieban
