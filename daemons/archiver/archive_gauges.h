// ArchiveGauges: how much the archive holds.
#pragma once

#include "common/daemon/edge.h"
#include "daemons/archiver/archive.h"

namespace jieban {

class ArchiveGauges : public Edge {
 public:
  explicit ArchiveGauges(const ArchiveTables& tables) : tables_(tables) {}
  Result<void> start(const EdgeContext& context) override;
  void observe(const Transaction& store) override;
  void stop() override {}

 private:
  const ArchiveTables& tables_;
  Gauge* events_ = nullptr;
  Gauge* orders_ = nullptr;
};

}  // namespace jieban
