// Goal: Kannel is asked in its own words, and only its own word counts.
// Method: a real server on loopback that answers as Kannel 1.4.5 does; the real one is in
// tests/integration/kannel.
#include "daemons/notifier/channels/kannel_sms.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

#include <mutex>
#include <thread>

#include "common/base/bytes.h"
#include "common/http/address.h"
#include "common/http/server.h"
#include "daemons/notifier/channels/tcp_stream.h"
#include "tests/unit/daemons/notifier/channels/sms_fixture.h"

namespace jieban {
namespace {

using Outcome = DeliveryOutcome;

constexpr char kAccountText[] =
    "username: demo\npassword: pass\nfrom: '10655000'\ncallback: http://127.0.0.1:1/receipt\n";

class Sendsms {
 public:
  Sendsms(int status, const std::string& answer) : server_({}) {
    server_.route(
        "POST", "/cgi-bin/sendsms",
        [this, status, answer](const HttpRequest& request) {
          std::lock_guard<std::mutex> guard(mutex_);
          requests_.push_back(request);
          return HttpResponse::text(status, answer);
        },
        Access::open);
    CHECK(server_.start().ok());
  }
  ~Sendsms() { server_.stop(); }
  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(server_.port()) + "/cgi-bin/sendsms";
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

class KannelSmsTest : public testing::Test {
 protected:
  DeliveryReport deliver(const std::string& url, const OutgoingNotice& notice = sms_notice()) {
    KannelSms channel(sms_rule(ChannelKind::kannel_sms, url, account_.path()), kShortTimeouts,
                      clock_);
    DeliveryReport report = channel.deliver(notice);
    EXPECT_TRUE(is_discreet(report.error.value_or(""))) << *report.error;
    return report;
  }
  AccountOnDisk account_{kAccountText};
  SystemClock clock_;
};

TEST_F(KannelSmsTest, APossibleRepeatSaysSoBeforeAllElse) {
  Sendsms kannel(202, "0: Accepted for delivery");
  OutgoingNotice notice = sms_notice();
  notice.possible_repeat = true;
  deliver(kannel.url(), notice);
  ASSERT_EQ(kannel.requests().size(), 1U);
  EXPECT_EQ(kannel.requests()[0].body, "（可能重复）工单催办");
}

TEST_F(KannelSmsTest, ANoticeIsPostedInHeadersAndBody) {
  Sendsms kannel(202, "0: Accepted for delivery");
  DeliveryReport report = deliver(kannel.url());
  EXPECT_EQ(report.outcome, Outcome::accepted);
  EXPECT_EQ(report.gateway_id, sms_notice().notice_id);
  EXPECT_EQ(report.segments, (SmsSegments{SmsAlphabet::ucs2, 1}));
  EXPECT_FALSE(report.error);
  auto requests = kannel.requests();
  ASSERT_EQ(requests.size(), 1U);
  const HttpRequest& request = requests[0];
  EXPECT_TRUE(request.query.empty());
  EXPECT_EQ(request.body, "工单催办");
  const std::pair<const char*, std::string> expected[] = {
      {"content-type", "text/plain; charset=UTF-8"},
      {"x-kannel-username", "demo"},
      {"x-kannel-password", "pass"},
      {"x-kannel-from", "10655000"},
      {"x-kannel-to", "8613800138000"},
      {"x-kannel-coding", "2"},
      {"x-kannel-dlr-mask", "31"},
      {"x-kannel-dlr-url",
       "http://127.0.0.1:1/receipt?notice=" + to_hex(sms_notice().notice_id) + "&type=%d"},
      {"x-kannel-priority", ""},
  };
  for (const auto& [name, value] : expected) EXPECT_EQ(request.header(name), value) << name;
}

TEST_F(KannelSmsTest, PriorityAndAQueryOfTheCallbackAreKept) {
  Sendsms kannel(202, "0: Accepted for delivery");
  account_.write(
      "username: demo\npassword: pass\nfrom: '1'\npriority: 3\n"
      "callback: http://127.0.0.1:1/r?key=k\n");
  EXPECT_EQ(deliver(kannel.url()).outcome, Outcome::accepted);
  account_.write("username: demo\npassword: pass\nfrom: '1'\n");
  EXPECT_EQ(deliver(kannel.url()).outcome, Outcome::accepted);
  auto requests = kannel.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].header("x-kannel-priority"), "3");
  EXPECT_TRUE(requests[0].header("x-kannel-dlr-url").starts_with("http://127.0.0.1:1/r?key=k&not"));
  EXPECT_EQ(requests[1].header("x-kannel-dlr-url"), "");
  EXPECT_EQ(requests[1].header("x-kannel-dlr-mask"), "");
}

TEST_F(KannelSmsTest, EachAnswerIsWhatTheTableSays) {
  struct Case {
    int status;
    const char* answer;
    Outcome outcome;
  };
  // The texts of Kannel 1.4.5, and others' in its place.
  for (const Case& one : {
           Case{202, "0: Accepted for delivery", Outcome::accepted},
           {202, "3: Queued for later delivery", Outcome::accepted},
           {202, "Sent.", Outcome::unknown},
           {202, "", Outcome::unknown},
           {202, " 0: Accepted for delivery", Outcome::unknown},
           {200, "0: Accepted for delivery", Outcome::unknown},
           {200, "<html>登录</html>", Outcome::unknown},
           {400, "Missing receiver(s) number(s), rejected", Outcome::rejected},
           {400, "Empty receiver number not allowed, rejected", Outcome::rejected},
           {400, "Charset or body misformed, rejected", Outcome::rejected},
           {400, "Sender missing and no global set, rejected", Outcome::denied},
           {400, "DLR-URL field misformed, rejected", Outcome::denied},
           {403, "Authorization failed for sendsms", Outcome::denied},
           {403, "Not routable. Do not try again.", Outcome::denied},
           {403, "Number(s) has/have been denied by white- and/or black-lists.", Outcome::rejected},
           {404, "", Outcome::denied},
           {405, "", Outcome::denied},
           {415, "Unsupported content-type, rejected", Outcome::denied},
           {503, "Temporal failure, try again later.", Outcome::failed},
           {500, "13800138000 pass", Outcome::failed},
           {302, "", Outcome::failed},
       }) {
    Sendsms kannel(one.status, one.answer);
    DeliveryReport report = deliver(kannel.url());
    EXPECT_EQ(report.outcome, one.outcome) << one.status << " " << one.answer;
    EXPECT_EQ(report.error.has_value(), one.outcome != Outcome::accepted);
    bool may_be_out = one.outcome == Outcome::accepted || one.outcome == Outcome::unknown;
    EXPECT_EQ(report.gateway_id.has_value(), may_be_out);
    EXPECT_EQ(report.segments.has_value(), may_be_out);
  }
}

TEST_F(KannelSmsTest, NobodyThereHasFailedAndNoAnswerIsUnknown) {
  EXPECT_EQ(deliver("http://127.0.0.1:1/cgi-bin/sendsms").outcome, Outcome::failed);
  FileDescriptor listener = *listen_on("127.0.0.1:0", false);
  std::string url = "http://127.0.0.1:" + std::to_string(port_of(listener)) + "/cgi-bin/sendsms";
  const DeliveryReport report = deliver(url);  // connected by the kernel, never answered
  EXPECT_EQ(report.outcome, Outcome::unknown);
  EXPECT_EQ(report.segments, (SmsSegments{SmsAlphabet::ucs2, 1})) << "may be out, and charged";
}

// Says a header letter by letter, as long as somebody listens.
class Dribbler {
 public:
  Dribbler() : listener_(*listen_on("127.0.0.1:0", false)), thread_([this] { talk(); }) {}
  ~Dribbler() {
    if (thread_.joinable()) thread_.join();
  }
  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(port_of(listener_)) + "/cgi-bin/sendsms";
  }
  bool was_left() {
    thread_.join();
    return left_;
  }

