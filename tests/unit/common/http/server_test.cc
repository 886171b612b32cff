// The door holds against whatever comes through it, and keeps serving the others meanwhile.
#include "common/http/server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "common/base/log.h"
#include "common/http/client.h"
#include "tests/support/wait_until.h"
#include "tests/unit/common/http/raw_client.h"

namespace jieban {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::string_view kGet = "GET /ping HTTP/1.1\r\nHost: x\r\n";

Result<std::string> authenticate(const HttpRequest& request) {
  std::string_view token = request.header("authorization");
  if (token == "Bearer good") return std::string("street");
  if (token == "Bearer busy") return Error{ErrorCode::unavailable, "later"};
  if (token == "Bearer weak") return Error{ErrorCode::refused, "not yours"};
  if (token == "Bearer throw") throw std::runtime_error("broken");
  return Error{ErrorCode::unauthenticated, "send a token"};
}

class HttpServerTest : public testing::Test {
 protected:
  void start(HttpServer::Options options = {}) {
    server_ = std::make_unique<HttpServer>(options, authenticate);
    server_->route(
        "GET", "/ping", [](const HttpRequest&) { return HttpResponse::text(200, "pong"); },
        Access::open);
    server_->route("POST", "/echo/{name}", [](const HttpRequest& request) {
      return HttpResponse::text(
          201, request.principal + "|" + request.params.at("name") + "|" +
                   (request.query.contains("q") ? request.query.at("q") : "") + "|" + request.body);
    });
    server_->route(
        "GET", "/throw",
        [](const HttpRequest&) -> HttpResponse { throw std::runtime_error("secret"); },
        Access::open);
    server_->route(
        "GET", "/odd", [](const HttpRequest&) -> HttpResponse { throw 7; }, Access::open);
    auto started = server_->start();
    ASSERT_TRUE(started.ok()) << started.error().message;
  }

  std::string url(std::string_view target) const {
    return "http://127.0.0.1:" + std::to_string(server_->port()) + std::string(target);
  }
  HttpReply call(HttpCall request) const {
    request.url = url(request.url);
    auto reply = http_call(request);
    EXPECT_TRUE(reply.ok()) << reply.error().message;
    return reply.ok() ? *reply : HttpReply{};
  }
  std::string raw(std::string_view bytes) const {
    return RawClient(server_->port()).exchange(bytes);
  }
  static void expect_problem(const std::string& answer, int status) {
    EXPECT_EQ(answer.find("HTTP/1.1 " + std::to_string(status)), 0U) << answer;
    EXPECT_NE(answer.find("application/problem+json"), std::string::npos) << answer;
    EXPECT_NE(answer.find("\"status\":" + std::to_string(status)), std::string::npos) << answer;
  }

