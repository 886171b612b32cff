#include "tests/integration/delivery_kill/traced_kill.h"

#include <unistd.h>

#include <algorithm>
#include <sstream>

#include "common/base/file.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

using std::chrono::seconds;

constexpr char kStrace[] = "/usr/bin/strace";

}  // namespace

bool TracedKill::strace_works() {
  TempDir scratch;
  return access(kStrace, X_OK) == 0 &&
         wait_until(
             [&] {
               auto run = run_program({kStrace, "-o", "/dev/null", "/bin/true"},
                                      scratch.path("probe"), seconds(10));
               return run.ok() && run->exit_code == 0;
             },
             seconds(5));
}

// The gateway's answers are in the trace too.
std::vector<std::string> TracedKill::traced(const std::string& calls,
                                            const std::string& manner) const {
  std::vector<std::string> words = {
      kStrace, "-f", "-q", "-o", site_.path("log/trace"), "-e", "trace=recvfrom," + calls};
  if (!manner.empty()) words.insert(words.end(), {"-e", "inject=" + calls + ":" + manner});
  return words;
}

std::string TracedKill::trace() const {
  auto text = read_file(site_.path("log/trace"), size_t{64} << 20U);
  return text.ok() ? *text : "";
}

// A line: "4711  fdatasync(22) = 0", or what became of one that was begun in another line.
size_t TracedKill::most_calls(const std::string& calls) const {
  std::map<std::string, size_t> count;
  std::istringstream lines(trace());
  for (std::string line; std::getline(lines, line);) {
    const size_t end = line.find('(');
    if (end == std::string::npos) continue;
    const std::string who_and_what = line.substr(0, end);
    const std::string what = who_and_what.substr(who_and_what.rfind(' ') + 1);
    if (("," + calls + ",").find("," + what + ",") != std::string::npos) ++count[who_and_what];
  }
  size_t most = 0;
  for (const auto& [name, times] : count) most = std::max(most, times);
  return most;
}

}  // namespace jieban
