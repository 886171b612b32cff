// Goal: each way in which a gateway answers, or does not, tells what cannot have gone out from what
// may have. Method: real servers on loopback, one of them with TLS, and a front that spoils
// answers.
#include "common/transfer/transfer.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>

#include <array>
#include <mutex>
#include <thread>

#include "common/http/address.h"
#include "common/http/server.h"
#include "tests/support/gateways/faulty_front.h"
#include "tests/support/gateways/mail_box.h"
#include "tests/support/gateways/real_server.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

class Echo {
 public:
  Echo() {
    server_.route(
        "POST", "/a/{b}",
        [this](const HttpRequest& request) {
          std::lock_guard<std::mutex> guard(mutex_);
          requests_.push_back(request);
          HttpResponse response = HttpResponse::text(status, reply);
          response.headers.emplace_back("Retry-After", " 7 ");
          response.headers.emplace_back("Location", "/a/elsewhere");
          return response;
        },
        Access::open);
    CHECK(server_.start().ok());
    front_.emplace(server_.port());
  }
  ~Echo() {
    front_.reset();
    server_.stop();
  }
  uint16_t port() const { return front_->port(); }
  void set(Fault fault) { front_->set(fault); }
  std::vector<HttpRequest> requests() {
    std::lock_guard<std::mutex> guard(mutex_);
    return requests_;
  }
  int status = 200;
  std::string reply = "answer";

 private:
  HttpServer server_{{}};
  std::optional<FaultyFront> front_;
  std::mutex mutex_;
  std::vector<HttpRequest> requests_;
};

WebCall call_to(uint16_t port, const std::string& host = "127.0.0.1") {
  WebCall call;
  call.url = "http://" + host + ":" + std::to_string(port) + "/a/b?c=%E6%9C%88";
  call.headers = {{"Content-Type", "text/x"}, {"X-Own", "value"}};
  call.body = std::string("body\0\r\n", 7);
  call.route.connect_timeout = std::chrono::milliseconds(300);
  call.route.total_timeout = std::chrono::milliseconds(400);
  return call;
}

uint16_t port_of_nobody() { return port_of(*listen_on("127.0.0.1:0", false)); }

TEST(Transfer, ACallIsWhatWasAskedForAndNothingMore) {
  Echo echo;
  auto reply = call_web(call_to(echo.port()));
  ASSERT_TRUE(reply.ok()) << reply.error().message;
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(reply->body, "answer");
  EXPECT_EQ(reply->header("retry-after"), "7");
  EXPECT_EQ(reply->header("none"), "");
  auto requests = echo.requests();
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_EQ(requests[0].path, "/a/b");
  EXPECT_EQ(requests[0].query.at("c"), "月");
  EXPECT_EQ(requests[0].body, std::string("body\0\r\n", 7));
  EXPECT_EQ(requests[0].header("content-type"), "text/x");
  EXPECT_EQ(requests[0].header("x-own"), "value");
  EXPECT_EQ(requests[0].header("expect"), "");
  EXPECT_EQ(requests[0].header("accept-encoding"), "");
}

TEST(Transfer, ABodyWithoutAKindIsGivenNone) {
  Echo echo;
  WebCall call = call_to(echo.port());
  call.headers.clear();
  ASSERT_TRUE(call_web(call).ok());
  EXPECT_EQ(echo.requests().at(0).header("content-type"), "");
}

TEST(Transfer, ALargeBodyDoesNotAskFirst) {
  Echo echo;
  WebCall call = call_to(echo.port());
  call.body = std::string(2'000'000, 'x');
  call.route.total_timeout = std::chrono::seconds(5);
  ASSERT_TRUE(call_web(call).ok());
  EXPECT_EQ(echo.requests().at(0).body.size(), 2'000'000U);
}

TEST(Transfer, AnyStatusIsAReplyAndARedirectIsNotFollowed) {
  Echo echo;
  for (int status : {204, 302, 307, 404, 503}) {
    echo.status = status;
    auto reply = call_web(call_to(echo.port()));
    ASSERT_TRUE(reply.ok()) << status;
    EXPECT_EQ(reply->status, status);
  }
  EXPECT_EQ(echo.requests().size(), 5U);
}

TEST(Transfer, NothingCanHaveGoneOutWithoutAConnection) {
  auto refused = call_web(call_to(port_of_nobody()));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
  auto nameless = call_web(call_to(80, "gateway.invalid"));
  ASSERT_FALSE(nameless.ok());
  EXPECT_EQ(nameless.error().code, ErrorCode::unavailable);
  WebCall call = call_to(port_of_nobody());
  call.route.proxy = "http://127.0.0.1:" + std::to_string(port_of_nobody());
  auto proxyless = call_web(call);
  ASSERT_FALSE(proxyless.ok());
  EXPECT_EQ(proxyless.error().code, ErrorCode::unavailable);
}

