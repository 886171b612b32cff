// A call ends in a reply or in an error that says whether anything was sent.
#include "common/http/client.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

#include <thread>

#include "common/http/address.h"
#include "common/http/server.h"

namespace jieban {
namespace {

// Accepts one connection, sends `bytes` and closes when told to.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::string bytes) : listener_(*listen_on("127.0.0.1:0", false)) {
    thread_ = std::thread([this, bytes = std::move(bytes)] {
      pollfd waiting{listener_.get(), POLLIN, 0};
      (void)::poll(&waiting, 1, 5000);
      FileDescriptor peer(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
      char request[4096];
      (void)!::recv(peer.get(), request, sizeof(request), 0);
      (void)!::send(peer.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      pollfd closing{peer.get(), POLLIN, 0};
      (void)::poll(&closing, 1, 5000);
    });
  }
  ~ScriptedServer() { thread_.join(); }
  HttpCall call() const {
    HttpCall request{.url = "http://127.0.0.1:" + std::to_string(port_of(listener_)) + "/"};
    request.timeouts.read = std::chrono::milliseconds(200);
    return request;
  }

 private:
  FileDescriptor listener_;
  std::thread thread_;
};

TEST(HttpClient, MalformedCallsAreRefusedBeforeAnythingIsSent) {
  for (const char* url : {"", "127.0.0.1:80/", "https://127.0.0.1/", "http://", "http://:80/",
                          "http://h:0/", "http://h:99999/", "http://h:8x/", "http://a b/",
                          "http://h/a b", "http://h/\r\nX: y", "http://h/接", "http://u@h/"}) {
    EXPECT_EQ(http_call({.url = url}).error().code, ErrorCode::invalid) << url;
  }
  HttpCall call{.url = "http://127.0.0.1:1/"};
  call.headers = {{"X", "a\r\nY: b"}};
  EXPECT_EQ(http_call(call).error().code, ErrorCode::invalid);
  call.headers = {{"X Y", "a"}};
  EXPECT_EQ(http_call(call).error().code, ErrorCode::invalid);
}

TEST(HttpClient, NoConnectionIsUnavailable) {
  std::string url;
  {
    FileDescriptor listener = *listen_on("127.0.0.1:0", false);
    url = "http://127.0.0.1:" + std::to_string(port_of(listener)) + "/";
  }
  EXPECT_EQ(http_call({.url = url}).error().code, ErrorCode::unavailable);
}

TEST(HttpClient, SilenceAndNonsenseAreIo) {
  ScriptedServer silent("");
  Duration begin = monotonic_now();
  EXPECT_EQ(http_call(silent.call()).error().code, ErrorCode::io);
  EXPECT_LT(monotonic_now() - begin, std::chrono::seconds(2));
  ScriptedServer nonsense("hello\r\n\r\n");
  EXPECT_EQ(http_call(nonsense.call()).error().code, ErrorCode::io);
  ScriptedServer torn("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
  EXPECT_EQ(http_call(torn.call()).error().code, ErrorCode::io);
}

TEST(HttpClient, RepliesAreBounded) {
  std::string reply = "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + std::string(2000, 'x');
  ScriptedServer fits(reply);
  HttpCall call = fits.call();
  call.timeouts.reply_bytes_max = 2000;
  EXPECT_EQ(http_call(call)->body.size(), 2000U);
  ScriptedServer exceeds(reply);
  call = exceeds.call();
  call.timeouts.reply_bytes_max = 1999;
  EXPECT_EQ(http_call(call).error().code, ErrorCode::limit);
}

TEST(HttpClient, RedirectsAreRepliesNotFollowed) {
  ScriptedServer server(
      "HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n");
  auto reply = http_call(server.call());
  ASSERT_TRUE(reply.ok()) << reply.error().message;
  EXPECT_EQ(reply->status, 302);
  EXPECT_EQ(reply->headers.at("location"), "http://10.0.0.1/");
}

TEST(HttpClient, AKeptConnectionIsMadeAnewAfterTheServerClosedIt) {
  HttpServer::Options options;
  options.requests_per_connection_max = 1;
  HttpServer server(options);
  server.route(
      "GET", "/a", [](const HttpRequest&) { return HttpResponse::json(200, "{}"); }, Access::open);
  ASSERT_TRUE(server.start().ok());
  auto connection = HttpConnection::open("http://127.0.0.1:" + std::to_string(server.port()));
  ASSERT_TRUE(connection.ok());
  for (int i = 0; i < 3; ++i) {
    auto reply = connection->call({.url = "/a"});
    ASSERT_TRUE(reply.ok()) << reply.error().message;
    EXPECT_EQ(reply->body, "{}");
  }
  EXPECT_FALSE(HttpConnection::open("http://127.0.0.1:80/path").ok());
}

}  // namespace
}  // namespace jieban
