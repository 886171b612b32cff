// NotifierHealth: whether the notifier can call anybody, by what its /healthz says (ops_server.h).
//
// Upstreams that are away are no part of it: the notifier and Alertmanager tell that.
// Fails: never; whatever is no word of ours is an ailment of which we know nothing more.
// Thread rule: plain values, pure functions.
#pragma once

#include <string>

#include "common/base/result.h"
#include "common/http/client.h"

namespace jieban {

struct NotifierHealth {
  bool answers = false;
  std::string ailment;  // in Chinese, for a text message; empty: none
  std::string said;     // the line that it answered, or why there is none: for the log

  bool works() const { return answers && ailment.empty(); }
};

NotifierHealth health_of(const Result<HttpReply>& reply);

}  // namespace jieban
