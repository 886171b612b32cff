// Archiver: owns memory. Every event of every stream goes into one hash chain, once, in the order
// in which it is applied, and stays findable by order.
//
// Follows receiver, router, sla-watcher and notifier. Emits archive.sealed when a local day has
// ended. An event of an unknown topic or order is archived like any other; one whose payload cannot
// be read although a summary needs it is refused (quarantine), and so is one archived before.
#pragma once

#include "common/daemon/service.h"
#include "daemons/archiver/archive.h"

namespace jieban {

class Archiver : public Service {
 public:
  Result<void> open(TableOpener& tables) override;
  Result<void> apply(const Event& event, Step& step) override;
  // Seals the day that ended last. Days on which nothing ran have no seal of their own.
  Result<void> tick(Step& step) override;
  Result<Timestamp> next_due(const Transaction& store) const override;

  const ArchiveTables& tables() const { return tables_; }

 private:
  Result<void> index_event(const Event& event, const SummaryRule& rule, uint64_t number,
                           Step& step);
  Result<void> follow_order(const Event& event, const SummaryRule* rule, uint64_t number,
                            Step& step);
  Result<void> index_number(uint64_t order_id, const OrderSummary& summary, Step& step);

  ArchiveTables tables_;
  ChainTip tip_;
};

}  // namespace jieban
