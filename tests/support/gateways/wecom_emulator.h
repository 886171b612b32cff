// WecomEmulator: the gateway of WeCom robots, DOMAIN §15.2.
#pragma once

#include "tests/support/gateways/robot_emulator.h"

namespace jieban {

class WecomEmulator : public RobotEmulator {
 public:
  WecomEmulator(const Clock& clock, std::string key);
  ~WecomEmulator() override { close(); }
  std::string target() const { return url("/cgi-bin/webhook/send"); }

 private:
  int64_t judge(const HttpRequest& request, Value& message) override;
  std::string reply(int64_t code) const override;

  std::string key_;
  RateMemory minute_;
};

}  // namespace jieban
