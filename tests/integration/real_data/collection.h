// The collection of real exports beside the source, and how a test gets it into a site.
//
// Nothing of it may be printed or kept: messages name rows by their place, and what is written lies
// in the site's directory, which goes away.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/test_site.h"

namespace jieban {

// The bytes of a file below ../shared/data, or below JIEBAN_SHARED/data; empty when it is not here.
std::string collected(const std::string& file);

// A CSV text as rows of cells; the first is the header.
using Rows = std::vector<std::vector<std::string>>;
Rows rows_of(const std::string& csv);
std::string csv_of(const Rows& rows);

// Adds an alias table to those of the site's receiver. REQUIRES: it does not run yet.
void add_aliases(const TestSite& site, const std::string& name, const std::string& yaml);

// Puts the text into the import folder and waits. How many orders were new; -1 when it failed.
int64_t import_csv(const TestSite& site, const std::string& name, const std::string& csv,
                   Duration at_most);

}  // namespace jieban

#define COLLECTED_OR_SKIP(name, file)                 \
  const std::string name = ::jieban::collected(file); \
  if (name.empty()) GTEST_SKIP() << "the collection of real exports is not here"
