#include "tests/tidy/rules.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "common/base/bytes.h"
#include "tests/tidy/functions.h"

namespace jieban::tidy {
namespace {

using Names = std::vector<std::string_view>;

bool contains(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// True for "common/bus" and "common/bus/x.h", not for "common/business/x.h".
bool is_below(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

bool is_below_any(std::string_view path, const Names& folders) {
  return std::any_of(folders.begin(), folders.end(),
                     [&](auto folder) { return is_below(path, folder); });
}

// The n-th part of a path; empty when there is none.
std::string_view part(std::string_view path, size_t n) {
  for (; n > 0 && !path.empty(); --n)
    path.remove_prefix(std::min(path.find('/'), path.size() - 1) + 1);
  return path.substr(0, path.find('/'));
}

const std::map<std::string_view, int> kLayers = {
    {"base", 0},     {"domain", 1},     {"wire", 2},   {"store", 2},  {"bus", 2},
    {"config", 2},   {"metrics", 2},    {"json", 2},   {"http", 2},   {"crypto", 2},
    {"transfer", 2}, {"calendar", 3},   {"daemon", 3}, {"clocks", 4}, {"duty", 4},
    {"alerting", 4}, {"assessment", 4}, {"audit", 5},  {"routing", 5}};

bool common_may_include(std::string_view from, std::string_view to) {
  const auto source = kLayers.find(from);
  const auto target = kLayers.find(to);
  if (source == kLayers.end() || target == kLayers.end()) return false;
  if (from == "calendar") return contains({"base", "config", "calendar"}, to);
  if (from == "clocks") return contains({"base", "config", "calendar", "clocks"}, to);
  if (from == "duty") return contains({"base", "domain", "config", "json", "calendar", "duty"}, to);
  if (from == "assessment")
    return contains({"base", "domain", "config", "calendar", "assessment"}, to);
  if (from == "alerting") {
    return contains({"base", "domain", "config", "json", "calendar", "alerting"}, to);
  }
  if (from == "audit") {
    return contains({"base", "domain", "config", "calendar", "assessment", "audit"}, to);
  }
  if (from == "routing") return contains({"base", "domain", "config", "clocks", "routing"}, to);
  return from == to || target->second < source->second || (from == "bus" && to == "wire");
}

bool may_include(std::string_view from, std::string_view to) {
  const std::string_view top = part(from, 0);
  const std::string_view target = part(to, 0);
  if (top == "tests") return true;
  if (top == "common") return target == top && common_may_include(part(from, 1), part(to, 1));
  if (target == "common") return true;
  if (top == "daemons") return target == top && part(from, 1) == part(to, 1);
  return top == "tools" && target == top;
}

struct Library {
  std::string_view include;  // a whole name, or a folder with its '/'
  Names folders;
};

const std::vector<Library> kLibraries = {{"zmq.h", {"common/bus"}},
                                         {"zmq.hpp", {"common/bus", "tests/bench"}},
                                         {"zmq_addon.hpp", {"common/bus"}},
                                         {"lmdb.h", {"common/store", "tests/bench", "tests/crash"}},
                                         {"msgpack.hpp", {"common/wire", "tests"}},
                                         {"msgpack.h", {"common/wire", "tests"}},
                                         {"msgpack/", {"common/wire", "tests"}},
                                         {"yaml-cpp/", {"common/config"}},
                                         {"absl/", {"common/calendar"}},
                                         {"prometheus/", {"common/metrics"}},
                                         {"httplib.h", {"common/http"}},
                                         {"curl/", {"common/transfer"}},
                                         {"nlohmann/", {"common/json"}},
                                         {"simdjson.h", {"common/json"}},
                                         {"sodium.h", {"common/crypto"}},
                                         {"sodium/", {"common/crypto"}},
                                         {"re2/", {"common/alerting"}},
                                         {"spdlog/", {"common/daemon"}},
                                         {"fmt/", {"common/daemon"}},
                                         {"pugixml.hpp", {"daemons/receiver/sheet"}},
                                         {"zip.h", {"daemons/receiver/sheet"}},
                                         {"CLI/", {"tools", "tests/bench"}},
                                         {"gtest/", {"tests"}},
                                         {"gmock/", {"tests"}},
                                         {"rapidcheck.h", {"tests"}},
                                         {"rapidcheck/", {"tests"}},
                                         {"benchmark/", {"tests"}}};

bool is_of(std::string_view include, const Library& library) {
  return library.include.ends_with('/') ? include.starts_with(library.include)
                                        : include == library.include;
}

// The unit tests of a wrapper may speak to the library that it wraps.
bool is_at_home(std::string_view path, const Library& library) {
  constexpr std::string_view kMirror = "tests/unit/";
  const bool mirrored =
      path.starts_with(kMirror) && is_below_any(path.substr(kMirror.size()), library.folders);
  return mirrored || is_below_any(path, library.folders);
}

struct Call {
  Names names;
  Names free_in;  // besides common/base and common/daemon
  std::string_view instead;
};

const std::vector<Call> kCalls = {
    {{"rand", "srand", "rand_r", "drand48", "random_device"}, {}, "take a Random"},
    {{"time", "gettimeofday", "clock_gettime", "localtime", "localtime_r", "mktime"},
     {},
     "take a Timestamp or a Clock"},
    {{"sleep", "usleep", "nanosleep", "sleep_for", "sleep_until"}, {}, "wait for the thing itself"},
    {{"getenv", "secure_getenv", "setenv", "putenv"}, {"tests"}, "take a parameter"},
    {{"system", "popen", "fork", "vfork", "execl", "execlp", "execle", "execv", "execvp", "execve",
      "execvpe", "posix_spawn", "posix_spawnp"},
     {"tests", "tools"},
     "a daemon starts no process"}};

std::string_view last_word(std::string_view text) {
  size_t first = text.size();
  while (first > 0 && is_word_character(text[first - 1])) --first;
  return text.substr(first);
}

// std::rand, ::rand and rand are the banned ones; clock.sleep, Journal::time and a declaration
// `Result<int> time(...)` are somebody else's.
bool is_of_the_system(std::string_view code, const Word& word) {
  std::string_view before = code.substr(0, word.position);
  if (before.ends_with("::")) {
    const std::string_view scope = last_word(before.substr(0, before.size() - 2));
    return contains({"", "std", "this_thread"}, scope);
  }
  before = before.substr(0, before.find_last_not_of(" \n") + 1);
  if (before.ends_with('.') || before.ends_with("->")) return false;
  const std::string_view previous = last_word(before);
  if (!previous.empty()) return contains({"return", "else", "do"}, previous);
  if (before.size() < 2) return true;
  const bool ends_a_type = std::string_view(">&*").find(before.back()) != std::string_view::npos &&
                           before[before.size() - 2] != ' ';
  return !ends_a_type;
}

const Names kNamesForbidden = {"Manager",   "Helper", "Util", "Utils", "Handler",
                               "Processor", "Data",   "Info", "Base",  "Impl"};

void add(Findings& findings, const SourceFile& source, size_t line, std::string what) {
  findings.push_back({source.path, line, std::move(what)});
}

size_t count_columns(std::string_view line) {
  return size_t(std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::optional<std::string_view> line_fault(std::string_view line) {
  if (count_columns(line) > kColumnsMax) return "longer than 100 columns";
  if (line.ends_with(' ')) return "blanks at the end of the line";
  if (line.find('\t') != std::string_view::npos) return "a tab";
  const bool control = std::any_of(line.begin(), line.end(),
                                   [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; });
  if (control) return "a control character";
  return std::nullopt;
}

// The suffix that makes the name empty words. A private `struct Impl` is the usual name of what a
// header hides, and is the one name that says so.
std::optional<std::string_view> forbidden_suffix(std::string_view name) {
  if (name == "Impl") return std::nullopt;
  for (const std::string_view suffix : kNamesForbidden) {
    if (name.ends_with(suffix)) return suffix;
  }
  return std::nullopt;
}

// "class [[nodiscard]] Outer::Name final : ..." gives Name, if a type is declared here at all.
std::optional<Word> declared_type(std::string_view code, const std::vector<Word>& words,
                                  size_t at) {
  static const Names kSkipped = {"nodiscard", "alignas", "class", "struct", "maybe_unused"};
  for (size_t i = at + 1; i < words.size(); ++i) {
    const Word& word = words[i];
    if (contains(kSkipped, word.text)) continue;
    if (word.before == '(' || word.before == ',') return std::nullopt;
    const bool scope = code.substr(word.position + word.text.size()).starts_with("::");
    if (scope) continue;
    const bool final_follows = i + 1 < words.size() && words[i + 1].text == "final";
    if (std::string_view("{:;<").find(word.after) == std::string_view::npos && !final_follows) {
      return std::nullopt;
    }
    return word;
  }
  return std::nullopt;
}

}  // namespace

Findings check_layering(const SourceFile& source) {
  Findings findings;
  for (const Include& include : includes_of(source)) {
    const std::string_view top = part(include.name, 0);
    const bool ours = contains({"common", "daemons", "tools", "tests"}, top);
    if (!ours && include.quoted) {
      add(findings, source, include.line, "include \"" + include.name + "\" by its full path");
    }
    if (ours && !may_include(source.path, include.name)) {
      add(findings, source, include.line, "may not include " + include.name);
    }
  }
  return findings;
}

Findings check_libraries(const SourceFile& source) {
  Findings findings;
  for (const Include& include : includes_of(source)) {
    for (const Library& library : kLibraries) {
      if (is_of(include.name, library) && !is_at_home(source.path, library)) {
        add(findings, source, include.line,
            include.name + " belongs to " + std::string(library.folders.front()));
      }
    }
  }
  return findings;
}

Findings check_function_size(const SourceFile& source) {
  Findings findings;
  for (const Function& function : functions_of(source.code)) {
    if (function.line_count() <= kFunctionLinesMax) continue;
    add(findings, source, function.line_first,
        "a function of " + std::to_string(function.line_count()) + " lines: " + function.head);
  }
  return findings;
}

Findings check_file_size(const SourceFile& source) {
  const size_t count = lines_of(source.text).size();
  if (count <= kFileLinesMax) return {};
  return {{source.path, 0, "a file of " + std::to_string(count) + " lines"}};
}

Findings check_lines(const SourceFile& source) {
  Findings findings;
  if (!source.text.ends_with('\n')) add(findings, source, 0, "no line break at the end");
  if (!is_utf8(source.text)) add(findings, source, 0, "not UTF-8");
  const auto lines = lines_of(source.text);
  for (size_t i = 0; i < lines.size(); ++i) {
    if (const auto fault = line_fault(lines[i])) add(findings, source, i + 1, std::string(*fault));
  }
  return findings;
}

Findings check_calls(const SourceFile& source) {
  Findings findings;
  if (is_below_any(source.path, {"common/base", "common/daemon"})) return findings;
  const std::string_view code = source.code;
  for (const Word& word : words_of(code)) {
    const bool called = word.after == '(' || word.text == "random_device";
    const bool clock =
        word.text == "now" && code.substr(0, word.position).ends_with("system_clock::");
    if (clock)
      add(findings, source, line_at(code, word.position), "system_clock::now: take a Clock");
    for (const Call& call : kCalls) {
      if (!called || !contains(call.names, word.text) || is_below_any(source.path, call.free_in) ||
          !is_of_the_system(code, word)) {
        continue;
      }
      add(findings, source, line_at(code, word.position),
          std::string(word.text) + ": " + std::string(call.instead));
    }
  }
  return findings;
}

Findings check_markers(const SourceFile& source) {
  static const Names kMarkers = {
      "TO"
      "DO",
      "FIX"
      "ME",
      "HA"
      "CK",
      "X"
      "XX"};
  Findings findings;
  for (const Word& word : words_of(source.text)) {
    if (!contains(kMarkers, word.text)) continue;
    add(findings, source, line_at(source.text, word.position),
        "do it, or write it down elsewhere: " + std::string(word.text));
  }
  return findings;
}

Findings check_header(const SourceFile& source) {
  Findings findings;
  if (!source.path.ends_with(".h")) return findings;
  if (!source.text.starts_with("// "))
    add(findings, source, 1, "the header does not say what it is");
  const auto lines = lines_of(source.code);
  if (std::find(lines.begin(), lines.end(), "#pragma once") == lines.end()) {
    add(findings, source, 0, "no #pragma once");
  }
  return findings;
}

Findings check_type_names(const SourceFile& source) {
  static const Names kKeywords = {"class", "struct", "union", "enum"};
  Findings findings;
  const std::string_view code = source.code;
  const std::vector<Word> words = words_of(code);
  for (size_t i = 0; i < words.size(); ++i) {
    std::optional<Word> name;
    const bool in_enum = i > 0 && words[i - 1].text == "enum";
    if (!in_enum && contains(kKeywords, words[i].text)) name = declared_type(code, words, i);
    const bool alias =
        words[i].text == "using" && i + 1 < words.size() && words[i + 1].after == '=';
    if (alias) name = words[i + 1];
    if (!name) continue;
    if (const auto suffix = forbidden_suffix(name->text)) {
      add(findings, source, line_at(code, name->position),
          std::string(name->text) + ": \"" + std::string(*suffix) + "\" says nothing");
    }
  }
  return findings;
}

Findings check_mirror(const std::vector<TreeFile>& files) {
  std::set<std::string> paths;
  for (const TreeFile& file : files) paths.insert(file.path);
  Findings findings;
  for (const std::string& path : paths) {
    const bool proved = is_below_any(path, {"common", "daemons"}) && path.ends_with(".cc") &&
                        !path.ends_with("/main.cc");
    if (!proved) continue;
    const std::string test = "tests/unit/" + path.substr(0, path.size() - 3) + "_test.cc";
    if (!paths.contains(test)) findings.push_back({path, 0, "no " + test});
  }
  return findings;
}

Findings check_tracked_size(const std::vector<TreeFile>& files) {
  Findings findings;
  for (const TreeFile& file : files) {
    if (file.size > kTrackedBytesMax) findings.push_back({file.path, 0, "larger than 1 MiB"});
  }
  return findings;
}

}  // namespace jieban::tidy
