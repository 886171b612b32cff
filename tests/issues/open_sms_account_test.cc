// Seen: the account file of a Kannel, an SGIP or a smstools channel was read whoever else could
// read or write it, though a robot's was refused: there were two readers of account files, and one
// of them did not look at the mode. Whoever may write the file chooses our password.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "common/base/file.h"
#include "daemons/notifier/channels/sms_account.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

constexpr char kKannel[] = "username: demo\npassword: pass\nfrom: '1065'\n";
constexpr char kSgip[] =
    "login_name: demo\npassword: pass\narea_code: '010'\ncorp_id: '12345'\nsp_number: '1065'\n";
constexpr char kSmstools[] = "phone: '13800138000'\n";

template <class Read>
void expect_closed(const std::string& text, Read read) {
  TempDir dir("/dev/shm");
  const std::string path = dir.path("account.yaml");
  ASSERT_TRUE(write_file(path, text, 0640).ok());
  EXPECT_TRUE(read(path).ok());
  for (const mode_t mode : {0644U, 0602U}) {
    ASSERT_EQ(::chmod(path.c_str(), mode), 0);
    auto account = read(path);
    ASSERT_FALSE(account.ok()) << text;
    EXPECT_EQ(account.error().code, ErrorCode::refused);
    EXPECT_NE(account.error().message.find("chmod o-rwx"), std::string::npos);
  }
}

TEST(OpenSmsAccount, IsRefusedForEveryKindOfChannel) {
  expect_closed(kKannel, read_kannel_account);
  expect_closed(kSgip, read_sgip_account);
  expect_closed(kSmstools, read_smstools_account);
}

}  // namespace
}  // namespace jieban
