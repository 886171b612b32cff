#include "common/http/server.h"

#include <httplib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <typeinfo>
#include <variant>

#include "common/base/log.h"
#include "common/http/address.h"
#include "common/http/connection.h"
#include "common/http/connection_pool.h"
#include "common/http/route_table.h"

namespace jieban {
namespace {

// The request line and all header lines; the library bounds each line (8 KiB), not their number.
constexpr size_t kHeaderBytesMax = 32 * 1024;

// Lets the library read from and write to our connection.
class ConnectionStream : public httplib::Stream {
 public:
  explicit ConnectionStream(Connection& connection) : connection_(connection) {}
  bool is_readable() const override { return true; }
  bool is_writable() const override { return true; }
  ssize_t read(char* target, size_t size) override { return connection_.read(target, size); }
  ssize_t write(const char* source, size_t size) override {
    return connection_.write(source, size);
  }
  void get_remote_ip_and_port(std::string& /*ip*/, int& /*port*/) const override {}
  void get_local_ip_and_port(std::string& /*ip*/, int& /*port*/) const override {}
  // Only asked for in order to refuse numbers that do not fit select(), which we do not use.
  socket_t socket() const override { return 0; }

 private:
  Connection& connection_;
};

// One request and its answer, for the callbacks that the library makes on the same thread.
struct Exchange {
  Connection& connection;
  bool answered = false;     // by us; otherwise the library refused the request itself
  bool body_unread = false;  // the connection cannot be used for another request
  std::string_view route = "none";
};

thread_local Exchange* current_exchange = nullptr;

// The library adds these as if the client had sent them.
constexpr std::array<const char*, 4> kInvented = {"remote_addr", "remote_port", "local_addr",
                                                  "local_port"};

HttpHeaders headers_of(const httplib::Request& raw) {
  HttpHeaders headers;
  for (const auto& [name, value] : raw.headers) add_http_header(headers, name, value);
  for (const char* name : kInvented) headers.erase(name);
  return headers;
}

HttpResponse bad_request(std::string_view detail) { return HttpResponse::problem(400, "", detail); }

// The length of the body, or the answer that refuses the request for its framing.
std::variant<size_t, HttpResponse> body_length(const HttpRequest& request, size_t bytes_max) {
  if (!request.header("transfer-encoding").empty()) {
    return HttpResponse::problem(411, "", "send a Content-Length instead of Transfer-Encoding");
  }
  std::string_view encoding = request.header("content-encoding");
  if (!encoding.empty() && encoding != "identity") {
    return HttpResponse::problem(415, "", "compressed bodies are not accepted");
  }
  std::string_view text = request.header("content-length");
  bool expects_body =
      request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
  if (text.empty() && expects_body) {
    return HttpResponse::problem(411, "", "send a Content-Length");
  }
  size_t length = 0;
  if (!text.empty()) {
    auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), length);
    if (failure == std::errc::result_out_of_range) length = SIZE_MAX;
    // Also a length that is sent twice, which arrives here joined by a comma.
    if (failure == std::errc::invalid_argument || end != text.data() + text.size()) {
      return bad_request("Content-Length is not a number");
    }
  }
  if (length > bytes_max) {
    return HttpResponse::problem(
        413, "", "a body has at most " + std::to_string(bytes_max) + " bytes; send several");
  }
  return length;
}

}  // namespace

class HttpServer::Engine : public httplib::Server {
 public:
  Engine(HttpServer::Options options, Authenticate authenticate)
      : options_(std::move(options)), authenticate_(std::move(authenticate)) {
    set_pre_routing_handler([this](const httplib::Request& raw, httplib::Response& out) {
      answer(raw, out);
      return HandlerResponse::Handled;
    });
    set_error_handler([](const httplib::Request& /*raw*/, httplib::Response& out) {
      if (!current_exchange->answered) refuse_malformed(out);
    });
    set_keep_alive_max_count(options_.requests_per_connection_max);
    set_keep_alive_timeout(
        std::chrono::duration_cast<std::chrono::seconds>(options_.idle_timeout).count());
  }

  void add_route(std::string_view method, std::string_view pattern, Respond respond,
                 Access access) {
    CHECK(!pool_ && "routes are declared before start");
    size_t number = table_.add(method, pattern);
    CHECK(number == routes_.size());
    routes_.push_back({std::string(pattern), std::move(respond), access});
  }

  Result<void> start() {
    CHECK(!pool_ && "started once");
    auto listener = listen_on(options_.address, options_.beyond_loopback);
    if (!listener.ok()) return listener.error();
    port_ = port_of(*listener);
    PoolOptions pool{.thread_count = options_.thread_count,
                     .connections_max = options_.connections_max,
                     .idle_timeout = options_.idle_timeout,
                     .write_timeout = options_.read_timeout};
    pool_ = std::make_unique<ConnectionPool>(
        std::move(*listener), pool, [this](Connection& connection) { return serve(connection); });
    return pool_->start();
  }

  uint16_t port() const {
    CHECK(pool_ != nullptr);
    return port_;
  }

  void stop_serving() {
    if (pool_) pool_->stop();
  }

 private:
  struct Route {
    std::string pattern;
    Respond respond;
    Access access;
  };

