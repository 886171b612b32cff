// Goal: who asks is known by token or by signature, once; a bad key file says so and not what is in
// it.
#include "common/daemon/credentials.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include "common/base/bytes.h"
#include "common/base/file.h"
#include "common/crypto/request_signature.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

const std::string kSecret = "secret-of-the-desk-0123456789";
const std::string kToken = "token-of-the-desk-0123456789";

class CredentialsTest : public testing::Test {
 protected:
  void SetUp() override { write_clients(kSecret, kToken); }
  void write(const std::string& name, const std::string& content) {
    ASSERT_TRUE(write_file(dir_.path(name), content).ok());
  }
  void write_clients(const std::string& secret, const std::string& token) {
    write("clients.yaml", "clients:\n  - app_id: desk\n    secret: \"" + secret +
                              "\"\n    token: \"" + token + "\"\n    role: officer\n");
  }
  // "ok NAME", or the code.
  static std::string outcome(const Authenticate& who, const HttpRequest& request) {
    auto found = who(request);
    return found.ok() ? "ok " + *found : std::string(to_string(found.error().code));
  }
  static HttpRequest bearing(const std::string& token) {
    HttpRequest request;
    request.headers["authorization"] = "Bearer " + token;
    return request;
  }
  HttpRequest signed_by(const std::string& secret, const std::string& nonce) const {
    HttpRequest request;
    request.body = "{\"orders\":[]}";
    SignedRequest sent;
    sent.app_id = "desk";
    sent.timestamp_ms = to_micros(clock_.now()) / 1000;
    sent.nonce = nonce;
    sent.body = request.body;
    request.headers["x-app-id"] = "desk";
    request.headers["x-timestamp"] = std::to_string(sent.timestamp_ms);
    request.headers["x-nonce"] = nonce;
    request.headers["x-sign"] = sign_request(sent, secret);
    return request;
  }
  Authenticate clients() const {
    auto found = client_authentication(dir_.root(), clock_, {"POST /feed"});
    CHECK(found.ok());
    return *found;
  }
  void expect_silent(const Error& error, const std::string& file) const {
    EXPECT_NE(error.message.find(file), std::string::npos) << error.message;
    EXPECT_EQ(error.message.find("0123456789"), std::string::npos) << error.message;
    EXPECT_EQ(error.message.find("of-the-desk"), std::string::npos) << error.message;
  }

  TempDir dir_{"/dev/shm"};
  FakeClock clock_;
};

TEST_F(CredentialsTest, ABearerTokenGivesTheAppId) {
  auto who = clients();
  EXPECT_EQ(outcome(who, bearing(kToken)), "ok desk");
  EXPECT_EQ(outcome(who, bearing(kToken + "0")), "unauthenticated");
  EXPECT_EQ(outcome(who, bearing(kToken.substr(1))), "unauthenticated");
  EXPECT_EQ(outcome(who, bearing("")), "unauthenticated");
  EXPECT_EQ(outcome(who, bearing(kSecret)), "unauthenticated");
  EXPECT_EQ(outcome(who, HttpRequest{}), "unauthenticated");
}

TEST_F(CredentialsTest, ASignedRequestIsTakenOnce) {
  auto who = clients();
  EXPECT_EQ(outcome(who, signed_by(kSecret, "nonce-0001")), "ok desk");
  EXPECT_EQ(outcome(who, signed_by(kSecret, "nonce-0001")), "unauthenticated") << "played back";
  EXPECT_EQ(outcome(who, signed_by(kSecret, "nonce-0002")), "ok desk");
}

TEST_F(CredentialsTest, AWrongSignatureIsNotTakenAndUsesUpNoNonce) {
  auto who = clients();
  EXPECT_EQ(outcome(who, signed_by(kToken, "nonce-0001")), "unauthenticated");
  HttpRequest changed = signed_by(kSecret, "nonce-0001");
  changed.body += " ";
  EXPECT_EQ(outcome(who, changed), "unauthenticated");
  HttpRequest stranger = signed_by(kSecret, "nonce-0001");
  stranger.headers["x-app-id"] = "other";
  EXPECT_EQ(outcome(who, stranger), "unauthenticated");
  HttpRequest timeless = signed_by(kSecret, "nonce-0001");
  timeless.headers["x-timestamp"] = "now";
  EXPECT_EQ(outcome(who, timeless), "unauthenticated");
  HttpRequest late = signed_by(kSecret, "nonce-0001");
  clock_.advance(std::chrono::hours(1));
  EXPECT_EQ(outcome(who, late), "unauthenticated");
  EXPECT_EQ(outcome(who, signed_by(kSecret, "nonce-0001")), "ok desk");
}