TEST(Transfer, SomethingMayHaveGoneOutOnceTheRequestHasBegun) {
  for (Fault fault :
       {Fault::silent, Fault::late, Fault::reset, Fault::closed, Fault::garbage, Fault::half}) {
    Echo echo;
    echo.set(fault);
    Duration begin = monotonic_now();
    auto reply = call_web(call_to(echo.port()));
    ASSERT_FALSE(reply.ok()) << int(fault);
    EXPECT_EQ(reply.error().code, ErrorCode::io) << int(fault) << reply.error().message;
    EXPECT_LT(monotonic_now() - begin, std::chrono::seconds(3));
    EXPECT_EQ(echo.requests().size(), fault == Fault::silent ? 0U : 1U) << "nothing is retried";
  }
}

TEST(Transfer, ASlowAnswerAndOneThatComesTwiceAreOneAnswer) {
  for (Fault fault : {Fault::slow, Fault::twice}) {
    Echo echo;
    echo.set(fault);
    auto reply = call_web(call_to(echo.port()));
    ASSERT_TRUE(reply.ok()) << reply.error().message;
    EXPECT_EQ(reply->body, "answer");
  }
}

TEST(Transfer, AReplyHasALimit) {
  Echo echo;
  echo.reply = std::string(1000, 'x');
  WebCall call = call_to(echo.port());
  call.route.reply_bytes_max = 1000;
  EXPECT_TRUE(call_web(call).ok());
  call.route.reply_bytes_max = 999;
  auto reply = call_web(call);
  ASSERT_FALSE(reply.ok());
  EXPECT_EQ(reply.error().code, ErrorCode::limit);
}

TEST(Transfer, AReplyWhoseBodyDoesNotMatterIsCutAtTheLimit) {
  Echo echo;
  echo.reply = std::string(1'000'000, 'x');
  WebCall call = call_to(echo.port());
  call.route.total_timeout = std::chrono::seconds(5);
  call.reply_body = ReplyBody::cut;
  for (int status : {200, 503}) {
    echo.status = status;
    auto reply = call_web(call);
    ASSERT_TRUE(reply.ok()) << reply.error().message;
    EXPECT_EQ(reply->status, status);
    EXPECT_EQ(reply->body.size(), call.route.reply_bytes_max);
  }
}

// Answers one caller with `answer` once its head has come.
class OneAnswer {
 public:
  explicit OneAnswer(std::string answer) : listener_(*listen_on("127.0.0.1:0", false)) {
    port = port_of(listener_);
    thread_ = std::thread([this, answer = std::move(answer)] {
      pollfd waiting{listener_.get(), POLLIN, 0};  // the listener itself does not wait
      (void)::poll(&waiting, 1, 10'000);
      FileDescriptor caller(::accept(listener_.get(), nullptr, nullptr));
      std::array<char, 4096> buffer{};
      while (request.find("\r\n\r\n") == std::string::npos) {
        const ssize_t count = ::recv(caller.get(), buffer.data(), buffer.size(), 0);
        if (count <= 0) return;
        request.append(buffer.data(), size_t(count));
      }
      (void)::send(caller.get(), answer.data(), answer.size(), MSG_NOSIGNAL);
    });
  }
  ~OneAnswer() { thread_.join(); }
  std::string request;
  uint16_t port = 0;

 private:
  FileDescriptor listener_;
  std::thread thread_;
};

// Nothing has gone out, whatever the proxy says; but only the one or the other passes by itself.
TEST(Transfer, AProxyThatDoesNotLetUsThroughIsToldFromOneThatCannot) {
  struct Case {
    const char* status;
    ErrorCode code;
  };
  for (const Case& one :
       {Case{"407 Proxy Authentication Required", ErrorCode::refused},
        Case{"403 Forbidden", ErrorCode::refused}, Case{"401 Unauthorized", ErrorCode::refused},
        Case{"405 Method Not Allowed", ErrorCode::refused},
        Case{"502 Bad Gateway", ErrorCode::unavailable},
        Case{"503 Service Unavailable", ErrorCode::unavailable},
        Case{"504 Gateway Timeout", ErrorCode::unavailable}}) {
    OneAnswer proxy(std::string("HTTP/1.1 ") + one.status + "\r\nContent-Length: 0\r\n\r\n");
    WebCall call = call_to(443, "gateway.example");
    call.url = "https://gateway.example/a";
    call.route.proxy = "http://127.0.0.1:" + std::to_string(proxy.port);
    call.route.connect_timeout = call.route.total_timeout = std::chrono::seconds(5);
    auto reply = call_web(call);
    ASSERT_FALSE(reply.ok()) << one.status;
    EXPECT_EQ(reply.error().code, one.code) << one.status << ": " << reply.error().message;
    EXPECT_EQ(reply.error().message.find("gateway.example"), std::string::npos);
  }
}

TEST(Transfer, AMalformedCallIsRefused) {
  WebCall good = call_to(port_of_nobody());
  auto refused = [&](auto change) {
    WebCall call = good;
    change(call);
    auto reply = call_web(call);
    return !reply.ok() && reply.error().code == ErrorCode::invalid;
  };
  EXPECT_FALSE(refused([](WebCall&) {}));
  EXPECT_TRUE(refused([](WebCall& call) { call.url = "smtp://127.0.0.1/"; }));
  EXPECT_TRUE(refused([](WebCall& call) { call.url = "file:///etc/passwd"; }));
  EXPECT_TRUE(refused([](WebCall& call) { call.method = ""; }));
  EXPECT_TRUE(refused([](WebCall& call) { call.method = "POST /x"; }));
  EXPECT_TRUE(refused([](WebCall& call) { call.headers = {{"X", "a\r\nY: b"}}; }));
  EXPECT_TRUE(refused([](WebCall& call) { call.headers = {{"X: y", "a"}}; }));
}

TEST(Transfer, TheEnvironmentNamesNoProxy) {
  Echo echo;
  const std::string nobody = "http://127.0.0.1:" + std::to_string(port_of_nobody());
  setenv("http_proxy", nobody.c_str(), 1);  // NOLINT(*-mt-unsafe)
  EXPECT_TRUE(call_web(call_to(echo.port())).ok());
  setenv("no_proxy", "*", 1);  // NOLINT(*-mt-unsafe)
  WebCall call = call_to(echo.port());
  call.route.proxy = nobody;
  EXPECT_FALSE(call_web(call).ok()) << "nor does it take ours away";
  unsetenv("http_proxy");  // NOLINT(*-mt-unsafe): one thread
  unsetenv("no_proxy");    // NOLINT(*-mt-unsafe)
}

TEST(Transfer, AProxyIsAskedInstead) {
  Echo echo;
  WebCall call = call_to(9, "gateway.invalid");
  call.route.proxy = "http://127.0.0.1:" + std::to_string(echo.port());
  auto reply = call_web(call);
  ASSERT_TRUE(reply.ok()) << reply.error().message;
  // The door refuses the absolute form, as nobody's proxy: it is enough that it was asked.
  EXPECT_NE(reply->status, 0);
}

TEST(Transfer, CallsFromManyThreadsAreTheirOwn) {
  Echo echo;
  std::atomic<int> good = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int call = 0; call < 5; ++call) {
        WebCall own = call_to(echo.port());
        own.route.total_timeout = std::chrono::seconds(10);
        if (call_web(own).ok()) ++good;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 20);
}

