// Goal: each way in which a gateway answers, or does not, is told for what it is.
// Method: real servers on loopback.
#include "daemons/notifier/channels/webhook_channel.h"

#include <mutex>

#include "common/base/bytes.h"
#include "common/crypto/hashes.h"
#include "common/http/address.h"
#include "common/http/server.h"
#include "tests/support/gateways/mail_box.h"
#include "tests/support/gateways/real_server.h"
#include "tests/unit/daemons/notifier/channels/channel_fixture.h"

namespace jieban {
namespace {

OutgoingNotice notice() { return sample_notice("预警"); }

class Gateway {
 public:
  explicit Gateway(int status, const std::string& answer = "张三 13800138000") : server_({}) {
    server_.route(
        "POST", "/notices",
        [this, status, answer](const HttpRequest& request) {
          std::lock_guard<std::mutex> guard(mutex_);
          requests_.push_back(request);
          return HttpResponse::text(status, answer);
        },
        Access::open);
    CHECK(server_.start().ok());
    front_.emplace(server_.port());
  }
  ~Gateway() {
    front_.reset();
    server_.stop();
  }
  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(front_->port()) + "/notices";
  }
  void spoil(Fault fault) { front_->set(fault); }
  std::vector<HttpRequest> requests() {
    std::lock_guard<std::mutex> guard(mutex_);
    return requests_;
  }

 private:
  HttpServer server_;
  std::optional<FaultyFront> front_;
  std::mutex mutex_;
  std::vector<HttpRequest> requests_;
};

class WebhookTest : public ChannelTest {
 protected:
  // Without a text: without an account.
  ChannelRule rule_to(const std::string& target, const std::string& account = "") {
    ChannelRule rule = rule_of(ChannelKind::webhook, target, account);
    if (account.empty()) rule.account_file.reset();
    return rule;
  }
};

TEST_F(WebhookTest, DeliversACloudEventWithTheNoticesIdAsIdempotencyKey) {
  Gateway gateway(200);
  WebhookChannel channel(rule_to(gateway.url()), kPatient, clock);
  auto report = channel.deliver(notice());
  EXPECT_EQ(report.outcome, DeliveryOutcome::accepted) << report.error.value_or("");
  auto requests = gateway.requests();
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_EQ(requests[0].header("idempotency-key"), "s:1:robot");
  EXPECT_EQ(requests[0].header("content-type"), "application/cloudevents+json; charset=utf-8");
  EXPECT_EQ(requests[0].header("authorization"), "");
  EXPECT_EQ(requests[0].header("x-jieban-signature"), "");
  EXPECT_EQ(requests[0].body, notice_json(notice()));
}

TEST_F(WebhookTest, ASecretSignsTimeAndBody) {
  Gateway gateway(204);
  WebhookChannel channel(rule_to(gateway.url(), "secret: SECdemo0123456789\n"), kPatient, clock);
  EXPECT_EQ(channel.deliver(notice()).outcome, DeliveryOutcome::accepted);
  const HttpRequest sent = gateway.requests().at(0);
  EXPECT_EQ(sent.header("x-jieban-timestamp"), "1770000000000");
  EXPECT_EQ(sent.header("x-jieban-signature"),
            "sha256=" + to_hex(hmac_sha256(kSecret, "1770000000000." + sent.body)));
  clock.advance(std::chrono::milliseconds(1));
  channel.deliver(notice());
  EXPECT_NE(gateway.requests().at(1).header("x-jieban-signature"),
            sent.header("x-jieban-signature"));
}

// Computed with openssl: printf '1770000000000.{"a":1}' | openssl dgst -sha256 -hmac SECdemo...
TEST_F(WebhookTest, ASignatureIsWhatOthersComputeToo) {
  EXPECT_EQ(webhook_signature(kSecret, 1'770'000'000'000, R"({"a":1})"),
            "sha256=413e5f0892363b4a4bcd72e8e1590327d45c84450f06b91e7c6ef14267bc0668");
}

TEST_F(WebhookTest, TheTokenIsReadForEachCall) {
  Gateway gateway(204);
  ChannelRule rule = rule_to(gateway.url());
  rule.token_file = dir.path("token");
  WebhookChannel channel(rule, kPatient, clock);
  EXPECT_EQ(channel.deliver(notice()).outcome, DeliveryOutcome::denied);
  ASSERT_TRUE(write_file(dir.path("token"), "one\n").ok());
  EXPECT_EQ(channel.deliver(notice()).outcome, DeliveryOutcome::accepted);
  ASSERT_TRUE(write_file(dir.path("token"), "two\n").ok());
  channel.deliver(notice());
  auto requests = gateway.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].header("authorization"), "Bearer one");
  EXPECT_EQ(requests[1].header("authorization"), "Bearer two");
}

