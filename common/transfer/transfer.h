// Transfer: one call to a gateway of the world outside, by HTTP or HTTPS (mail: mail_transfer.h).
//
// Promises: every call ends within its total timeout, name resolution included. Nothing is
// retried, redirects are not followed, connections are not kept, the environment (http_proxy,
// .netrc) is not looked at, only the named protocols are spoken. TLS is 1.2 or newer and always
// verified: against the given CA file alone, or else against the host's. Any status that arrives is
// a reply, not an error.
// What fails and how: `invalid` for a malformed call, `unavailable` when nothing can have gone out
// (no name, no connection, no handshake, no login), `refused` when nothing has because the proxy
// does not let us through to the gateway (401, 403, 404, 405, 407 to CONNECT), `limit` for a reply
// that is too long and had to be whole, `io` otherwise: the request may or may not have been
// carried out. A message names the kind of failure alone, never an address, a header or what the
// other side wrote. Thread rule: any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/clock.h"
#include "common/base/result.h"

namespace jieban {

struct TransferRoute {
  std::string proxy{};    // "http://host:port"; empty: none
  std::string ca_file{};  // PEM; empty: the certificates that the host trusts
  Duration connect_timeout = std::chrono::seconds(2);
  Duration total_timeout = std::chrono::seconds(7);
  size_t reply_bytes_max = size_t{64} * 1024;
};

// What becomes of a reply's body beyond reply_bytes_max.
enum class ReplyBody {
  whole,  // the call fails with `limit`: half a code is none
  cut,    // what is too much is not read: the status says all
};

struct WebCall {
  std::string url{};  // "https://host:port/path?query", escaped where needed
  std::string method = "POST";
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};
  TransferRoute route{};
  ReplyBody reply_body = ReplyBody::whole;
};

struct WebReply {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  // lower-case names, as they came
  std::string body;

  // The first of that name; empty when there is none.
  std::string_view header(std::string_view lower_case_name) const;
};

Result<WebReply> call_web(const WebCall& call);

}  // namespace jieban
