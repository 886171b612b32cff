// IntakeEdge: the receiver's doors together, over one sealer: the HTTP API and the import folder.
#pragma once

#include "daemons/receiver/folder_edge.h"
#include "daemons/receiver/http_edge.h"

namespace jieban {

std::vector<Parameter> receiver_parameters();
Result<void> check_receiver_files(const Settings& settings);

class IntakeEdge : public Edge {
 public:
  explicit IntakeEdge(const Receiver& receiver) : http_(receiver) {}
  Result<void> start(const EdgeContext& context) override;
  void signalled(const Signal& signal) override { http_.signalled(signal); }
  void observe(const Transaction& store) override { folder_.observe(store); }
  Result<Take> read_again() override { return folder_.read_again(); }
  void stop() override;

 private:
  HttpEdge http_;
  FolderEdge folder_;
};

}  // namespace jieban
