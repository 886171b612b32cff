// Door: how submissions and commands of all edges reach the core, sealed.
//
// One way in for the HTTP door and the import folder: seal, hand in as one group (one transaction),
// wait for the commit, and tell each row's outcome.
// Fails: `full` when the store has no room, `unavailable` while starting, stopping or flooded; the
// same batch may then be sent again.
// Thread rule: any thread but the loop's.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/daemon/edge.h"
#include "common/domain/handover.h"
#include "daemons/receiver/intake/import_result.h"
#include "daemons/receiver/receiver.h"
#include "daemons/receiver/sealer.h"

namespace jieban {

// The orders, sealed, as the core takes them in.
std::vector<Input> order_inputs(const Sealer& sealer, const std::string& batch_id,
                                const std::string& source, const std::string& actor,
                                const std::vector<const Submission*>& orders);

// What a file or push came to.
ImportDone import_done(const std::string& source, const std::vector<OrderOutcome>& outcomes,
                       size_t refused);

class Door {
 public:
  Door(const EdgeContext& context, std::shared_ptr<const Sealer> sealer);

  // One outcome for each order, in their order.
  Result<std::vector<OrderOutcome>> submit(const std::string& batch_id, const std::string& source,
                                           const std::string& actor,
                                           const std::vector<const Submission*>& orders);
  Result<std::vector<OrderOutcome>> submit(const std::string& batch_id, const std::string& source,
                                           const std::string& actor,
                                           const std::vector<Submission>& orders);
  // `text` is sealed; the outcome is that of the first time that the key was used.
  Result<CommandOutcome> command(CommandRequest request, const std::string& actor,
                                 const std::string& text);
  // As above; the texts are sealed together, and named in the request's `sealed_fields` if there is
  // another than "text".
  Result<CommandOutcome> command(CommandRequest request, const std::string& actor,
                                 std::map<std::string, std::string> texts);
  // A request whose sealed part is there already; `secret` is its wrapped key.
  Result<CommandOutcome> ask(const CommandRequest& request, const std::string& actor,
                             std::string secret);
  // A file or a push is done, whatever it had. Durable when this returns.
  Result<void> note_import(const ImportDone& done);
  // Durable with the next commit; a crash before it is as if nobody had brought anything.
  void note_import_later(const ImportDone& done);
  // What somebody is about to be shown. Durable when this returns.
  Result<void> note_reading(const HandoverReading& reading, const std::string& actor);
  const Sealer& sealer() const { return *sealer_; }
  void count_rejected(size_t rows);

 private:
  // The answer to one input, after its commit.
  Result<std::string> hand_in(Input input);

  const EdgeContext& context_;
  std::shared_ptr<const Sealer> sealer_;
  std::map<std::string, Counter*, std::less<>> taken_;
};

}  // namespace jieban
