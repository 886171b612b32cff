// Seen: a gateway that answered 401 because of a wrong token cost every notice that was due before
// somebody had mended it, since each was given up after one attempt.
#include <gtest/gtest.h>

#include <atomic>

#include "common/base/file.h"
#include "common/domain/topics.h"
#include "common/http/server.h"
#include "daemons/notifier/channels/gateway_reply.h"
#include "daemons/notifier/channels/webhook_channel.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

constexpr Timestamp kNoon = from_micros(1'770'000'000'000'000);

// Lets in whoever knows the token.
class GuardedGateway {
 public:
  GuardedGateway() : server_({}) {
    server_.route(
        "POST", "/notices",
        [this](const HttpRequest& request) {
          if (request.header("authorization") != "Bearer right") {
            return HttpResponse::text(401, "who are you");
          }
          ++let_in;
          return HttpResponse::text(200, "");
        },
        Access::open);
    CHECK(server_.start().ok());
  }
  ~GuardedGateway() { server_.stop(); }
  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(server_.port()) + "/notices";
  }
  std::atomic<int> let_in = 0;

 private:
  HttpServer server_;
};

TEST(WrongToken, ANoticeWaitsUntilItIsMended) {
  TempDir dir("/dev/shm");
  GuardedGateway gateway;
  ChannelRule rule;
  rule.name = "gateway";
  rule.kind = ChannelKind::webhook;
  rule.target = gateway.url();
  rule.token_file = dir.path("token");
  FakeClock clock;
  WebhookChannel channel(rule, {}, clock);
  NotifierRules rules;
  rules.attempts_max = 60;
  rules.retry_first_micros = 30'000'000;
  rules.retry_max_micros = 900'000'000;
  NoticeRow row;
  row.notice_id = "s:1:gateway";
  Timestamp now = kNoon;
  auto attempt = [&] {
    EXPECT_TRUE(begin_attempt(row, row.attempts + 1, now));
    OutgoingNotice notice{"s", row.notice_id, "deadline.warned", "A1",
                          "",  now,           row.attempts,      false};
    DeliveryReport report = channel.deliver(notice);
    auto topic =
        end_attempt(row, {row.notice_id, row.attempts, report.outcome, report.error}, rules, now);
    now = row.due_at;
    return topic;
  };

  ASSERT_TRUE(write_file(dir.path("token"), "wrong\n").ok());
  while (now < kNoon + std::chrono::hours(1)) {
    ASSERT_EQ(attempt(), topics::kNoticeFailed);
    EXPECT_EQ(row.error, "the gateway answered 401");
  }
  ASSERT_TRUE(write_file(dir.path("token"), "right\n").ok());
  EXPECT_EQ(attempt(), topics::kNoticeSent);
  EXPECT_EQ(gateway.let_in, 1);
}

TEST(WrongToken, OnlyAnswersAboutTheNoticeItselfAreFinal) {
  for (int status : {400, 410, 413, 415, 422}) {
    EXPECT_EQ(outcome_of_status(status), DeliveryOutcome::rejected) << status;
  }
  for (int status : {401, 402, 403, 404, 405, 407, 408, 409, 421, 425, 429, 451, 499}) {
    EXPECT_NE(outcome_of_status(status), DeliveryOutcome::rejected) << status;
    EXPECT_NE(outcome_of_status(status), DeliveryOutcome::accepted) << status;
  }
}

}  // namespace
}  // namespace jieban
