// The tree keeps the house rules. rules_test.cc proves that each rule sees what it forbids.
#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "tests/tidy/rules.h"

namespace jieban::tidy {
namespace {

// What is allowed all the same, and why. An exception that excuses nothing fails the test.
struct Exception {
  std::string_view path;
  std::string_view what;  // how the finding begins
  std::string_view reason;
};

const std::vector<Exception> kExceptions = {
    {"tests/support/wait_until.h", "sleep_for", "the one polling loop of the tests"},
};

const std::vector<SourceFile>& sources() {
  static const std::vector<SourceFile> kSources = load_sources(JIEBAN_SOURCE_DIR);
  return kSources;
}

bool excuses(const Exception& exception, const Finding& finding) {
  return finding.path == exception.path && finding.what.starts_with(exception.what);
}

bool is_excused(const Finding& finding) {
  return std::any_of(std::begin(kExceptions), std::end(kExceptions),
                     [&](const Exception& exception) { return excuses(exception, finding); });
}

using Rule = Findings (*)(const SourceFile&);

Findings apply(Rule rule) {
  Findings all;
  for (const SourceFile& source : sources()) {
    const Findings some = rule(source);
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

std::string faults(Findings findings) {
  std::erase_if(findings, is_excused);
  return report(findings);
}

constexpr Rule kRules[] = {check_layering,  check_libraries, check_function_size,
                           check_file_size, check_lines,     check_calls,
                           check_markers,   check_header,    check_type_names};

TEST(Tidy, TheTreeIsWhereTheTestLooks) {
  const auto is_this = [](const SourceFile& s) { return s.path == "tests/tidy/tidy_test.cc"; };
  EXPECT_GT(sources().size(), 30u);
  EXPECT_TRUE(std::any_of(sources().begin(), sources().end(), is_this));
}

TEST(Tidy, IncludesFollowTheLayers) { EXPECT_EQ(faults(apply(check_layering)), ""); }
TEST(Tidy, EachLibraryStaysInItsFolder) { EXPECT_EQ(faults(apply(check_libraries)), ""); }
TEST(Tidy, FunctionsFitOnAScreen) { EXPECT_EQ(faults(apply(check_function_size)), ""); }
TEST(Tidy, FilesStayShort) { EXPECT_EQ(faults(apply(check_file_size)), ""); }
TEST(Tidy, LinesAreCleanAndFit) { EXPECT_EQ(faults(apply(check_lines)), ""); }
TEST(Tidy, NobodyGoesAroundTheSeams) { EXPECT_EQ(faults(apply(check_calls)), ""); }
TEST(Tidy, NothingIsLeftForLater) { EXPECT_EQ(faults(apply(check_markers)), ""); }
TEST(Tidy, EachHeaderSaysWhatItIs) { EXPECT_EQ(faults(apply(check_header)), ""); }
TEST(Tidy, TypesHaveNamesThatSaySomething) { EXPECT_EQ(faults(apply(check_type_names)), ""); }

TEST(Tidy, EachUnitHasItsTest) {
  EXPECT_EQ(faults(check_mirror(list_tree(JIEBAN_SOURCE_DIR))), "");
}

TEST(Tidy, NoLargeFileIsTracked) {
  EXPECT_EQ(faults(check_tracked_size(list_tree(JIEBAN_SOURCE_DIR))), "");
}

TEST(Tidy, NoExceptionHasOutlivedItsReason) {
  Findings all = check_mirror(list_tree(JIEBAN_SOURCE_DIR));
  for (const Rule rule : kRules) {
    const Findings some = apply(rule);
    all.insert(all.end(), some.begin(), some.end());
  }
  for (const Exception& exception : kExceptions) {
    EXPECT_FALSE(exception.reason.empty());
    EXPECT_TRUE(std::any_of(all.begin(), all.end(),
                            [&](const Finding& finding) { return excuses(exception, finding); }))
        << exception.path << ": " << exception.what;
  }
}

}  // namespace
}  // namespace jieban::tidy
