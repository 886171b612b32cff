// Goal: an account is whole and strict, or an error that tells nothing of it.
#include "daemons/notifier/channels/sms_account.h"

#include <gtest/gtest.h>

#include "tests/unit/daemons/notifier/channels/sms_fixture.h"

namespace jieban {
namespace {

TEST(SmsAccount, AnSgipAccountIsReadWithItsDefaults) {
  AccountOnDisk file(kSgipAccountText);
  auto account = read_sgip_account(file.path());
  ASSERT_TRUE(account.ok()) << account.error().message;
  EXPECT_EQ(account->login_name, "demo");
  EXPECT_EQ(account->password, "pass");
  EXPECT_EQ(account->smg_login_name, "demo");
  EXPECT_EQ(account->smg_password, "pass");
  EXPECT_EQ(account->node, 3010012345U);
  EXPECT_EQ(account->corp_id, "12345");
  EXPECT_EQ(account->sp_number, "10655000");
  EXPECT_EQ(account->fee_type, 1);
  EXPECT_EQ(account->fee_value, "0");
  EXPECT_EQ(account->phone, "");
}

TEST(SmsAccount, EachKeyOfAnSgipAccountIsHeard) {
  AccountOnDisk file(std::string(kSgipAccountText) +
                     "smg_login_name: smg\nsmg_password: other\nservice_type: JB\nfee_type: 2\n"
                     "fee_value: '10'\nphone: '13900139000'\n");
  auto account = read_sgip_account(file.path());
  ASSERT_TRUE(account.ok()) << account.error().message;
  EXPECT_EQ(account->smg_login_name, "smg");
  EXPECT_EQ(account->smg_password, "other");
  EXPECT_EQ(account->service_type, "JB");
  EXPECT_EQ(account->fee_type, 2);
  EXPECT_EQ(account->fee_value, "10");
  EXPECT_EQ(account->phone, "13900139000");
}

TEST(SmsAccount, AKannelAccount) {
  AccountOnDisk file(
      "username: demo\npassword: pass\nfrom: '10655000'\ncallback: http://127.0.0.1:1/r\n"
      "priority: 2\nphone: '13900139000'\n");
  auto account = read_kannel_account(file.path());
  ASSERT_TRUE(account.ok()) << account.error().message;
  EXPECT_EQ(account->username, "demo");
  EXPECT_EQ(account->password, "pass");
  EXPECT_EQ(account->from, "10655000");
  EXPECT_EQ(account->callback, "http://127.0.0.1:1/r");
  EXPECT_EQ(account->priority, "2");
  EXPECT_EQ(account->phone, "13900139000");
  file.write("username: demo\npassword: pass\nfrom: '1'\npriority: 4\n");
  EXPECT_FALSE(read_kannel_account(file.path()).ok());
  file.write("username: demo\npassword: pass\nfrom: '1'\ncallback: ftp://x\n");
  EXPECT_FALSE(read_kannel_account(file.path()).ok());
  file.write("username: demo\npassword: pass\nfrom: '1'\ncallback: http://x/%2F\n");
  EXPECT_FALSE(read_kannel_account(file.path()).ok());
}

TEST(SmsAccount, SmstoolsNeedsNone) {
  auto account = read_smstools_account(std::nullopt);
  ASSERT_TRUE(account.ok());
  EXPECT_EQ(account->phone, "");
  AccountOnDisk file("phone: '13900139000'\n");
  EXPECT_EQ(read_smstools_account(file.path())->phone, "13900139000");
  file.write("phone: ''\n");
  EXPECT_FALSE(read_smstools_account(file.path()).ok());
}

TEST(SmsAccount, WhatIsWrongIsRefusedAndNothingOfItIsTold) {
  struct Fault {
    std::string text;
    std::string said;
  };
  const std::string good = kSgipAccountText;
  const Fault faults[] = {
      {"", "login_name"},
      {"just pass", ":1:1"},
      {"- pass\n- demo\n", ":1:1"},
      {good + "pass: x\n", ":6:"},
      {good + "password: pass\n", ":6:"},  // twice
      {good + "phone: [pass]\n", ":6:"},
      {good + "phone: {pass: demo}\n", ":6:"},
      {good + "phone: &pass x\n", ":6:"},
      {good + "phone: pass: demo\n", ":6:"},
      {good + "fee_type: pass\n", "fee_type is 0 to 5"},
      {good + "fee_type: '12'\n", "fee_type is 0 to 5"},
      {"login_name: demo\npassword: pass\n", "area_code is missing"},
      {"login_name: demo\npassword: ''\n", "password is empty"},
      {"login_name: demo\npassword: pass\narea_code: demo\ncorp_id: '1'\nsp_number: '1'\n", "area"},
      {"login_name: demo\npassword: pass\narea_code: '010'\ncorp_id: demo\nsp_number: '1'\n",
       "five digits"},
      {good + "phone: \xff pass\n", "account"},
  };
  AccountOnDisk file("");
  for (const Fault& fault : faults) {
    file.write(fault.text);
    auto account = read_sgip_account(file.path());
    ASSERT_FALSE(account.ok()) << fault.text;
    const std::string said = account.error().message;
    EXPECT_NE(said.find(fault.said), std::string::npos) << said;
    EXPECT_TRUE(said.starts_with(file.path())) << said;
    EXPECT_TRUE(is_discreet(said)) << said;
  }
}

TEST(SmsAccount, AFileThatIsNotThereIsNamed) {
  auto account = read_sgip_account("/nowhere/account.yaml");
  ASSERT_FALSE(account.ok());
  EXPECT_EQ(account.error().message, "/nowhere/account.yaml cannot be read");
  EXPECT_NE(read_kannel_account(std::nullopt).error().message.find("username"), std::string::npos);
}

}  // namespace
}  // namespace jieban
