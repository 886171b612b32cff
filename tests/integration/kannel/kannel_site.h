// A real Kannel on loopback: bearerbox, smsbox, and the fake message centre with its telephone.
//
// Debian's packages kannel and kannel-extras. All ports are free ones, all files lie in a directory
// of its own, all three processes end with their owner. The telephone prints what reaches it, and
// sends what it is told to as soon as it is switched on. Receipts and replies come to a server of
// the test.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "common/http/server.h"
#include "daemons/notifier/channels/sms_events.h"
#include "tests/support/temp_dir.h"
#include "tools/site/child_process.h"

namespace jieban {

// A message as the telephone got it.
struct PhoneMessage {
  std::string from;
  std::string to;
  std::string kind;    // text, ucs-2, udh
  std::string header;  // of a part
  std::string content;
};

class KannelSite {
 public:
  KannelSite();
  ~KannelSite();
  KannelSite(const KannelSite&) = delete;
  KannelSite& operator=(const KannelSite&) = delete;

  // Replies of the phone go there instead, "http://127.0.0.1:9114/kannel/mo?key=..."; before start.
  void bring_replies_to(const std::string& url) { replies_to_ = url; }
  // Empty when all three run; else what is missing.
  std::string start();
  // "FROM TO text TEXT" or "FROM TO ucs2 PERCENT-ENCODED": what the phone sends as it goes on.
  void switch_on(const std::string& message = "13800138000 10655000 text hello");
  void stop_bearerbox();
  // So many receipts are answered with 503.
  void refuse_receipts(int count) { refusals_ = count; }

  std::string sendsms() const;
  std::string callback() const;
  std::vector<PhoneMessage> on_phone() const;
  std::vector<SmsReceipt> receipts() const;
  std::vector<SmsReply> replies() const;
  // Callbacks that could not be understood.
  std::vector<std::string> refused() const;
  std::string logs() const;

 private:
  struct Ports {
    int admin = 0;
    int smsbox = 0;
    int centre = 0;
    int sendsms = 0;
  };
  std::string configuration() const;
  std::optional<ChildProcess> run(const std::vector<std::string>& command, const std::string& name);

  TempDir dir_;
  Ports ports_;
  HttpServer server_;
  std::string replies_to_;  // empty: to the server
  mutable std::mutex mutex_;
  std::vector<SmsReceipt> receipts_;
  std::vector<SmsReply> replies_;
  std::vector<std::string> refused_;
  std::atomic<int> refusals_{0};
  std::optional<ChildProcess> bearerbox_;
  std::optional<ChildProcess> smsbox_;
  std::optional<ChildProcess> phone_;
};

}  // namespace jieban
