// The house rules that a machine can see, one function each; tidy_test.cc applies them to the tree.
//
// Each looks at one file and knows nothing of exceptions. Why a rule is there: common/README.md
// for the layering, tests/tidy/README.md for the rest.
#pragma once

#include <string>
#include <vector>

#include "tests/tidy/source_scan.h"

namespace jieban::tidy {

constexpr size_t kColumnsMax = 100;
constexpr size_t kFileLinesMax = 400;
constexpr size_t kFunctionLinesMax = 70;
constexpr size_t kTrackedBytesMax = 1024 * 1024;

// Who may include whom (common/README.md); house includes are by full path.
Findings check_layering(const SourceFile& source);
// A third-party library stays in its folder.
Findings check_libraries(const SourceFile& source);
Findings check_function_size(const SourceFile& source);
Findings check_file_size(const SourceFile& source);
// Columns, tabs, control characters, blanks at the end, UTF-8, the last line break.
Findings check_lines(const SourceFile& source);
// Time, chance, the environment and other processes come in through base/ and daemon/.
Findings check_calls(const SourceFile& source);
Findings check_markers(const SourceFile& source);
// `#pragma once`, and a comment that says what the header is.
Findings check_header(const SourceFile& source);
Findings check_type_names(const SourceFile& source);

// Every x.cc of common and daemons has its x_test.cc in the mirror below tests/unit.
Findings check_mirror(const std::vector<TreeFile>& files);
Findings check_tracked_size(const std::vector<TreeFile>& files);

}  // namespace jieban::tidy
