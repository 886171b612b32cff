// Goal: a callback of Kannel is understood whole, or refused without a word of what was in it.
#include "daemons/notifier/channels/kannel_callbacks.h"

#include <gtest/gtest.h>

#include "common/base/bytes.h"
#include "daemons/notifier/channels/sms_text.h"

namespace jieban {
namespace {

const std::string kNotice = "110102007.sla-watcher:17:sms";

TEST(KannelCallbacks, EachTypeOfReceipt) {
  struct Case {
    const char* type;
    SmsState state;
    bool error;
  };
  for (const Case& one :
       {Case{"1", SmsState::delivered, false}, Case{"2", SmsState::failed, true},
        Case{"4", SmsState::buffered, false}, Case{"8", SmsState::buffered, false},
        Case{"16", SmsState::failed, true}}) {
    auto receipt = kannel_receipt({{"notice", to_hex(kNotice)}, {"type", one.type}});
    ASSERT_TRUE(receipt.ok()) << one.type;
    EXPECT_EQ(receipt->gateway_id, kNotice);
    EXPECT_EQ(receipt->notice_id, kNotice);
    EXPECT_EQ(receipt->state, one.state);
    EXPECT_EQ(receipt->error.has_value(), one.error);
  }
}

TEST(KannelCallbacks, WhatIsNoReceiptIsRefused) {
  const std::string id = to_hex(kNotice);
  struct Case {
    HttpHeaders query;
    const char* said;
  };
  for (const Case& one : {Case{{}, "notice"},
                          {{{"notice", ""}, {"type", "1"}}, "notice"},
                          {{{"notice", "13800138000"}, {"type", "1"}}, "notice"},
                          {{{"notice", "0a"}, {"type", "1"}}, "notice"},
                          {{{"notice", std::string(2000, 'a')}, {"type", "1"}}, "notice"},
                          {{{"notice", id}}, "type"},
                          {{{"notice", id}, {"type", "0"}}, "type"},
                          {{{"notice", id}, {"type", "3"}}, "type"},
                          {{{"notice", id}, {"type", "32"}}, "type"},
                          {{{"notice", id}, {"type", "-1"}}, "type"},
                          {{{"notice", id}, {"type", "1x"}}, "type"},
                          {{{"notice", id}, {"type", "99999999999999999999"}}, "type"}}) {
    auto receipt = kannel_receipt(one.query);
    ASSERT_FALSE(receipt.ok());
    EXPECT_EQ(receipt.error().message,
              "the parameter " + std::string(one.said) + " is missing or wrong");
  }
}

HttpHeaders reply() {
  return {{"from", "13800138000"},
          {"text", "1 已处理"},
          {"charset", "UTF-8"},
          {"at", "1795375422"},
          {"id", "e5feeb57"}};
}

TEST(KannelCallbacks, AReply) {
  auto read = kannel_reply(reply());
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, (SmsReply{"e5feeb57", "8613800138000", "1 已处理",
                             from_micros(1'795'375'422'000'000)}));
  HttpHeaders other = reply();
  other["from"] = "10086";
  EXPECT_EQ(kannel_reply(other)->sender, "10086");
  other.erase("text");  // omitted by Kannel when it is empty
  EXPECT_EQ(kannel_reply(other)->text, "");
}

TEST(KannelCallbacks, WhatIsNoReplyIsRefused) {
  struct Case {
    const char* name;
    std::string value;
  };
  for (const Case& one : {Case{"from", ""},
                          {"from", "138 0013"},
                          {"from", std::string(65, '1')},
                          {"id", ""},
                          {"id", std::string(65, '1')},
                          {"text", "\xff"},
                          {"text", std::string(4097, 'x')},
                          {"charset", "KOI8-R"},
                          {"charset", "UTF-16BE"},  // a smsbox without mo-recode
                          {"charset", "8-BIT"},
                          {"at", ""},
                          {"at", "-1"},
                          {"at", "7289625600"},
                          {"at", "now"}}) {
    HttpHeaders query = reply();
    query[one.name] = one.value;
    if (one.value == "UTF-16BE") query["text"] = to_ucs2("收到");
    auto read = kannel_reply(query);
    ASSERT_FALSE(read.ok()) << one.name << "=" << one.value;
    std::string named = one.name == std::string("charset") ? "text" : one.name;
    EXPECT_EQ(read.error().message, "the parameter " + named + " is missing or wrong");
  }
}

}  // namespace
}  // namespace jieban
