// EasyHandle: one handle of libcurl with what all calls share. Of this folder only.
//
// Promises: see transfer.h. `begun` tells whether the request itself was about to be written, which
// is after name, connection, proxy and TLS, and for mail after greeting and login as well.
// What fails and how: open() is `io` when the library gives no handle; error() as transfer.h says.
// Thread rule: one thread a handle.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/transfer/transfer.h"

namespace jieban {

class EasyHandle {
 public:
  // `protocols`: those that the call may speak, "http,https". REQUIRES: is_plain_url(url).
  static Result<std::unique_ptr<EasyHandle>> open(const std::string& url, const char* protocols,
                                                  const TransferRoute& route);
  ~EasyHandle();
  EasyHandle(const EasyHandle&) = delete;
  EasyHandle& operator=(const EasyHandle&) = delete;

  CURL* get() const { return handle_; }
  // A list of lines that lives as long as the handle; null when there is no memory.
  curl_slist* list_of(const std::vector<std::string>& lines);

  CURLcode perform();
  bool begun() const { return begun_; }
  // The last status or reply code; 0 when there was none.
  int status() const;
  Error error(CURLcode code) const;

 private:
  explicit EasyHandle(CURL* handle) : handle_(handle) {}
  int closed_proxy() const;
  static int on_begin(void* self, char* to, char* from, int to_port, int from_port);

  CURL* handle_;
  bool begun_ = false;
  std::vector<curl_slist*> lists_;
};

// One of the schemes ("http://"), visible ASCII, a host, and no user in it: a password in an
// address would end up in rules.
bool is_plain_url(std::string_view url, std::initializer_list<std::string_view> schemes);

}  // namespace jieban
