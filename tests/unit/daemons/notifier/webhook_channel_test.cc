// Goal: each way in which a gateway answers, or does not, is told for what it is.
// Method: real servers on loopback.
#include "daemons/notifier/webhook_channel.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <mutex>
#include <thread>

#include "common/base/file.h"
#include "common/http/address.h"
#include "common/http/server.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

OutgoingNotice notice() {
  return {"110102007.notifier",
          "s:1:gateway",
          "deadline.warned",
          "A1",
          "预警",
          from_micros(0),
          1,
          false};
}

ChannelRule rule_of(const std::string& target) {
  ChannelRule rule;
  rule.name = "gateway";
  rule.kind = ChannelKind::webhook;
  rule.target = target;
  return rule;
}

constexpr ChannelTimeouts kShort{std::chrono::milliseconds(500), std::chrono::milliseconds(200)};

class Gateway {
 public:
  explicit Gateway(int status) : server_({}) {
    server_.route(
        "POST", "/notices",
        [this, status](const HttpRequest& request) {
          std::lock_guard<std::mutex> guard(mutex_);
          requests_.push_back(request);
          return HttpResponse::text(status, "张三 13800138000");
        },
        Access::open);
    CHECK(server_.start().ok());
  }
  ~Gateway() { server_.stop(); }
  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(server_.port()) + "/notices";
  }
  std::vector<HttpRequest> requests() {
    std::lock_guard<std::mutex> guard(mutex_);
    return requests_;
  }

 private:
  HttpServer server_;
  std::mutex mutex_;
  std::vector<HttpRequest> requests_;
};

// Takes connections, says `answer` to the first bytes of each, and hangs up; with an empty answer
// it says nothing until it goes away.
class RawServer {
 public:
  explicit RawServer(std::string answer)
      : answer_(std::move(answer)), socket_(*listen_on("127.0.0.1:0", false)) {
    CHECK(::pipe(stop_) == 0);
    thread_ = std::thread([this] { serve(); });
  }
  ~RawServer() {
    ::close(stop_[1]);
    thread_.join();
    ::close(stop_[0]);
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_of(socket_)) + "/"; }

 private:
  void serve() {
    std::vector<FileDescriptor> held;
    while (true) {
      pollfd wanted[2] = {{socket_.get(), POLLIN, 0}, {stop_[0], POLLIN, 0}};
      ::poll(wanted, 2, -1);
      if (wanted[1].revents != 0) return;
      FileDescriptor peer(::accept(socket_.get(), nullptr, nullptr));
      if (answer_.empty()) {
        held.push_back(std::move(peer));
        continue;
      }
      char bytes[4096];
      (void)!::read(peer.get(), bytes, sizeof bytes);
      (void)!::write(peer.get(), answer_.data(), answer_.size());
    }
  }

  std::string answer_;
  FileDescriptor socket_;
  int stop_[2] = {-1, -1};
  std::thread thread_;
};

TEST(WebhookChannel, DeliversWithTheNoticesIdAsIdempotencyKey) {
  Gateway gateway(200);
  WebhookChannel channel(rule_of(gateway.url()), kShort);
  auto report = channel.deliver(notice());
  EXPECT_EQ(report.outcome, DeliveryOutcome::accepted);
  auto requests = gateway.requests();
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_EQ(requests[0].header("idempotency-key"), "s:1:gateway");
  EXPECT_EQ(requests[0].header("content-type"), "application/json; charset=utf-8");
  EXPECT_EQ(requests[0].header("authorization"), "");
  EXPECT_EQ(requests[0].body, notice_json(notice()));
}

TEST(WebhookChannel, TheTokenIsReadForEachCall) {
  TempDir dir("/dev/shm");
  Gateway gateway(204);
  ChannelRule rule = rule_of(gateway.url());
  rule.token_file = dir.path("token");
  WebhookChannel channel(rule, kShort);
  EXPECT_EQ(channel.deliver(notice()).outcome, DeliveryOutcome::failed);
  ASSERT_TRUE(write_file(dir.path("token"), "one\n").ok());
  EXPECT_EQ(channel.deliver(notice()).outcome, DeliveryOutcome::accepted);
  ASSERT_TRUE(write_file(dir.path("token"), "two\n").ok());
  channel.deliver(notice());
  auto requests = gateway.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].header("authorization"), "Bearer one");
  EXPECT_EQ(requests[1].header("authorization"), "Bearer two");
}

TEST(WebhookChannel, EachStatusMeansWhatItShould) {
  struct Meaning {
    int status;
    DeliveryOutcome outcome;
  };
  for (const Meaning& meaning :
       {Meaning{200, DeliveryOutcome::accepted}, Meaning{202, DeliveryOutcome::accepted},
        Meaning{302, DeliveryOutcome::failed}, Meaning{400, DeliveryOutcome::rejected},
        Meaning{401, DeliveryOutcome::denied}, Meaning{403, DeliveryOutcome::denied},
        Meaning{404, DeliveryOutcome::denied}, Meaning{407, DeliveryOutcome::denied},
        Meaning{406, DeliveryOutcome::failed}, Meaning{408, DeliveryOutcome::failed},
        Meaning{409, DeliveryOutcome::failed}, Meaning{410, DeliveryOutcome::rejected},
        Meaning{413, DeliveryOutcome::rejected}, Meaning{422, DeliveryOutcome::rejected},
        Meaning{429, DeliveryOutcome::failed}, Meaning{500, DeliveryOutcome::failed},
        Meaning{503, DeliveryOutcome::failed}}) {
    EXPECT_EQ(outcome_of_status(meaning.status), meaning.outcome) << meaning.status;
  }
}

TEST(WebhookChannel, AnErrorNamesTheStatusAndNotWhatTheGatewayWrote) {
  Gateway gateway(500);
  WebhookChannel channel(rule_of(gateway.url()), kShort);
  auto report = channel.deliver(notice());
  EXPECT_EQ(report.outcome, DeliveryOutcome::failed);
  EXPECT_EQ(report.error, "the gateway answered 500");
}

TEST(WebhookChannel, NobodyListeningIsAFailure) {
  uint16_t port = 0;
  {
    auto socket = listen_on("127.0.0.1:0", false);
    port = port_of(*socket);
  }
  WebhookChannel channel(rule_of("http://127.0.0.1:" + std::to_string(port) + "/"), kShort);
  EXPECT_EQ(channel.deliver(notice()).outcome, DeliveryOutcome::failed);
}

TEST(WebhookChannel, AGatewayThatHangsLeavesTheOutcomeUnknown) {
  RawServer server("");
  WebhookChannel channel(rule_of(server.url()), kShort);
  EXPECT_EQ(channel.deliver(notice()).outcome, DeliveryOutcome::unknown);
}

TEST(WebhookChannel, NonsenseLeavesTheOutcomeUnknown) {
  for (const char* answer : {"garbage\r\n\r\n", "HTTP/1.1 2", "\x16\x03\x01"}) {
    RawServer server(answer);
    WebhookChannel channel(rule_of(server.url()), kShort);
    EXPECT_EQ(channel.deliver(notice()).outcome, DeliveryOutcome::unknown) << answer;
  }
}

TEST(WebhookChannel, AReplyWithoutEndLeavesTheOutcomeUnknown) {
  RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n" +
                   std::string(200'000, 'x'));
  WebhookChannel channel(rule_of(server.url()), kShort);
  EXPECT_EQ(channel.deliver(notice()).outcome, DeliveryOutcome::unknown);
}

}  // namespace
}  // namespace jieban
