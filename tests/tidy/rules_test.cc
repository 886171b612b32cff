// Each rule refuses a bad sample and passes the nearest good one.
#include "tests/tidy/rules.h"

#include <gtest/gtest.h>

namespace jieban::tidy {
namespace {

using Rule = Findings (*)(const SourceFile&);

size_t count(Rule rule, std::string path, std::string text) {
  return rule(make_source(std::move(path), std::move(text))).size();
}

size_t count_include(Rule rule, std::string path, const std::string& name) {
  return count(rule, std::move(path), "#include " + name + "\n");
}

struct IncludeCase {
  const char* path;
  const char* include;
};

void expect_includes(Rule rule, const std::vector<IncludeCase>& cases, size_t findings) {
  for (const auto& [path, include] : cases) {
    EXPECT_EQ(count_include(rule, path, include), findings) << path << " includes " << include;
  }
}

TEST(Layering, WhatStandsToTheRightOrBesideIsRefused) {
  expect_includes(check_layering,
                  {{"common/base/x.h", "\"common/domain/x.h\""},
                   {"common/domain/x.h", "\"common/wire/x.h\""},
                   {"common/wire/x.h", "\"common/bus/x.h\""},
                   {"common/store/x.cc", "\"common/wire/x.h\""},
                   {"common/http/x.cc", "\"common/json/x.h\""},
                   {"common/crypto/x.cc", "\"common/daemon/x.h\""},
                   {"common/daemon/x.cc", "\"daemons/router/x.h\""},
                   {"common/calendar/x.cc", "\"common/domain/x.h\""},
                   {"common/daemon/x.cc", "\"common/calendar/x.h\""},
                   {"common/assessment/x.cc", "\"common/json/x.h\""},
                   {"common/assessment/x.cc", "\"common/audit/x.h\""},
                   {"common/audit/x.cc", "\"common/crypto/x.h\""},
                   {"common/audit/x.cc", "\"common/daemon/x.h\""},
                   {"common/calendar/x.cc", "\"common/assessment/x.h\""},
                   {"common/alerting/x.cc", "\"common/clocks/x.h\""},
                   {"common/alerting/x.cc", "\"common/wire/x.h\""},
                   {"common/clocks/x.cc", "\"common/domain/x.h\""},
                   {"common/routing/x.cc", "\"common/calendar/x.h\""},
                   {"common/duty/x.cc", "\"common/clocks/x.h\""},
                   {"common/base/x.cc", "\"tests/support/x.h\""},
                   {"common/new/x.cc", "\"common/base/x.h\""},
                   {"daemons/router/x.cc", "\"daemons/receiver/x.h\""},
                   {"daemons/router/x.cc", "\"tools/x.h\""},
                   {"tools/x.cc", "\"daemons/router/x.h\""},
                   {"tools/x.cc", "\"tests/support/x.h\""}},
                  1);
}

TEST(Layering, WhatStandsToTheLeftPasses) {
  expect_includes(check_layering,
                  {{"common/domain/x.h", "\"common/base/x.h\""},
                   {"common/domain/x.h", "\"common/domain/y.h\""},
                   {"common/bus/x.cc", "\"common/wire/x.h\""},
                   {"common/daemon/x.cc", "\"common/bus/x.h\""},
                   {"common/calendar/x.cc", "\"common/config/x.h\""},
                   {"common/assessment/x.cc", "\"common/calendar/x.h\""},
                   {"common/alerting/x.cc", "\"common/calendar/x.h\""},
                   {"common/clocks/x.cc", "\"common/calendar/x.h\""},
                   {"common/routing/x.cc", "\"common/clocks/x.h\""},
                   {"common/duty/x.cc", "\"common/json/x.h\""},
                   {"common/audit/x.cc", "\"common/assessment/x.h\""},
                   {"common/audit/x.cc", "\"common/domain/x.h\""},
                   {"daemons/sla-watcher/x.cc", "\"common/calendar/x.h\""},
                   {"daemons/router/x.cc", "\"daemons/router/rules.h\""},
                   {"daemons/router/x.cc", "\"common/daemon/x.h\""},
                   {"tools/x.cc", "\"common/store/x.h\""},
                   {"tools/cli/x.cc", "\"tools/cli/y.h\""},
                   {"tests/unit/x.cc", "\"daemons/router/x.h\""}},
                  0);
}

TEST(Layering, AnIncludeIsByItsFullPath) {
  EXPECT_EQ(count_include(check_layering, "common/base/x.cc", "\"x.h\""), 1u);
  EXPECT_EQ(count_include(check_layering, "common/base/x.cc", "<vector>"), 0u);
  EXPECT_EQ(count(check_layering, "common/base/x.cc", "// #include \"x.h\"\n"), 0u);
}

TEST(Libraries, OneLibraryOneFolder) {
  const std::vector<IncludeCase> at_home = {{"common/bus/x.cc", "<zmq.h>"},
                                            {"common/bus/x.cc", "<zmq.hpp>"},
                                            {"tests/bench/x.cc", "<zmq.hpp>"},
                                            {"common/store/x.cc", "<lmdb.h>"},
                                            {"tests/crash/x.cc", "<lmdb.h>"},
                                            {"tests/unit/common/store/x_test.cc", "<lmdb.h>"},
                                            {"common/wire/x.cc", "<msgpack.hpp>"},
                                            {"tests/property/x.cc", "<msgpack.hpp>"},
                                            {"common/config/x.cc", "<yaml-cpp/yaml.h>"},
                                            {"common/calendar/x.cc", "<absl/time/time.h>"},
                                            {"common/metrics/x.cc", "<prometheus/registry.h>"},
                                            {"common/http/x.cc", "<httplib.h>"},
                                            {"common/json/x.cc", "<nlohmann/json.hpp>"},
                                            {"common/crypto/x.cc", "<sodium.h>"},
                                            {"common/daemon/x.cc", "<spdlog/spdlog.h>"},
                                            {"common/daemon/x.cc", "<fmt/format.h>"},
                                            {"daemons/receiver/sheet/x.cc", "<pugixml.hpp>"},
                                            {"daemons/receiver/sheet/x.cc", "<zip.h>"},
                                            {"tools/x.cc", "<CLI/CLI.hpp>"},
                                            {"tests/unit/x.cc", "<gtest/gtest.h>"},
                                            {"tests/property/x.cc", "<rapidcheck.h>"},
                                            {"tests/bench/x.cc", "<benchmark/benchmark.h>"}};
  expect_includes(check_libraries, at_home, 0);
  for (const IncludeCase& library : at_home) {
    EXPECT_EQ(count_include(check_libraries, "daemons/router/x.cc", library.include), 1u)
        << library.include;
    EXPECT_EQ(count_include(check_libraries, "common/base/x.h", library.include), 1u);
  }
  EXPECT_EQ(count_include(check_libraries, "tests/unit/x.cc", "<lmdb.h>"), 1u);
  EXPECT_EQ(count_include(check_libraries, "tests/unit/common/bus/x.cc", "<lmdb.h>"), 1u);
  EXPECT_EQ(count_include(check_libraries, "common/business/x.cc", "<zmq.h>"), 1u);
}

std::string body(size_t lines) {
  std::string text;
  for (size_t i = 0; i < lines; ++i) text += "  go();\n";
  return text;
}

size_t long_functions(const std::string& text) { return count(check_function_size, "x.cc", text); }

TEST(FunctionSize, SeventyLinesPassAndOneMoreDoesNot) {
  EXPECT_EQ(long_functions("void f() {\n" + body(68) + "}\n"), 0u);
  EXPECT_EQ(long_functions("void f() {\n" + body(69) + "}\n"), 1u);
}

TEST(FunctionSize, TheBodyIsFoundWhereverItStands) {
  const std::string is_long = " {\n" + body(70) + "}\n";
  for (const char* head :
       {"TEST(A, B)", "namespace a {\nvoid f() const noexcept", "class A {\n public:\n  A()",
        "class A {\n  A() : a_{1}, b_(2)", "template <class T>\nT f(T t)", "auto f() -> int",
        "struct A {\n  bool operator==(const A& b) const", "const auto f = [](int a)",
        "const Row kRows[] = {\n    {\"a\", [](int a)", "S f(std::array<int, 2> a = {1, 2})"}) {
    EXPECT_EQ(long_functions(head + is_long), 1u) << head;
  }
}

TEST(FunctionSize, NamespacesTypesAndTablesMayBeLong) {
  const std::string rows = "  {1, \"}\", '{'},  // {\n";
  std::string table;
  for (int i = 0; i < 100; ++i) table += rows;
  for (const std::string& head :
       {std::string("namespace a {\n"), std::string("class A final : public B {\n public:\n"),
        std::string("template <class T, int n>\nstruct A {\n"), std::string("extern \"C\" {\n")}) {
    EXPECT_EQ(long_functions(head + "void f() { g(); }\n" + body(100) + "};\n"), 0u) << head;
  }
  EXPECT_EQ(long_functions("constexpr Row kRows[] = {\n" + table + "};\n"), 0u);
  EXPECT_EQ(long_functions("const std::vector<Row> kRows{\n" + table + "};\n"), 0u);
  EXPECT_EQ(long_functions("enum class A : uint8_t {\n" + table + "};\n"), 0u);
}

TEST(FunctionSize, ALambdaCountsWithItsFunctionAndOnlyOnce) {
  EXPECT_EQ(long_functions("void f() {\n  run([] {\n" + body(70) + "  });\n}\n"), 1u);
}

TEST(FunctionSize, TwoShortFunctionsAreNotOneLongOne) {
  const std::string half = "int f(int a) {\n" + body(40) + "}\n\n";
  EXPECT_EQ(long_functions(half + half + "#define OPEN {\n" + half), 0u);
}

TEST(FileSize, FourHundredLinesPass) {
  EXPECT_EQ(count(check_file_size, "x.cc", std::string(400, '\n')), 0u);
  EXPECT_EQ(count(check_file_size, "x.cc", std::string(401, '\n')), 1u);
}

TEST(Lines, AHundredCharactersPassWhateverTheirBytes) {
  std::string chinese;
  for (int i = 0; i < 100; ++i) chinese += "街";
  EXPECT_EQ(count(check_lines, "x.cc", chinese + "\n"), 0u);
  EXPECT_EQ(count(check_lines, "x.cc", chinese + "x\n"), 1u);
}

TEST(Lines, WhatTheEyeDoesNotSeeIsRefused) {
  for (const char* bad : {"a\tb\n", "a \n", "a\r\n", "a\x01\n", "a\x7f\n", "a\xff\n", "a"}) {
    EXPECT_EQ(count(check_lines, "x.cc", bad), 1u) << bad;
  }
  EXPECT_EQ(count(check_lines, "x.cc", "a b\n\nc\n"), 0u);
}

TEST(Calls, WhatGoesAroundASeamIsRefused) {
  for (const char* bad :
       {"auto t = std::chrono::system_clock::now();", "return rand();", "srand(1);",
        "if (x > std::rand()) f();", "std::this_thread::sleep_for(s);", "usleep(1);", "::sleep(1);",
        "std::random_device device;", "std::getenv(\"HOME\");", "system(\"ls\");", "popen(a, b);",
        "const auto pid = fork();", "execvp(a, b);", "x = std::time(nullptr);"}) {
    EXPECT_EQ(count(check_calls, "daemons/router/x.cc", std::string(bad) + "\n"), 1u) << bad;
    EXPECT_EQ(count(check_calls, "common/base/x.cc", std::string(bad) + "\n"), 0u) << bad;
    EXPECT_EQ(count(check_calls, "common/daemon/x.cc", std::string(bad) + "\n"), 0u) << bad;
  }
}

TEST(Calls, WhatOnlySoundsLikeItPasses) {
  for (const char* good :
       {"clock.now();", "clock_->sleep(a);", "// system(\"ls\")", "log(\"fork()\");", "operand();",
        "Result<int> time(int a);", "Duration sleep(int a);", "Journal::time(a);", "int fork = 1;",
        "clock.system(a);"}) {
    EXPECT_EQ(count(check_calls, "daemons/router/x.cc", std::string(good) + "\n"), 0u) << good;
  }
}

TEST(Calls, TestsAndToolsMayStartProcessesButNobodySleeps) {
  EXPECT_EQ(count(check_calls, "tests/crash/x.cc", "fork();\n"), 0u);
  EXPECT_EQ(count(check_calls, "tools/x.cc", "execv(a, b);\n"), 0u);
  EXPECT_EQ(count(check_calls, "tests/crash/x.cc", "sleep(1);\n"), 1u);
  EXPECT_EQ(count(check_calls, "tools/x.cc", "sleep(1);\n"), 1u);
}

TEST(Markers, WorkLeftForLaterIsRefusedInCodeAndComments) {
  for (const std::string word : {"TO"
                                 "DO",
                                 "FIX"
                                 "ME",
                                 "HA"
                                 "CK",
                                 "X"
                                 "XX"}) {
    EXPECT_EQ(count(check_markers, "x.cc", "// " + word + ": later\n"), 1u) << word;
    EXPECT_EQ(count(check_markers, "x.cc", "int a" + word + ";\n"), 0u) << word;
  }
}

TEST(Header, SaysWhatItIsAndIsReadOnce) {
  EXPECT_EQ(count(check_header, "x.h", "// What it is.\n#pragma once\n"), 0u);
  EXPECT_EQ(count(check_header, "x.h", "#pragma once\n// What it is.\n"), 1u);
  EXPECT_EQ(count(check_header, "x.h", "// What it is.\n// #pragma once\n"), 1u);
  EXPECT_EQ(count(check_header, "x.cc", "int a;\n"), 0u);
}

TEST(TypeNames, EmptyWordsAreRefused) {
  for (const char* bad :
       {"class OrderManager {};", "struct Data {};", "struct OrderInfo;",
        "enum class BusUtils { a };", "class [[nodiscard]] EventHandler final {};",
        "using PhoneData = int;", "union Base {};", "struct Outer::RowHelper : Row {};",
        "class ProcessorImpl {};", "struct DateUtil {};",
        "template <class T>\nclass RowProcessor {};"}) {
    EXPECT_EQ(count(check_type_names, "x.h", std::string(bad) + "\n"), 1u) << bad;
  }
}

TEST(TypeNames, NamesThatSaySomethingAndUsesOfForeignTypesPass) {
  for (const char* good :
       {"class Order {};", "struct Database {};", "struct Outer::Impl {};", "struct stat info;",
        "template <class Data>\nvoid f(Data data);", "void f(struct BusInfo* info);",
        "// class Manager {};", "using std::string;", "class InfoDesk {};"}) {
    EXPECT_EQ(count(check_type_names, "x.h", std::string(good) + "\n"), 0u) << good;
  }
}

TEST(Mirror, EachUnitHasItsTest) {
  const auto missing = [](std::initializer_list<const char*> paths) {
    std::vector<TreeFile> files;
    for (const char* path : paths) files.push_back({path, 1});
    return check_mirror(files).size();
  };
  EXPECT_EQ(missing({"common/base/x.cc"}), 1u);
  EXPECT_EQ(missing({"common/base/x.cc", "tests/unit/common/base/x_test.cc"}), 0u);
  EXPECT_EQ(missing({"common/base/x.cc", "tests/unit/common/x_test.cc"}), 1u);
  EXPECT_EQ(missing({"daemons/router/x.cc"}), 1u);
  EXPECT_EQ(missing({"daemons/router/main.cc", "common/base/x.h", "tools/x.cc"}), 0u);
}

TEST(TrackedSize, OneMebibytePasses) {
  EXPECT_TRUE(check_tracked_size({{"a", 1024 * 1024}}).empty());
  EXPECT_EQ(check_tracked_size({{"a", 1024 * 1024 + 1}}).size(), 1u);
}

TEST(Scan, LiteralsAndCommentsAreBlankAndPositionsAgree) {
  const std::string text =
      "a /* { \n { */ b; // {\nc = \"{\\\"{\"; d = '{'; e = R\"x({ \" )\" {)x\"; f = 1'000 + "
      "'{';\n";
  const SourceFile source = make_source("x.cc", text);
  EXPECT_EQ(source.code.size(), text.size());
  EXPECT_EQ(source.code.find('{'), std::string::npos);
  EXPECT_EQ(lines_of(source.code).size(), lines_of(text).size());
  for (const char kept : {'a', 'b', 'c', 'd', 'e', 'f'}) {
    EXPECT_EQ(source.code.find(kept), text.find(kept)) << kept;
  }
}

}  // namespace
}  // namespace jieban::tidy
