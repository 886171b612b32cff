// What goes into the site: the pushes of a script at their time, and files for the import folder.
//
// An answer that says "later" (503, no connection) is asked for again; one that says no is noted.
// What fails and how: errors of the files. Thread rule: one thread.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "tools/player/accounts.h"
#include "tools/player/day_script.h"
#include "tools/site/client.h"
#include "tools/site/import_drop.h"

namespace jieban {

struct ScriptedFile {
  Timestamp at;
  std::string path;
};

class Feed {
 public:
  static Result<Feed> make(const Site& site, std::vector<ScriptedPush> pushes,
                           std::vector<ScriptedFile> files);

  // Sends what is due and looks after the files in the import folder.
  Result<void> go_on(Timestamp now);
  // All is sent, and all files are dealt with.
  bool finished() const;
  const Accounts& accounts() const { return accounts_; }
  // What the door did not take as a whole, for people.
  const std::vector<std::string>& remarks() const { return remarks_; }

 private:
  Feed(const Site& site, DaemonClient receiver) : site_(site), receiver_(std::move(receiver)) {}
  // False when it has to be sent again later.
  bool push(const ScriptedPush& push);
  Result<void> look_at_drops();

  const Site& site_;
  DaemonClient receiver_;
  std::vector<ScriptedPush> pushes_;
  std::vector<ScriptedFile> files_;
  size_t next_push_ = 0;
  size_t next_file_ = 0;
  std::vector<ImportDrop> drops_;
  std::set<std::string> batches_;
  Accounts accounts_;
  std::vector<std::string> remarks_;
};

}  // namespace jieban
