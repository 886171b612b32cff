// KilledChannel: a channel of the notifier together with its counterpart, which keeps what it was
// sent, behaves as it is told, and stands still at a stage.
//
// Thread rule: the test's thread; the counterparts have threads of their own.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/integration/delivery_kill/staged_gateway.h"

namespace jieban {

class KilledChannel {
 public:
  virtual ~KilledChannel() = default;
  // Its item of notices.yaml.
  virtual std::string item() const = 0;
  // Of the next deliveries, one each; after them proper.
  virtual void behave(const std::vector<Manner>& manners) = 0;
  virtual StageGate& gate() = 0;
  virtual std::vector<GatewayMessage> messages() const = 0;
  virtual std::vector<std::string> faults() const = 0;
};

std::unique_ptr<KilledChannel> webhook_door();
std::unique_ptr<KilledChannel> kannel_door();
// A message's id is its text, without the mark: SUBMIT carries no other.
std::unique_ptr<KilledChannel> sgip_door();

}  // namespace jieban