 private:
  void talk() {
    pollfd waiting{listener_.get(), POLLIN, 0};
    if (poll(&waiting, 1, 10'000) != 1) return;
    FileDescriptor peer(accept(listener_.get(), nullptr, nullptr));
    const std::string head = "HTTP/1.1 202 Accepted\r\nX-Patience: ";
    constexpr size_t kLettersMax = 500;
    for (size_t i = 0; i < kLettersMax && !left_; ++i) {
      const char letter = i < head.size() ? head[i] : 'a';
      left_ = send(peer.get(), &letter, 1, MSG_NOSIGNAL) != 1;
      pollfd gone{peer.get(), POLLRDHUP, 0};
      left_ = left_ || poll(&gone, 1, 10) == 1;
    }
  }
  FileDescriptor listener_;
  bool left_ = false;
  std::thread thread_;
};

TEST_F(KannelSmsTest, ADoorThatAnswersLetterByLetterIsLeftWhenTheTimeIsUp) {
  Dribbler kannel;
  EXPECT_EQ(deliver(kannel.url()).outcome, Outcome::unknown);
  EXPECT_TRUE(kannel.was_left());
}

TEST_F(KannelSmsTest, TheAccountNamesAProxyAndTheCertificatesAsForAnyOtherDoor) {
  Sendsms kannel(202, "0: Accepted for delivery");
  account_.write("username: demo\npassword: pass\nfrom: '1'\nproxy: http://127.0.0.1:1\n");
  EXPECT_EQ(deliver(kannel.url()).outcome, Outcome::failed);
  EXPECT_TRUE(kannel.requests().empty()) << "around the proxy";
  account_.write("username: demo\npassword: pass\nfrom: '1'\nca_file: /nowhere.pem\n");
  EXPECT_EQ(deliver("https://127.0.0.1:1/cgi-bin/sendsms").outcome, Outcome::failed);
}

TEST_F(KannelSmsTest, WhatIsConfiguredWronglyIsDenied) {
  Sendsms kannel(202, "0: Accepted for delivery");
  EXPECT_EQ(deliver("http://").outcome, Outcome::denied);
  OutgoingNotice notice = sms_notice();
  notice.address.clear();
  EXPECT_EQ(deliver(kannel.url(), notice).outcome, Outcome::denied);
  notice.address = "110";
  EXPECT_EQ(deliver(kannel.url(), notice).outcome, Outcome::rejected);
  account_.write("username: demo\n");
  EXPECT_EQ(deliver(kannel.url()).outcome, Outcome::denied);
  account_.write("username: \"de\\nmo\"\npassword: pass\nfrom: '1'\n");
  EXPECT_EQ(deliver(kannel.url()).outcome, Outcome::denied);  // no header has two lines
  EXPECT_TRUE(kannel.requests().empty());
}

TEST_F(KannelSmsTest, ALongTextIsCutWhereKannelWouldSendMoreParts) {
  Sendsms kannel(202, "0: Accepted for delivery");
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "工";
  EXPECT_EQ(deliver(kannel.url(), sms_notice(text)).outcome, Outcome::accepted);
  EXPECT_EQ(kannel.requests().at(0).body.size(), 8U * 67 * 3);
}

}  // namespace
}  // namespace jieban
