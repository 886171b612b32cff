// Makes a site on disk: keys, configuration, copies of the rule tables, folders.
//
// Promises: an existing key is never overwritten, since what it sealed would be lost; the check is
// made before anything is written. All other files are replaced, each whole.
// What fails and how: `conflict` when a key exists, `not_found` for a missing rule table, `invalid`
// for an impossible plan, `io` otherwise.
#pragma once

#include <string>

#include "common/base/result.h"
#include "tools/site/site_plan.h"

namespace jieban {

// master.key, index.key, signing.key, link.key, admin.token, clients.yaml; mode 0600. REQUIRES:
// initialise_crypto().
Result<void> write_keys(const std::string& directory);
// The first of the five that is there; empty when none is.
std::string existing_key(const std::string& directory);

// `rules` holds the shipped tables (the folder config of the project); all its tables of column
// names, aliases*.yaml, are taken.
Result<void> write_configuration(SitePlan plan, const std::string& rules);

// The folder of shipped rule tables that belongs to the program in `program_directory`; empty when
// there is none.
std::string find_rules(const std::string& program_directory);
// The folder that the running program lies in.
std::string program_directory();

}  // namespace jieban