  std::unique_ptr<HttpServer> server_;
};

TEST_F(HttpServerTest, ServesParametersQueryBodyAndPrincipal) {
  start();
  HttpReply reply = call({.url = "/echo/a%2Fb%20%E6%8E%A5?q=1+2",
                          .method = "POST",
                          .headers = {{"Authorization", "Bearer good"}},
                          .body = "hello"});
  EXPECT_EQ(reply.status, 201);
  EXPECT_EQ(reply.body, "street|a/b 接|1 2|hello");
  EXPECT_EQ(call({.url = "/ping"}).body, "pong");
}

TEST_F(HttpServerTest, HeadAnswersWithoutABody) {
  start();
  std::string answer = raw("HEAD /ping HTTP/1.1\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(answer.find("HTTP/1.1 200"), 0U) << answer;
  EXPECT_NE(answer.find("Content-Length: 4"), std::string::npos) << answer;
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST_F(HttpServerTest, StrangersAreTurnedAwayBeforeTheirBodyIsRead) {
  start();
  // The body never comes: had it been waited for, the answer would be 408.
  std::string answer = raw("POST /echo/x HTTP/1.1\r\nContent-Length: 1000\r\n\r\n");
  expect_problem(answer, 401);
  EXPECT_NE(answer.find("WWW-Authenticate: Bearer"), std::string::npos);
  auto with = [&](const char* token) {
    return call({.url = "/echo/x", .method = "POST", .headers = {{"Authorization", token}}});
  };
  EXPECT_EQ(with("Bearer weak").status, 403);
  EXPECT_EQ(with("Bearer busy").status, 503);
  EXPECT_EQ(with("Bearer busy").headers.at("retry-after"), "1");
  EXPECT_EQ(with("Bearer good").status, 201);
}

TEST_F(HttpServerTest, UnknownPathsAndMethods) {
  start();
  EXPECT_EQ(call({.url = "/nothing"}).status, 404);
  HttpReply reply = call({.url = "/ping", .method = "DELETE"});
  EXPECT_EQ(reply.status, 405);
  EXPECT_EQ(reply.headers.at("allow"), "GET");
  EXPECT_EQ(reply.headers.at("content-type"), "application/problem+json");
  EXPECT_EQ(call({.url = "/ping", .method = "OPTIONS"}).status, 405);
}

TEST_F(HttpServerTest, AThrowingRouteIsA500AndNotTheEnd) {
  start();
  std::string logged;
  set_log_sink([&](LogLevel, const std::string& line) { logged += line + "\n"; });
  for (const char* target : {"/throw", "/odd"}) {
    HttpReply reply = call({.url = target});
    EXPECT_EQ(reply.status, 500);
    EXPECT_EQ(reply.body.find("secret"), std::string::npos);
    EXPECT_FALSE(reply.headers.contains("exception_what"));
  }
  EXPECT_EQ(
      call({.url = "/echo/x", .method = "POST", .headers = {{"Authorization", "Bearer throw"}}})
          .status,
      500);
  EXPECT_EQ(call({.url = "/ping"}).status, 200);
  server_->stop();
  set_log_sink([](LogLevel, const std::string&) {});
  EXPECT_NE(logged.find("event=http_route_failed route=/throw"), std::string::npos) << logged;
  EXPECT_EQ(logged.find("secret"), std::string::npos) << logged;
}

TEST_F(HttpServerTest, FramingThatCannotBeTrustedIsRefusedAndTheConnectionClosed) {
  start();
  struct Case {
    const char* head;
    int status;
  };
  for (const Case& bad : std::initializer_list<Case>{
           {"POST /echo/x HTTP/1.1\r\n\r\n", 411},
           {"POST /echo/x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411},
           {"GET /ping HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411},
           {"POST /echo/x HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400},
           {"POST /echo/x HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400},
           {"POST /echo/x HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n", 413},
           {"POST /echo/x HTTP/1.1\r\nContent-Length: 5\r\nContent-Encoding: gzip\r\n\r\n", 415},
           {"GET /% HTTP/1.1\r\nConnection: close\r\n\r\n", 400},
           {"BREW /ping HTTP/1.1\r\n\r\n", 400},
           {"GET /ping HTTP/9.9\r\n\r\n", 400},
           {"nonsense\r\n\r\n", 400}}) {
    std::string answer = raw(std::string(bad.head) + "GET /ping HTTP/1.1\r\n\r\n");
    expect_problem(answer, bad.status);
    // What follows must not be taken for another request.
    EXPECT_EQ(answer.find("pong"), std::string::npos) << bad.head;
  }
}

TEST_F(HttpServerTest, ALargeBodyIsRefusedBeforeItIsReadAndTheAnswerArrives) {
  HttpServer::Options options;
  options.body_bytes_max = 1000;
  start(options);
  HttpCall post{.url = "/echo/x", .method = "POST", .headers = {{"Authorization", "Bearer good"}}};
  post.body = std::string(1000, 'x');
  EXPECT_EQ(call(post).status, 201);
  post.body = std::string(1001, 'x');
  EXPECT_EQ(call(post).status, 413);
  RawClient client(server_->port());
  ASSERT_TRUE(client.send("POST /echo/x HTTP/1.1\r\nContent-Length: 4000000\r\n\r\n"));
  client.send(std::string(4'000'000, 'x'));
  expect_problem(client.receive(), 413);
}

TEST_F(HttpServerTest, HeadersAndAddressesAreBounded) {
  start();
  std::string close = "Connection: close\r\n\r\n";
  EXPECT_EQ(
      raw("GET /ping?q=" + std::string(7000, 'x') + " HTTP/1.1\r\n" + close).find("HTTP/1.1 200"),
      0U);
  expect_problem(raw("GET /" + std::string(9000, 'x') + " HTTP/1.1\r\n" + close), 414);
  expect_problem(raw("GET /ping HTTP/1.1\r\nA: " + std::string(9000, 'x') + "\r\n" + close), 400);
  std::string many = "GET /ping HTTP/1.1\r\n";
  for (int i = 0; i < 10'000; ++i) many += "A" + std::to_string(i) + ": x\r\n";
  EXPECT_EQ(raw(many + close).find("pong"), std::string::npos);
  // A request line without an end stops being read at the limit.
  EXPECT_EQ(raw("GET /" + std::string(300'000, 'x')).find("pong"), std::string::npos);
  EXPECT_EQ(call({.url = "/ping"}).status, 200);
}

TEST_F(HttpServerTest, FourStalledClientsDoNotBlockAFifth) {
  HttpServer::Options options;
  options.thread_count = 2;
  options.read_timeout = milliseconds(300);
  start(options);
  std::vector<std::unique_ptr<RawClient>> stalled;
  for (std::string_view bytes : {"", "", "GET /pi", "POST /echo/x HTTP/1.1\r\nContent-Le"}) {
    stalled.push_back(std::make_unique<RawClient>(server_->port()));
    ASSERT_TRUE(stalled.back()->send(bytes));
  }
  Duration begin = monotonic_now();
  EXPECT_EQ(call({.url = "/ping"}).status, 200);
  // Two of them hold both threads, for one read timeout at most.
  EXPECT_LT(monotonic_now() - begin, seconds(2));
  // The silent ones cost no thread at all.
  begin = monotonic_now();
  EXPECT_EQ(call({.url = "/ping"}).status, 200);
  EXPECT_LT(monotonic_now() - begin, milliseconds(250));
  EXPECT_TRUE(stalled[0]->send(std::string(kGet) + "Connection: close\r\n\r\n"));
  EXPECT_NE(stalled[0]->receive().find("pong"), std::string::npos);
}

TEST_F(HttpServerTest, ADrippingRequestEndsAtItsDeadline) {
  HttpServer::Options options;
  options.read_timeout = seconds(5);
  options.request_timeout = milliseconds(300);
  start(options);
  RawClient client(server_->port());
  Duration begin = monotonic_now();
  ASSERT_TRUE(client.send("GET /ping HTTP/1.1\r\nA: "));
  while (client.send("x") && monotonic_now() - begin < seconds(4)) {
    let_pass(milliseconds(20));
  }
  EXPECT_LT(monotonic_now() - begin, seconds(3));
}

TEST_F(HttpServerTest, ABodyThatStopsComingIsA408) {
  HttpServer::Options options;
  options.read_timeout = milliseconds(200);
  start(options);
  expect_problem(raw("POST /echo/x HTTP/1.1\r\nAuthorization: Bearer good\r\n"
                     "Content-Length: 1000\r\n\r\npart"),
                 408);
}

TEST_F(HttpServerTest, ConnectionsAreKeptAndPipelinedRequestsAnsweredInOrder) {
  start();
  RawClient client(server_->port());
  ASSERT_TRUE(client.send(
      "GET /ping HTTP/1.1\r\n\r\nGET /nothing HTTP/1.1\r\n\r\n"
      "POST /echo/x HTTP/1.1\r\nAuthorization: Bearer good\r\nContent-Length: 3\r\n\r\nabc"
      "GET /ping HTTP/1.1\r\nConnection: close\r\n\r\n"));
  std::string answer = client.receive();
  size_t first = answer.find("pong");
  size_t second = answer.find("404", first);
  size_t third = answer.find("street|x||abc", second);
  EXPECT_NE(answer.find("pong", third), std::string::npos) << answer;
}

TEST_F(HttpServerTest, AConnectionLivesOnAfterLyingIdle) {
  start();
  auto connection = HttpConnection::open(url(""));
  ASSERT_TRUE(connection.ok());
  for (int i = 0; i < 3; ++i) {
    auto reply = connection->call({.url = "/ping"});
    ASSERT_TRUE(reply.ok()) << reply.error().message;
    EXPECT_EQ(reply->body, "pong");
    // Past the short wait of a thread: the connection comes back through epoll.
    let_pass(milliseconds(10));
  }
}

TEST_F(HttpServerTest, IdleConnectionsAreClosedAndMakeRoomForNewOnes) {
  HttpServer::Options options;
  options.connections_max = 2;
  options.idle_timeout = milliseconds(400);
  start(options);
  RawClient idle(server_->port());
  EXPECT_EQ(idle.receive(), "");
  RawClient oldest(server_->port());
  let_pass(milliseconds(10));
  RawClient younger(server_->port());
  let_pass(milliseconds(10));
  EXPECT_EQ(call({.url = "/ping"}).status, 200);
  EXPECT_EQ(oldest.receive("", milliseconds(100)), "");
}

TEST_F(HttpServerTest, AConnectionEndsAfterItsLastRequest) {
  HttpServer::Options options;
  options.requests_per_connection_max = 2;
  start(options);
  std::string answer =
      raw(std::string(kGet) + "\r\n" + std::string(kGet) + "\r\n" + std::string(kGet) + "\r\n");
  size_t second = answer.find("pong", answer.find("pong") + 1);
  EXPECT_NE(second, std::string::npos);
  EXPECT_EQ(answer.find("pong", second + 1), std::string::npos);
}

TEST_F(HttpServerTest, Expect100IsAnsweredBeforeTheBodyComes) {
  start();
  RawClient client(server_->port());
  ASSERT_TRUE(
      client.send("POST /echo/x HTTP/1.1\r\nAuthorization: Bearer good\r\n"
                  "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n"));
  EXPECT_EQ(client.receive("\r\n\r\n").find("HTTP/1.1 100"), 0U);
  ASSERT_TRUE(client.send("abc"));
  EXPECT_NE(client.receive("abc").find("HTTP/1.1 201"), std::string::npos);
}

TEST_F(HttpServerTest, LargeAnswersArriveWhole) {
  server_ = std::make_unique<HttpServer>(HttpServer::Options{});
  std::string large(3'000'000, 'x');
  server_->route(
      "GET", "/large", [&](const HttpRequest&) { return HttpResponse::text(200, large); },
      Access::open);
  ASSERT_TRUE(server_->start().ok());
  HttpReply reply = call({.url = "/large", .headers = {{"Range", "bytes=0-1"}}});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, large);
}

TEST_F(HttpServerTest, ManyClientsAtOnceAreAllServed) {
  start();
  std::atomic<int> served{0};
  std::vector<std::thread> clients;
  for (int c = 0; c < 16; ++c) {
    clients.emplace_back([&] {
      auto connection = HttpConnection::open(url(""));
      for (int i = 0; i < 100; ++i) {
        auto reply = connection->call({.url = "/ping"});
        if (reply.ok() && reply->body == "pong") ++served;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(served, 1600);
}

TEST_F(HttpServerTest, StopFinishesWhatIsRunningAndCutsWhatIsStalled) {
  server_ = std::make_unique<HttpServer>(HttpServer::Options{});
  std::atomic<bool> entered{false};
  server_->route(
      "GET", "/slow",
      [&](const HttpRequest&) {
        entered = true;
        let_pass(milliseconds(200));
        return HttpResponse::text(200, "done");
      },
      Access::open);
  ASSERT_TRUE(server_->start().ok());
  RawClient slow(server_->port());
  RawClient stalled(server_->port());
  ASSERT_TRUE(slow.send("GET /slow HTTP/1.1\r\n\r\n"));
  ASSERT_TRUE(stalled.send("GET /slow HT"));
  while (!entered) std::this_thread::yield();
  Duration begin = monotonic_now();
  server_->stop();
  EXPECT_LT(monotonic_now() - begin, seconds(1));
  EXPECT_NE(slow.receive().find("done"), std::string::npos);
}

TEST_F(HttpServerTest, ABadAddressOrATakenPortStopsTheStart) {
  start();
  HttpServer::Options options;
  options.address = "127.0.0.1:" + std::to_string(server_->port());
  EXPECT_EQ(HttpServer(options).start().error().code, ErrorCode::conflict);
  options.address = "999.1.1.1:80";
  EXPECT_EQ(HttpServer(options).start().error().code, ErrorCode::invalid);
  options.address = "0.0.0.0:0";
  EXPECT_EQ(HttpServer(options).start().error().code, ErrorCode::invalid);
  options.beyond_loopback = true;
  EXPECT_TRUE(HttpServer(options).start().ok());
}

}  // namespace
}  // namespace jieban
