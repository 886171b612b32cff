// Goal: each kind of a channel has a name, and a target that nobody can mistake.
#include "daemons/notifier/channel_kind.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(ChannelKind, EachHasANameOfItsOwn) {
  for (const ChannelKindRow& row : channel_kinds()) {
    ChannelKind kind = ChannelKind::spool;
    ASSERT_TRUE(from_string(row.name, kind)) << row.name;
    EXPECT_EQ(kind, row.kind);
    EXPECT_EQ(to_string(kind), row.name);
    EXPECT_NE(channel_kind_names().find(row.name), std::string::npos);
  }
  ChannelKind kind = ChannelKind::spool;
  EXPECT_FALSE(from_string("pigeon", kind));
}

TEST(ChannelKind, TargetsOfShortMessages) {
  struct Case {
    ChannelKind kind;
    const char* target;
    bool good;
  };
  for (const Case& one : {
           Case{ChannelKind::sgip_sms, "sgip://10.1.2.3:8801", true},
           {ChannelKind::sgip_sms, "10.1.2.3:8801", false},
           {ChannelKind::sgip_sms, "http://10.1.2.3:8801", false},
           {ChannelKind::sgip_sms, "sgip://demo@10.1.2.3:8801", false},
           {ChannelKind::kannel_sms, "http://127.0.0.1:13013/cgi-bin/sendsms", true},
           {ChannelKind::kannel_sms, "http://127.0.0.1:13013/cgi-bin/sendsms?password=x", false},
           {ChannelKind::kannel_sms, "127.0.0.1:13013/cgi-bin/sendsms", false},
           {ChannelKind::smstools_sms, "/var/spool/sms", true},
           {ChannelKind::smstools_sms, "var/spool/sms", false},
       }) {
    EXPECT_EQ(check_channel_target(one.kind, one.target).ok(), one.good) << one.target;
  }
}

}  // namespace
}  // namespace jieban