TEST_F(WebhookTest, AnErrorNamesTheStatusAndNotWhatTheGatewayWrote) {
  Gateway gateway(503);
  WebhookChannel channel(rule_to(gateway.url()), kPatient, clock);
  auto report = channel.deliver(notice());
  EXPECT_EQ(report.outcome, DeliveryOutcome::failed);
  EXPECT_EQ(report.error, "the gateway answered 503");
  expect_discreet(report);
}

TEST_F(WebhookTest, NobodyListeningIsAFailure) {
  const uint16_t port = port_of(*listen_on("127.0.0.1:0", false));
  WebhookChannel channel(rule_to("http://127.0.0.1:" + std::to_string(port) + "/"), kPatient,
                         clock);
  auto report = channel.deliver(notice());
  EXPECT_EQ(report.outcome, DeliveryOutcome::failed);
  expect_discreet(report);
}

TEST_F(WebhookTest, EachFaultOfTheGatewayIsToldForWhatItIs) {
  Gateway gateway(200);
  for (const FaultCase& one : kFaultCases) {
    gateway.spoil(one.fault);
    WebhookChannel channel(rule_to(gateway.url()), timeouts_for(one.fault), clock);
    auto report = channel.deliver(notice());
    EXPECT_EQ(report.outcome, one.outcome) << int(one.fault) << report.error.value_or("");
    expect_discreet(report);
  }
}

// The status says that it was taken: to send it again would be to tell it twice.
TEST_F(WebhookTest, ALongAnswerIsJudgedByItsStatus) {
  const std::string page(200'000, 'x');
  for (auto [status, outcome] :
       {std::pair{200, DeliveryOutcome::accepted}, std::pair{403, DeliveryOutcome::denied}}) {
    Gateway gateway(status, page);
    WebhookChannel channel(rule_to(gateway.url()), kPatient, clock);
    auto report = channel.deliver(notice());
    EXPECT_EQ(report.outcome, outcome) << report.error.value_or("");
    EXPECT_EQ(gateway.requests().size(), 1U);
  }
}

TEST_F(WebhookTest, AnAccountThatCannotBeReadIsDenied) {
  Gateway gateway(200);
  WebhookChannel channel(rule_to(gateway.url(), "sekret: SECdemo\n"), kPatient, clock);
  auto report = channel.deliver(notice());
  EXPECT_EQ(report.outcome, DeliveryOutcome::denied);
  EXPECT_EQ(report.error->find("SECdemo"), std::string::npos);
  EXPECT_TRUE(gateway.requests().empty());
}

TEST_F(WebhookTest, TlsIsTrustedByTheAccountsAuthorityAlone) {
  make_certificates(dir.root(), "ours");
  make_certificates(dir.root(), "other");
  std::filesystem::create_directories(dir.path("requests"));
  RealServer server("tls_server.py",
                    {dir.path("ours.pem"), dir.path("ours.key"), dir.path("requests"), "{}"});
  const std::string target = "https://localhost:" + std::to_string(server.port()) + "/notices";
  WebhookChannel channel(rule_to(target, "ca_file: " + dir.path("ours-ca.pem") + "\n"), kPatient,
                         clock);
  auto report = channel.deliver(notice());
  EXPECT_EQ(report.outcome, DeliveryOutcome::accepted) << report.error.value_or("");
  EXPECT_EQ(files_below(dir.path("requests")).at(0), "/notices\n" + notice_json(notice()));
  write_account("ca_file: " + dir.path("other-ca.pem") + "\n");
  auto wrong = channel.deliver(notice());
  EXPECT_EQ(wrong.outcome, DeliveryOutcome::failed);
  expect_discreet(wrong);
  EXPECT_EQ(files_below(dir.path("requests")).size(), 1U);
}

}  // namespace
}  // namespace jieban
