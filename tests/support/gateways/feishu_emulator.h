// FeishuEmulator: the gateway of Feishu robots, DOMAIN §15.5.
#pragma once

#include "tests/support/gateways/robot_emulator.h"

namespace jieban {

class FeishuEmulator : public RobotEmulator {
 public:
  FeishuEmulator(const Clock& clock, std::string id, std::string secret);
  ~FeishuEmulator() override { close(); }
  std::string target() const { return url("/open-apis/bot/v2/hook"); }

 private:
  int64_t judge(const HttpRequest& request, Value& message) override;
  std::string reply(int64_t code) const override;
  bool is_signed(const Value& body) const;

  std::string id_;
  std::string secret_;
  RateMemory second_;
  RateMemory minute_;
};

}  // namespace jieban
