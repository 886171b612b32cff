// Service: what a daemon implements, its core. Everything else of a daemon is the skeleton.
//
// A core is a pure fold: it reads and writes its tables and emits events, and takes time and chance
// from the event or the step. An Error from apply() sets the event aside (quarantine) and the line
// goes on; an input of this daemon's own edges is answered with the Error instead.
#pragma once

#include <map>
#include <string>

#include "common/daemon/step.h"
#include "common/store/environment.h"

namespace jieban {

// Opens the tables of a core once, at start.
// Fails: with the errors of the environment.
class TableOpener {
 public:
  explicit TableOpener(Environment& environment) : environment_(environment) {}
  Result<TableId> open(const std::string& name) {
    auto id = environment_.table(name);
    if (id.ok()) tables_[name] = *id;
    return id;
  }
  // A table of rows by position: `layout` (row_layout) is kept beside it when it is new.
  // Fails also with `invalid` when its rows were written in a layout that this one cannot read.
  Result<TableId> open_rows(const std::string& name, const std::string& layout);
  const std::map<std::string, TableId>& tables() const { return tables_; }

 private:
  Environment& environment_;
  std::map<std::string, TableId> tables_;
};

class Service {
 public:
  virtual ~Service() = default;
  virtual Result<void> open(TableOpener& tables) = 0;
  // An event of an upstream, or an input of an edge (its stream is then this daemon's own).
  virtual Result<void> apply(const Event& event, Step& step) = 0;
  // Timers that are due, a bounded number of them.
  virtual Result<void> tick(Step& step) {
    (void)step;
    return {};
  }
  // When tick() should be called next.
  virtual Result<Timestamp> next_due(const Transaction& store) const {
    (void)store;
    return kTimestampMax;
  }
};

}  // namespace jieban
