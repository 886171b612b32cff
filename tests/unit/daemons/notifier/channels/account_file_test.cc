// Goal: keys come from a file that only we may read, strictly, and no error shows one.
#include "daemons/notifier/channels/account_file.h"

#include "tests/unit/daemons/notifier/channels/channel_fixture.h"

namespace jieban {
namespace {

class AccountFileTest : public ChannelTest {
 protected:
  Result<Account> read(const std::string& text) {
    return read_account(write_account(text), {{"key", true}, {"secret"}, {"starttls"}});
  }
  Error error_of(const std::string& text) {
    auto account = read(text);
    EXPECT_FALSE(account.ok()) << text;
    return account.ok() ? Error{} : account.error();
  }
};

TEST_F(AccountFileTest, GivesTheTextsThatItKnows) {
  auto account = read("key: \"t0ken\"\nsecret: 12345\n");
  ASSERT_TRUE(account.ok()) << account.error().message;
  EXPECT_EQ(account->text("key"), "t0ken");
  EXPECT_EQ(account->text("secret"), "12345");
  EXPECT_TRUE(account->has("secret"));
  EXPECT_EQ(account->text("starttls"), "");
  EXPECT_FALSE(account->has("starttls"));
}

TEST_F(AccountFileTest, AFlagIsTrueOrFalse) {
  EXPECT_TRUE(*read("key: x\nstarttls: true\n")->flag("starttls", false));
  EXPECT_FALSE(*read("key: x\nstarttls: false\n")->flag("starttls", true));
  EXPECT_TRUE(*read("key: x\n")->flag("starttls", true));
  EXPECT_FALSE(read("key: x\nstarttls: yes\n")->flag("starttls", true).ok());
}

TEST_F(AccountFileTest, NoFaultShowsWhatStandsInTheFile) {
  for (const char* text :
       {"SECdemo", "- SECdemo\n", "key: [SECdemo]\n", "key: {SECdemo: x}\n", "SECdemo: x\nkey: y\n",
        "key: SECdemo\nkey: SECdemo\n", "secret: SECdemo\n", "key: ''\nsecret: SECdemo\n",
        "key: \"SEC\\qdemo\"\n", "key: &SECdemo x\n", "key: SECdemo\n\tsecret: SECdemo\n",
        "SECdemo: x\nSECdemo: y\n", "", "key:\n", "key: SECdemo\n---\nkey: SECdemo\n"}) {
    const Error error = error_of(text);
    EXPECT_EQ(error.code, ErrorCode::invalid) << error.message;
    EXPECT_EQ(error.message.find("SECdemo"), std::string::npos) << error.message;
    EXPECT_TRUE(error.message.starts_with(dir.path("account.yaml"))) << error.message;
  }
}

TEST_F(AccountFileTest, AnErrorSaysWhatToDo) {
  EXPECT_NE(error_of("kee: x\n").message.find("known here: key secret starttls"),
            std::string::npos);
  EXPECT_NE(error_of("secret: x\n").message.find("key is missing"), std::string::npos);
  EXPECT_NE(error_of("key: ''\n").message.find("key is empty"), std::string::npos);
  EXPECT_NE(error_of("key: x\nkey: y\n").message.find(":2:"), std::string::npos);
}

TEST_F(AccountFileTest, AStampIsThatOfTheContent) {
  const std::string path = write_account("key: x\n");
  const std::string stamp = account_stamp(path);
  EXPECT_NE(stamp, "");
  EXPECT_EQ(stamp.find("key"), std::string::npos);
  write_account("key: x\n");
  EXPECT_EQ(account_stamp(path), stamp);
  write_account("key: y\n");
  EXPECT_NE(account_stamp(path), stamp);
  EXPECT_EQ(account_stamp(path + ".none"), "");
}

TEST_F(AccountFileTest, AFileThatEverybodyMayReadOrWriteIsRefused) {
  const std::string path = write_account("key: x\n");
  for (mode_t mode : {0644U, 0602U, 0661U}) {
    ASSERT_EQ(::chmod(path.c_str(), mode), 0);
    auto account = read_account(path, {{"key"}});
    ASSERT_FALSE(account.ok()) << mode;
    EXPECT_EQ(account.error().code, ErrorCode::refused);
    EXPECT_NE(account.error().message.find("chmod o-rwx"), std::string::npos);
  }
  ASSERT_EQ(::chmod(path.c_str(), 0640), 0);
  EXPECT_TRUE(read_account(path, {{"key"}}).ok());
}

TEST_F(AccountFileTest, AFileThatIsNotThereOrTooLongIsAnError) {
  EXPECT_FALSE(read_account(dir.path("none"), {}).ok());
  EXPECT_EQ(error_of("key: " + std::string(20'000, 'x')).code, ErrorCode::limit);
}

TEST_F(AccountFileTest, ARouteHasWhatTheAccountNames) {
  auto account =
      read_account(write_account("ca_file: /c\nproxy: http://p:1\n"), with_route_keys({{"key"}}));
  ASSERT_TRUE(account.ok()) << account.error().message;
  TransferRoute route = route_of(*account, kShort);
  EXPECT_EQ(route.ca_file, "/c");
  EXPECT_EQ(route.proxy, "http://p:1");
  EXPECT_EQ(route.connect_timeout, kShort.connect);
  EXPECT_EQ(route.total_timeout, kShort.connect + kShort.reply);
}

TEST_F(AccountFileTest, AFormatIsTextOrMarkdown) {
  auto markdown = [&](const std::string& text) {
    return wants_markdown(*read_account(write_account(text), {{"format"}, {"key"}}));
  };
  EXPECT_FALSE(*markdown("key: x\n"));
  EXPECT_FALSE(*markdown("format: text\n"));
  EXPECT_TRUE(*markdown("format: markdown\n"));
  EXPECT_FALSE(markdown("format: html\n").ok());
}

}  // namespace
}  // namespace jieban