class TransferTls : public testing::Test {
 protected:
  TransferTls() {
    make_certificates(dir.root(), "ours");
    make_certificates(dir.root(), "other");
    std::filesystem::create_directories(dir.path("requests"));
    server = std::make_unique<RealServer>(
        "tls_server.py", std::vector<std::string>{dir.path("ours.pem"), dir.path("ours.key"),
                                                  dir.path("requests"), "answer"});
  }
  WebCall call(const std::string& host, const std::string& ca_file) const {
    WebCall made = call_to(server->port(), host);
    made.url.replace(0, 4, "https");
    made.route.ca_file = ca_file;
    made.route.connect_timeout = made.route.total_timeout = std::chrono::seconds(10);
    return made;
  }
  TempDir dir{"/dev/shm"};
  std::unique_ptr<RealServer> server;
};

TEST_F(TransferTls, ACertificateOfTheNamedAuthorityIsTrusted) {
  for (const char* host : {"localhost", "127.0.0.1"}) {
    auto reply = call_web(call(host, dir.path("ours-ca.pem")));
    ASSERT_TRUE(reply.ok()) << reply.error().message;
    EXPECT_EQ(reply->body, "answer");
  }
  EXPECT_EQ(files_below(dir.path("requests")).size(), 2U);
}

TEST_F(TransferTls, NothingGoesOutToAServerThatIsNotTrusted) {
  for (const std::string& ca : {dir.path("other-ca.pem"), dir.path("none.pem"), std::string()}) {
    auto reply = call_web(call("localhost", ca));
    ASSERT_FALSE(reply.ok());
    EXPECT_EQ(reply.error().code, ErrorCode::unavailable) << reply.error().message;
  }
  EXPECT_TRUE(files_below(dir.path("requests")).empty());
}

TEST_F(TransferTls, ACertificateForAnotherNameIsNot) {
  make_certificates(dir.root(), "away", "DNS:elsewhere.example");
  RealServer away("tls_server.py",
                  {dir.path("away.pem"), dir.path("away.key"), dir.path("requests"), "answer"});
  WebCall wrong = call("localhost", dir.path("away-ca.pem"));
  wrong.url = "https://localhost:" + std::to_string(away.port()) + "/";
  auto reply = call_web(wrong);
  ASSERT_FALSE(reply.ok());
  EXPECT_EQ(reply.error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace jieban
