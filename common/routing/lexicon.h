// Lexicon: what the door looks for in free text before it seals it (ARCHITECTURE §6).
//
// Only the hits go on, with the version of the lexicon; no core ever sees the text. Immutable.
#pragma once

#include <array>
#include <cstdint>
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
                               const std::map<std::string, std::vector<std::string>>& groups);

  Hits find(std::string_view title, std::string_view content) const;
  const std::string& version() const { return version_; }

 private:
  struct Word {
    std::string text;
    std::string group;
  };
  static constexpr size_t kSlots = 1024;

  void look(std::string_view text, std::vector<uint32_t>& found) const;

  std::string version_;
  std::vector<Word> words_;  // by group, each group in its own order
  // The words by a hash of their first bytes: most places of a text begin none of them, and are
  // passed over with one look.
  std::array<std::vector<uint32_t>, kSlots> by_start_;
};

}  // namespace jieban
