// Goal: only what is an address of the right kind is called, and the library says how far it came.
#include "common/transfer/easy_handle.h"

#include <gtest/gtest.h>

#include "common/http/address.h"

namespace jieban {
namespace {

TEST(EasyHandle, AnAddressHasAKnownSchemeAHostAndNoUser) {
  auto plain = [](std::string_view url) { return is_plain_url(url, {"http://", "https://"}); };
  EXPECT_TRUE(plain("https://open.feishu.cn/open-apis/bot/v2/hook/x?y=1"));
  EXPECT_TRUE(plain("http://[::1]:80/"));
  EXPECT_TRUE(plain("http://host/a@b"));
  for (const char* url : {"", "ftp://host/", "file:///etc/passwd", "HTTPS://host/", "https://",
                          "https:///path", "https://user:word@host/", "https://host/a b",
                          "https://host/\r\nX: y", "https://host/\xE6\x9C\x88"}) {
    EXPECT_FALSE(plain(url)) << url;
  }
}

TEST(EasyHandle, WhatNeverBeganCannotHaveGoneOut) {
  uint16_t port = port_of(*listen_on("127.0.0.1:0", false));
  auto handle =
      EasyHandle::open("http://127.0.0.1:" + std::to_string(port) + "/", "http", TransferRoute{});
  ASSERT_TRUE(handle.ok());
  CURLcode code = (*handle)->perform();
  EXPECT_EQ(code, CURLE_COULDNT_CONNECT);
  EXPECT_FALSE((*handle)->begun());
  EXPECT_EQ((*handle)->status(), 0);
  EXPECT_EQ((*handle)->error(code).code, ErrorCode::unavailable);
}

TEST(EasyHandle, AProtocolThatIsNotNamedIsNotSpoken) {
  auto handle = EasyHandle::open("file:///etc/passwd", "http,https", TransferRoute{});
  ASSERT_TRUE(handle.ok());
  EXPECT_EQ((*handle)->perform(), CURLE_UNSUPPORTED_PROTOCOL);
}

}  // namespace
}  // namespace jieban
