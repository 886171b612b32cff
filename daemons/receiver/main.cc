#include "common/daemon/daemon.h"
#include "daemons/receiver/intake_edge.h"

// jieban-receiver: the door.
int main(int argc, char** argv) {
  using namespace jieban;
  DaemonDeclaration declaration;
  declaration.name = "receiver";
  declaration.parameters = receiver_parameters();
  declaration.service = [](const Settings&) { return std::make_unique<Receiver>(); };
  declaration.edges = [](Service& service) {
    std::vector<std::unique_ptr<Edge>> edges;
    edges.push_back(std::make_unique<IntakeEdge>(dynamic_cast<Receiver&>(service)));
    return edges;
  };
  declaration.check = check_receiver_files;
  return run_daemon(declaration, argc, argv);
}