  // One request of a connection; true to keep it.
  bool serve(Connection& connection) {
    connection.begin_request(kHeaderBytesMax, options_.request_timeout, options_.read_timeout);
    bool last = ++connection.request_count >= options_.requests_per_connection_max;
    Exchange exchange{connection};
    current_exchange = &exchange;
    ConnectionStream stream(connection);
    bool closed = false;
    bool served = false;
    try {
      served = process_request(stream, last, closed, [](httplib::Request& raw) {
        // No partial and no compressed answers: the library would make them unasked.
        raw.ranges.clear();
        raw.headers.erase("Accept-Encoding");
      });
    } catch (const std::exception& failure) {
      log(LogLevel::error, "http_request_failed", {{"type", typeid(failure).name()}});
    }
    served = connection.flush() && served;
    current_exchange = nullptr;
    if (served && exchange.body_unread) connection.linger();
    return served && !closed && !last && !exchange.body_unread;
  }

  static void write_out(HttpResponse&& response, httplib::Response& out) {
    out.status = response.status;
    out.body = std::move(response.body);
    if (!response.content_type.empty()) out.set_header("Content-Type", response.content_type);
    for (const auto& [name, value] : response.headers) out.set_header(name, value);
    if (current_exchange->body_unread) out.set_header("Connection", "close");
  }

  static void refuse_malformed(httplib::Response& out) {
    current_exchange->body_unread = true;
    int status = out.status;
    out.headers.clear();
    write_out(HttpResponse::problem(status, "", "the request is not well-formed HTTP/1.1"), out);
  }

  void answer(const httplib::Request& raw, httplib::Response& out) {
    Exchange& exchange = *current_exchange;
    exchange.answered = true;
    // Until the body has been read, or there turns out to be none.
    exchange.body_unread = true;
    write_out(respond_or_fail(raw, exchange), out);
  }

  HttpResponse respond(const httplib::Request& raw, Exchange& exchange) {
    HttpRequest request;
    request.method = raw.method;
    request.headers = headers_of(raw);
    auto length = body_length(request, options_.body_bytes_max);
    if (auto* refusal = std::get_if<HttpResponse>(&length)) return std::move(*refusal);
    size_t body_bytes = std::get<size_t>(length);
    exchange.body_unread = body_bytes > 0;
    auto parts = target_parts(raw.target);
    if (!parts.ok()) return bad_request(parts.error().message);
    request.path = std::move(parts->path);
    request.query = std::move(parts->query);
    RouteTable::Found found = table_.find(request.method, parts->segments);
    if (!found.match) return no_route(found.allowed);
    request.params = std::move(found.match->params);
    const Route& route = routes_[found.match->route];
    exchange.route = route.pattern;
    if (auto refusal = refuse_stranger(route, request)) return std::move(*refusal);
    if (!read_body(exchange, body_bytes, request.body)) {
      return HttpResponse::problem(408, "", "the body did not arrive in time");
    }
    return route.respond(request);
  }

  static HttpResponse no_route(const std::string& allowed) {
    if (allowed.empty()) return HttpResponse::problem(404, "", "there is nothing at this address");
    HttpResponse response =
        HttpResponse::problem(405, "", "this address has other methods: " + allowed);
    response.headers.emplace_back("Allow", allowed);
    return response;
  }

  std::optional<HttpResponse> refuse_stranger(const Route& route, HttpRequest& request) const {
    if (route.access == Access::open) return std::nullopt;
    Result<std::string> principal = authenticate_
                                        ? authenticate_(request)
                                        : Error{ErrorCode::unauthenticated, "nobody is known here"};
    if (principal.ok()) {
      request.principal = std::move(*principal);
      return std::nullopt;
    }
    const Error& error = principal.error();
    if (error.code == ErrorCode::unavailable) {
      return HttpResponse::problem(503, "", error.message, std::chrono::seconds(1));
    }
    if (error.code == ErrorCode::refused) return HttpResponse::problem(403, "", error.message);
    HttpResponse response = HttpResponse::problem(401, "", error.message);
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return response;
  }

  static bool read_body(Exchange& exchange, size_t length, std::string& body) {
    // Grows with what arrives: an announced length costs nothing yet.
    constexpr size_t kChunkBytes = 256 * 1024;
    exchange.connection.allow(length);
    for (size_t have = 0; have < length;) {
      if (have == body.size()) body.resize(have + std::min(kChunkBytes, length - have));
      ssize_t count = exchange.connection.read(body.data() + have, body.size() - have);
      if (count <= 0) return false;
      have += size_t(count);
    }
    exchange.body_unread = false;
    return true;
  }

  HttpResponse respond_or_fail(const httplib::Request& raw, Exchange& exchange) {
    std::string type = "unknown";
    try {
      return respond(raw, exchange);
    } catch (const std::exception& failure) {
      // The type only: what() may quote the request.
      type = typeid(failure).name();
    } catch (...) {
    }
    log(LogLevel::error, "http_route_failed", {{"route", exchange.route}, {"type", type}});
    return HttpResponse::problem(500, "", "the server failed; it has been logged");
  }

  const HttpServer::Options options_;
  const Authenticate authenticate_;
  RouteTable table_;
  std::vector<Route> routes_;
  uint16_t port_ = 0;
  std::unique_ptr<ConnectionPool> pool_;
};

HttpServer::HttpServer(Options options, Authenticate authenticate)
    : engine_(std::make_unique<Engine>(std::move(options), std::move(authenticate))) {}

HttpServer::~HttpServer() { stop(); }

void HttpServer::route(std::string_view method, std::string_view pattern, Respond respond,
                       Access access) {
  engine_->add_route(method, pattern, std::move(respond), access);
}

Result<void> HttpServer::start() { return engine_->start(); }
uint16_t HttpServer::port() const { return engine_->port(); }
void HttpServer::stop() { engine_->stop_serving(); }

}  // namespace jieban
