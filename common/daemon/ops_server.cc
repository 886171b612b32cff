#include "common/daemon/ops_server.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "common/domain/events.h"
#include "common/json/json.h"
#include "common/wire/record.h"

namespace jieban {
namespace {

constexpr uint64_t kStreamCountMax = 1000;
constexpr uint64_t kVerifyChunk = 10'000;  // records in one read transaction
constexpr char kVersion[] = "0.1.0";

uint64_t number_or(const HttpRequest& request, const char* name, uint64_t otherwise) {
  auto found = request.query.find(name);
  if (found == request.query.end()) return otherwise;
  const std::string& text = found->second;
  uint64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : otherwise;
}

HttpResponse answer(const Value& value) { return HttpResponse::json(200, to_json(value) + "\n"); }

HttpResponse failed(const Error& error) {
  struct Row {
    ErrorCode code;
    int status;
  };
  static constexpr std::array<Row, 4> kRows = {{{ErrorCode::not_found, 404},
                                                {ErrorCode::invalid, 400},
                                                {ErrorCode::full, 503},
                                                {ErrorCode::unavailable, 503}}};
  int status = 500;
  for (const Row& row : kRows) {
    if (row.code == error.code) status = row.status;
  }
  return HttpResponse::problem(status, "", error.message);
}

Value event_to_value(uint64_t sequence, std::string_view record) {
  Value out;
  out.set("sequence", sequence);
  auto event = decode_record(record);
  if (!event.ok()) return out.set("error", event.error().message);
  Value cause;
  cause.set("stream", event->cause.stream).set("sequence", event->cause.sequence);
  auto payload = payload_to_value(event->payload);
  return out.set("topic", event->topic)
      .set("at", format_local(event->occurred_at))
      .set("order_id", event->order_id)
      .set("actor", event->actor)
      .set("cause", std::move(cause))
      .set("payload", payload.ok() ? std::move(*payload) : Value(payload.error().message));
}

Value quarantine_to_value(const QuarantineRow& row) {
  Value out;
  return out.set("stream", row.stream)
      .set("sequence", row.sequence)
      .set("topic", row.topic)
      .set("order_id", row.order_id)
      .set("error", row.error)
      .set("at", format_local(row.at));
}

}  // namespace

Value engine_status(const Engine& engine, const std::string& daemon, const Clock& clock,
                    uint64_t quarantine_size, Duration now) {
  Value upstreams{Value::Array{}};
  for (const Follower& follower : engine.followers()) {
    Value row;
    bool heard = follower.heard_at().count() != 0;
    row.set("stream", follower.stream())
        .set("epoch", follower.epoch())
        .set("applied", follower.applied())
        .set("head", follower.head())
        .set("lag", follower.head() - std::min(follower.head(), follower.applied()))
        .set(
            "heard_seconds_ago",
            heard ? Value(int64_t((now - follower.heard_at()) / std::chrono::seconds(1))) : Value())
        .set("diverged", follower.diverged());
    upstreams.push(std::move(row));
  }
  uint64_t head = engine.fold().head();
  Value consumers{Value::Array{}};
  for (const auto& [name, state] : engine.consumers()) {
    Value row;
    consumers.push(row.set("name", name)
                       .set("applied", state.applied)
                       .set("lag", head - std::min(head, state.applied)));
  }
  const StoreUsage& usage = engine.usage();
  Value store;
  store.set("map_bytes", uint64_t(usage.map_bytes))
      .set("used_bytes", uint64_t(usage.used_bytes))
      .set("file_bytes", uint64_t(usage.file_bytes))
      .set("disk_free_bytes", uint64_t(usage.disk_free_bytes));
  Value status;
  return status.set("daemon", daemon)
      .set("version", kVersion)
      .set("pid", int64_t(::getpid()))
      .set("stream", engine.fold().stream())
      .set("epoch", engine.fold().epoch())
      .set("head", head)
      .set("ready", engine.caught_up() && !engine.stalled())
      .set("stalled", engine.stalled())
      .set("intake_refused", engine.intake_refused())
      .set("now", format_local(clock.now()))
      .set("upstreams", std::move(upstreams))
      .set("consumers", std::move(consumers))
      .set("quarantine", quarantine_size)
      .set("store", std::move(store));
}

OpsServer::OpsServer(const std::string& address, Authenticate admin, MetricRegistry& metrics,
                     Engine& engine, Duration standstill)
    : server_({.address = address, .thread_count = 4}, std::move(admin)),
      engine_(engine),
      standstill_(standstill),
      published_at_(monotonic_now()) {
  declare_open_routes(metrics);
  declare_admin_routes();
}

void OpsServer::publish(Value status, std::string not_ready, std::string ailment) {
  std::lock_guard<std::mutex> guard(mutex_);
  status_ = std::move(status);
  not_ready_ = std::move(not_ready);
  ailment_ = std::move(ailment);
  published_at_ = monotonic_now();
}

// Our threads answer for a loop that hangs, too.
std::string OpsServer::ailment() const {
  std::lock_guard<std::mutex> guard(mutex_);
  return monotonic_now() - published_at_ > standstill_ ? "loop: it stands still" : ailment_;
}

void OpsServer::declare_open_routes(MetricRegistry& metrics) {
  server_.route(
      "GET", "/metrics",
      [&metrics](const HttpRequest&) {
        HttpResponse response = HttpResponse::text(200, metrics.expose());
        response.content_type = MetricRegistry::kContentType;
        return response;
      },
      Access::open);
  server_.route(
      "GET", "/healthz",
      [this](const HttpRequest&) {
        const std::string why = ailment();
        return why.empty() ? HttpResponse::text(200, "alive\n")
                           : HttpResponse::text(503, why + "\n");
      },
      Access::open);
  server_.route(
      "GET", "/readyz",
      [this](const HttpRequest&) {
        std::lock_guard<std::mutex> guard(mutex_);
        if (not_ready_.empty()) return HttpResponse::text(200, "ready\n");
        return HttpResponse::text(503, not_ready_ + "\n");
      },
      Access::open);
}

void OpsServer::declare_admin_routes() {
  server_.route("GET", "/admin/status", [this](const HttpRequest&) {
    std::lock_guard<std::mutex> guard(mutex_);
    return answer(status_);
  });
  server_.route("GET", "/admin/stream",
                [this](const HttpRequest& request) { return show_stream(request); });
  server_.route("GET", "/admin/verify", [this](const HttpRequest&) { return verify_stream(); });
  server_.route("GET", "/admin/quarantine",
                [this](const HttpRequest&) { return list_quarantine(); });
  server_.route("GET", "/admin/quarantine/{stream}/{sequence}",
                [this](const HttpRequest& request) { return show_quarantine(request); });
  server_.route("POST", "/admin/quarantine/{stream}/{sequence}/retry",
                [this](const HttpRequest& request) { return settle(request, Fold::kRetryTopic); });
  server_.route("POST", "/admin/quarantine/{stream}/{sequence}/drop",
                [this](const HttpRequest& request) { return settle(request, Fold::kDropTopic); });
}

HttpResponse OpsServer::show_stream(const HttpRequest& request) const {
  const Fold& fold = engine_.fold();
  uint64_t count = std::min(number_or(request, "count", 100), kStreamCountMax);
  auto txn = fold.environment().read();
  if (!txn.ok()) return failed(txn.error());
  auto head = fold.outbox().head(*txn);
  if (!head.ok()) return failed(head.error());
  Value events{Value::Array{}};
  uint64_t from = std::max<uint64_t>(1, number_or(request, "from", 1));
  auto read = count == 0
                  ? Result<void>()
                  : fold.outbox().read(*txn, from, [&](uint64_t sequence, std::string_view record) {
                      events.push(event_to_value(sequence, record));
                      return events.array()->size() < count;
                    });
  if (!read.ok()) return failed(read.error());
  Value out;
  return answer(out.set("stream", fold.stream())
                    .set("epoch", fold.epoch())
                    .set("head", *head)
                    .set("events", std::move(events)));
}

// Walks the whole stream in chunks, so that no read transaction is long.
HttpResponse OpsServer::verify_stream() const {
  const Fold& fold = engine_.fold();
  uint64_t next = 0;
  uint64_t first = 0;
  uint64_t checked = 0;
  uint64_t head = 0;
  std::string wrong;
  for (bool more = true; more && wrong.empty();) {
    auto txn = fold.environment().read();
    if (!txn.ok()) return failed(txn.error());
    auto last = fold.outbox().head(*txn);
    auto lowest = fold.outbox().first(*txn);
    if (!last.ok() || !lowest.ok()) return failed(last.ok() ? lowest.error() : last.error());
    if (first == 0) first = *lowest;
    next = std::max(next, *lowest);  // retention may erase while we walk
    head = *last;
    uint64_t chunk = 0;
    auto read = fold.outbox().read(*txn, next, [&](uint64_t sequence, std::string_view record) {
      if (sequence != next) wrong = "sequence " + std::to_string(next) + " is missing";
      if (!decode_record(record).ok()) wrong = "record " + std::to_string(sequence) + " is damaged";
      ++next;
      ++checked;
      return wrong.empty() && ++chunk < kVerifyChunk;
    });
    if (!read.ok()) wrong = read.error().message;
    more = chunk == kVerifyChunk;
  }
  Value out;
  out.set("stream", fold.stream()).set("first", first).set("head", head).set("checked", checked);
  out.set("ok", wrong.empty());
  if (!wrong.empty()) out.set("error", wrong);
  return answer(out);
}

HttpResponse OpsServer::list_quarantine() const {
  const Fold& fold = engine_.fold();
  auto txn = fold.environment().read();
  if (!txn.ok()) return failed(txn.error());
  Value items{Value::Array{}};
  auto scanned = fold.quarantine().scan(*txn, {}, [&](std::string_view, const QuarantineRow& row) {
    items.push(quarantine_to_value(row));
    return items.array()->size() < kStreamCountMax;
  });
  if (!scanned.ok()) return failed(scanned.error());
  Value out;
  return answer(out.set("items", std::move(items)));
}

HttpResponse OpsServer::show_quarantine(const HttpRequest& request) const {
  const std::string& text = request.params.find("sequence")->second;
  uint64_t sequence = 0;
  (void)std::from_chars(text.data(), text.data() + text.size(), sequence);
  auto txn = engine_.fold().environment().read();
  if (!txn.ok()) return failed(txn.error());
  auto row = engine_.fold().quarantined(*txn, request.params.find("stream")->second, sequence);
  if (!row.ok()) return failed(row.error());
  if (!*row) return HttpResponse::problem(404, "", "nothing is quarantined there");
  Value out = quarantine_to_value(**row);
  return answer(out.set("event", event_to_value(sequence, (*row)->record.data)));
}

HttpResponse OpsServer::settle(const HttpRequest& request, std::string_view topic) {
  Quarantined wanted;
  wanted.stream = request.params.find("stream")->second;
  const std::string& text = request.params.find("sequence")->second;
  (void)std::from_chars(text.data(), text.data() + text.size(), wanted.sequence);
  Input input;
  input.topic = topic;
  input.actor = request.principal;
  input.payload = encode_payload(wanted);
  GroupAnswer answered = engine_.inbox().call({std::move(input)}, false);
  if (answered.error) return failed(*answered.error);
  const auto& result = answered.answers.front();
  if (!result.ok()) {
    if (result.error().code == ErrorCode::not_found) return failed(result.error());
    return HttpResponse::problem(409, "still refused", result.error().message);
  }
  Value out;
  return answer(out.set("outcome", *result));
}

}  // namespace jieban
