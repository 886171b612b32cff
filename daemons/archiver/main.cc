#include "common/daemon/daemon.h"
#include "daemons/archiver/archive_gauges.h"
#include "daemons/archiver/archiver.h"
#include "daemons/archiver/query_edge.h"

// jieban-archiver: owns memory.
int main(int argc, char** argv) {
  using namespace jieban;
  DaemonDeclaration declaration;
  declaration.name = "archiver";
  declaration.parameters = archiver_parameters();
  declaration.service = [](const Settings&) { return std::make_unique<Archiver>(); };
  declaration.edges = [](Service& service) {
    const ArchiveTables& tables = dynamic_cast<const Archiver&>(service).tables();
    std::vector<std::unique_ptr<Edge>> edges;
    edges.push_back(std::make_unique<QueryEdge>(tables));
    edges.push_back(std::make_unique<ArchiveGauges>(tables));
    return edges;
  };
  return run_daemon(declaration, argc, argv);
}
