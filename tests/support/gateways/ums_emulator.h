// UmsEmulator: China Unicom's gateway for text messages, DOMAIN §15.6.
//
// A message that it took on is an object of the form's fields, in UTF-8. Only code 0 is the
// vendor's; the others are this emulator's own.
#pragma once

#include <set>

#include "tests/support/gateways/robot_emulator.h"

namespace jieban {

class UmsEmulator : public RobotEmulator {
 public:
  UmsEmulator(const Clock& clock, std::string password);
  ~UmsEmulator() override { close(); }
  std::string target() const { return url("/sms/Api/Send.do"); }

 private:
  int64_t judge(const HttpRequest& request, Value& message) override;
  std::string reply(int64_t code) const override;

  std::string password_;
  std::set<std::string> serial_numbers_;
};

}  // namespace jieban
