// Lexicon: what the door looks for in free text before it seals it (ARCHITECTURE §6).
//
// Only the hits go on, with the version of the lexicon; no core ever sees the text. Immutable.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"

namespace jieban {

class Lexicon {
 public:
  struct Hits {
    std::vector<std::string> groups;   // with at least one word in the text
    std::vector<std::string> routing;  // the words of group "routing" that occur
  };

  static Result<Lexicon> load(const std::string& path);
  static Result<Lexicon> build(std::string version,
                               std::map<std::string, std::vector<std::string>> groups);

  Hits find(std::string_view title, std::string_view content) const;
  const std::string& version() const { return version_; }

 private:
  std::string version_;
  std::map<std::string, std::vector<std::string>> groups_;
};

}  // namespace jieban
