#include "common/http/client.h"

#include <httplib.h>

#include <algorithm>
#include <charconv>

namespace jieban {
namespace {

struct Url {
  std::string host;
  int port = 80;
  std::string target;
};

// Letters that cannot begin another header line or another request.
bool is_visible(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

bool is_header_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (static_cast<unsigned char>(c) >= ' ' && c != 0x7f); });
}

Error malformed(std::string_view what) {
  return invalid("not an address to call, such as http://127.0.0.1:9101/path: " +
                 std::string(what));
}

Result<Url> parse_url(std::string_view text) {
  constexpr std::string_view kScheme = "http://";
  if (!text.starts_with(kScheme)) return malformed("it does not begin with http://");
  text.remove_prefix(kScheme.size());
  size_t slash = std::min(text.find('/'), text.size());
  std::string_view authority = text.substr(0, slash);
  Url url;
  url.target = slash < text.size() ? text.substr(slash) : "/";
  size_t bracket = authority.rfind(']');
  size_t colon = authority.rfind(':');
  bool has_port =
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  if (has_port) {
    std::string_view port = authority.substr(colon + 1);
    auto [end, failure] = std::from_chars(port.data(), port.data() + port.size(), url.port);
    bool whole = failure == std::errc() && end == port.data() + port.size();
    if (!whole || url.port < 1 || url.port > 65535) return malformed("its port is not a number");
    authority = authority.substr(0, colon);
  }
  if (authority.starts_with('[') && authority.ends_with(']')) {
    authority = authority.substr(1, authority.size() - 2);
  }
  url.host = authority;
  constexpr std::string_view kHostCharacters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:";
  if (url.host.empty() || url.host.find_first_not_of(kHostCharacters) != std::string::npos) {
    return malformed("its host is not a name or number");
  }
  if (!is_visible(url.target)) return malformed("its path must be escaped");
  return url;
}

Error call_error(httplib::Error failure) {
  using Failure = httplib::Error;
  bool unsent = failure == Failure::Connection || failure == Failure::ConnectionTimeout ||
                failure == Failure::BindIPAddress;
  return {unsent ? ErrorCode::unavailable : ErrorCode::io,
          "calling the server: " + httplib::to_string(failure)};
}

Result<httplib::Request> request_of(const HttpCall& call, const std::string& target) {
  if (!is_visible(target) || !target.starts_with('/')) return malformed("its path must be escaped");
  if (call.method.empty() || !is_visible(call.method)) return invalid("not a method");
  httplib::Request request;
  request.method = call.method;
  request.path = target;
  request.body = call.body;
  for (const auto& [name, value] : call.headers) {
    if (name.empty() || !is_visible(name) || !is_header_text(value)) {
      return invalid("a header has characters that it must not have");
    }
    request.headers.emplace(name, value);
  }
  // Otherwise the library asks for compressed replies, whose size says nothing.
  request.headers.emplace("Accept-Encoding", "identity");
  return request;
}

Result<HttpReply> perform(httplib::Client& client, const HttpTimeouts& timeouts,
                          const HttpCall& call, const std::string& target) {
  auto request = request_of(call, target);
  if (!request.ok()) return request.error();
  HttpReply reply;
  bool too_long = false;
  Duration deadline = monotonic_now() + timeouts.reply;
  request->content_receiver = [&](const char* bytes, size_t size, uint64_t, uint64_t) {
    too_long = reply.body.size() + size > timeouts.reply_bytes_max;
    if (too_long || monotonic_now() > deadline) return false;
    reply.body.append(bytes, size);
    return true;
  };
  auto result = client.send(*request);
  if (too_long) {
    return Error{ErrorCode::limit,
                 "the reply is longer than " + std::to_string(timeouts.reply_bytes_max) + " bytes"};
  }
  if (!result) return call_error(result.error());
  reply.status = result->status;
  for (const auto& [name, value] : result->headers) add_http_header(reply.headers, name, value);
  return reply;
}

}  // namespace

Result<HttpReply> http_call(const HttpCall& call) {
  auto url = parse_url(call.url);
  if (!url.ok()) return url.error();
  std::string bracketed =
      url->host.find(':') == std::string::npos ? url->host : "[" + url->host + "]";
  auto connection =
      HttpConnection::open("http://" + bracketed + ":" + std::to_string(url->port), call.timeouts);
  if (!connection.ok()) return connection.error();
  HttpCall only_target = call;
  only_target.url = url->target;
  return connection->call(only_target);
}

HttpConnection::HttpConnection(std::unique_ptr<httplib::Client> client,
                               const HttpTimeouts& timeouts)
    : client_(std::move(client)), timeouts_(timeouts) {}
HttpConnection::HttpConnection(HttpConnection&&) noexcept = default;
HttpConnection& HttpConnection::operator=(HttpConnection&&) noexcept = default;
HttpConnection::~HttpConnection() = default;

Result<HttpConnection> HttpConnection::open(std::string_view base, const HttpTimeouts& timeouts) {
  auto url = parse_url(base);
  if (!url.ok()) return url.error();
  if (url->target != "/") return malformed("a connection has no path");
  auto client = std::make_unique<httplib::Client>(url->host, url->port);
  client->set_keep_alive(true);
  client->set_tcp_nodelay(true);
  client->set_decompress(false);
  client->set_url_encode(false);
  client->set_follow_location(false);
  client->set_connection_timeout(timeouts.connect);
  client->set_read_timeout(timeouts.read);
  client->set_write_timeout(timeouts.read);
  // The library's default would set SO_REUSEPORT, which a client has no use for.
  client->set_socket_options([](socket_t) {});
  return HttpConnection(std::move(client), timeouts);
}

Result<HttpReply> HttpConnection::call(const HttpCall& call) {
  try {
    return perform(*client_, timeouts_, call, call.url);
  } catch (const std::exception& failure) {
    return Error{ErrorCode::io, std::string("calling the server: ") + failure.what()};
  }
}

}  // namespace jieban
