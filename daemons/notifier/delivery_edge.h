// DeliveryEdge: a thread for each channel of the rules in force, and what a crash left behind.
//
// At start every attempt that was under way is handed in as `unknown`: the message may be out. It
// is tried again under the same id, marked as a possible repeat. A channel that new rules no longer
// name stops delivering; what waits for it waits on, and goes out when the channel comes back.
// What fails and how: start() returns what the store fails with. Thread rule: the loop's thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "daemons/notifier/ack_link.h"
#include "daemons/notifier/channel_worker.h"
#include "daemons/notifier/contact_book.h"
#include "daemons/notifier/notifier.h"

namespace jieban {

class DeliveryEdge : public Edge {
 public:
  // `core` outlives the edge. Without `open` the channels are those of real_channels(), with the
  // timeouts of the settings.
  explicit DeliveryEdge(const Notifier& core, OpenChannel open = nullptr)
      : core_(core), open_(std::move(open)) {}
  ~DeliveryEdge() override { stop(); }

  Result<void> start(const EdgeContext& context) override;
  void signalled(const Signal& signal) override;
  // A thread that has not come round: "channel: ...".
  std::string ailment(Duration now) const override;
  void stop() override;

 private:
  struct Interrupted;
  Result<OpenChannel> open_real(const EdgeContext& context);
  Result<void> find_interrupted();
  Result<void> settle_interrupted();
  Result<void> follow_rules();

  const Notifier& core_;
  std::unique_ptr<ContactBook> contacts_;  // both outlive the workers, whose channels ask them
  std::unique_ptr<AckLinks> links_;
  OpenChannel open_;
  std::optional<EdgeContext> context_;
  std::shared_ptr<Interrupted> interrupted_;
  std::map<std::string, std::unique_ptr<ChannelWorker>> workers_;
};

}  // namespace jieban