TEST_F(CredentialsTest, ShortSecretsAndTokensAreNotLoaded) {
  write_clients("0123456789", kToken);
  auto loaded = load_clients(dir_.root());
  ASSERT_FALSE(loaded.ok());
  expect_silent(loaded.error(), "clients.yaml");
  write_clients(kSecret, "0123456789");
  EXPECT_FALSE(load_clients(dir_.root()).ok());
  write_clients(kSecret, kToken);
  EXPECT_EQ(load_clients(dir_.root())->at(0).role, "officer");
}

TEST_F(CredentialsTest, ABrokenClientFileIsNamedAndNotQuoted) {
  const std::string bad[] = {
      "clients: \"" + kSecret + "\"\n",
      "clients:\n  - app_id: desk\n    secret: [" + kSecret + "]\n",
      "clients:\n  - app_id: desk\n    secret: " + kSecret + "\n",
      "clients:\n  - app_id: desk\n    secret: \"" + kSecret + "\n    token: x\n",
      "clients:\n  - app_id: desk\n    colour: " + kSecret + "\n"};
  for (const std::string& text : bad) {
    write("clients.yaml", text);
    auto loaded = load_clients(dir_.root());
    ASSERT_FALSE(loaded.ok()) << text;
    expect_silent(loaded.error(), "clients.yaml");
  }
  auto none = load_clients(dir_.path("nowhere"));
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().code, ErrorCode::not_found);
}

TEST_F(CredentialsTest, AKeyIsSixtyFourHexadecimalDigits) {
  const std::string hex = std::string(62, '0') + "2a";
  write("archive.key", hex + "\n");
  auto key = load_key(dir_.root(), "archive.key");
  ASSERT_TRUE(key.ok()) << key.error().message;
  EXPECT_EQ(to_hex(key->bytes()), hex);
  for (const std::string& bad : {std::string("0123456789"), hex + "00", std::string(64, 'x')}) {
    write("bad.key", bad);
    auto refused = load_key(dir_.root(), "bad.key");
    ASSERT_FALSE(refused.ok()) << bad;
    EXPECT_EQ(refused.error().code, ErrorCode::invalid);
    expect_silent(refused.error(), "bad.key");
    EXPECT_EQ(refused.error().message.find(bad), std::string::npos);
  }
  EXPECT_EQ(load_key(dir_.root(), "none.key").error().code, ErrorCode::not_found);
}

TEST_F(CredentialsTest, OnlyTheAdminTokenOpensTheAdminDoor) {
  write("admin.token", kToken + "\n");
  auto admin = admin_authentication(dir_.root());
  ASSERT_TRUE(admin.ok());
  EXPECT_EQ(outcome(*admin, bearing(kToken)), "ok admin");
  EXPECT_EQ(outcome(*admin, bearing(kToken + "\n")), "unauthenticated");
  EXPECT_EQ(outcome(*admin, bearing("")), "unauthenticated");
  EXPECT_EQ(outcome(*admin, HttpRequest{}), "unauthenticated");
  write("admin.token", "0123456789\n");
  auto weak = admin_authentication(dir_.root());
  ASSERT_FALSE(weak.ok());
  expect_silent(weak.error(), "admin.token");
  EXPECT_FALSE(admin_authentication(dir_.path("nowhere")).ok());
}

TEST_F(CredentialsTest, TheKeysDirectoryIsTheConfiguredOneOrThatOfSystemd) {
  ::setenv("CREDENTIALS_DIRECTORY", "/run/credentials/x", 1);
  EXPECT_EQ(*keys_directory("/etc/keys"), "/etc/keys");
  EXPECT_EQ(*keys_directory(""), "/run/credentials/x");
  ::unsetenv("CREDENTIALS_DIRECTORY");
  auto none = keys_directory("");
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().code, ErrorCode::invalid);
}

TEST_F(CredentialsTest, AFeedMayBringInAndNothingElse) {
  const std::string feed(30, 'f');
  write("clients.yaml", "clients:\n  - {app_id: desk, secret: " + kSecret + ", token: " + kToken +
                            ", role: operator}\n  - {app_id: city, secret: " + feed + feed +
                            ", token: " + feed + ", role: feed}\n");
  auto who = clients();
  HttpRequest request = bearing(feed);
  request.method = "POST";
  request.path = "/feed";
  EXPECT_EQ(outcome(who, request), "ok city");
  request.method = "GET";
  EXPECT_EQ(outcome(who, request), "refused");
  request.method = "POST";
  for (const char* path : {"/feed/", "/fee", "/other", "", "/FEED"}) {
    request.path = path;
    EXPECT_EQ(outcome(who, request), "refused") << path;
  }
  request.headers = bearing(kToken).headers;
  EXPECT_EQ(outcome(who, request), "ok desk") << "only a feed is held to it";
}

}  // namespace
}  // namespace jieban
