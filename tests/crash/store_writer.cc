// store_writer DIRECTORY COUNT: commits COUNT transactions and prints "ack N" after each.
// For failing_syscalls_test: exits 0, or 74 as a daemon does when its store fails.
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "tests/crash/workload.h"

namespace {

constexpr int kStoreFailure = 74;

int fail(const jieban::Error& error) {
  std::string line = error.message + "\n";
  return ::write(STDERR_FILENO, line.data(), line.size()) < 0 ? kStoreFailure : kStoreFailure;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 64;
  auto workload = jieban::crash::Workload::open(argv[1]);
  if (!workload.ok()) return fail(workload.error());
  uint64_t count = std::strtoull(argv[2], nullptr, 10);
  for (uint64_t i = 0; i < count; ++i) {
    auto done = (*workload)->commit_next();
    if (!done.ok()) return fail(done.error());
    auto committed = (*workload)->committed();
    if (!committed.ok()) return fail(committed.error());
    std::string line = "ack " + std::to_string(*committed) + "\n";
    if (::write(STDOUT_FILENO, line.data(), line.size()) != ssize_t(line.size())) return 1;
  }
  return 0;
}
