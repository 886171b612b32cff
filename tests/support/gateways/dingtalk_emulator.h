// DingtalkEmulator: the gateway of DingTalk robots, DOMAIN §15.4.
#pragma once

#include "tests/support/gateways/robot_emulator.h"

namespace jieban {

class DingtalkEmulator : public RobotEmulator {
 public:
  // Without a secret a call is let in without a signature, and only so.
  DingtalkEmulator(const Clock& clock, std::string token, std::string secret);
  ~DingtalkEmulator() override { close(); }
  std::string target() const { return url("/robot/send"); }

 private:
  int64_t judge(const HttpRequest& request, Value& message) override;
  std::string reply(int64_t code) const override;
  bool is_signed(const HttpRequest& request) const;

  std::string token_;
  std::string secret_;
  RateMemory minute_;
  Timestamp blocked_until_{};
};

}  // namespace jieban
