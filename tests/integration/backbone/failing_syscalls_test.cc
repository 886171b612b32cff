// Goal: an error or a kill at any system call that writes, syncs or sends ends in exit 74 or a
// clean continuation, and nothing acknowledged is lost. Method: the real daemon under strace, which
// makes the N-th such call fail or kills the process there; N grows until a run is not touched any
// more. Orders and commands flow meanwhile; a daemon that ended is started again without strace, as
// systemd does. tests/crash does the same to a store alone, at every single call.
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <iostream>
#include <thread>

#include "common/base/file.h"
#include "tests/integration/backbone/site_checks.h"
#include "tests/integration/backbone/street.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

using std::chrono::seconds;

constexpr char kStrace[] = "/usr/bin/strace";
constexpr uint64_t kOrders = 4;

struct Fault {
  const char* calls;  // as strace names them
  const char* what;   // "error=EIO", "signal=KILL"
};
// LMDB writes pages by pwrite64 and pwritev, its meta page by pwrite64, and syncs by fdatasync; the
// bus sends by sendto and wakes its threads by write; answers leave by sendto, sendmsg or write.
constexpr std::array<Fault, 8> kFaults = {{
    {"pwrite64,pwritev", "error=EIO"},
    {"pwrite64,pwritev", "error=ENOSPC"},
    {"pwrite64,pwritev", "signal=KILL"},
    {"fdatasync,fsync,msync", "error=EIO"},
    {"fdatasync,fsync,msync", "error=ENOSPC"},
    {"fdatasync,fsync,msync", "signal=KILL"},
    {"sendto,sendmsg", "error=EPIPE"},
    {"sendto,sendmsg", "signal=KILL"},
}};

// On a busy machine a first try may be cut short; a test that skips in silence proves nothing.
bool strace_works() {
  TempDir scratch;
  if (access(kStrace, X_OK) != 0) return false;
  return wait_until(
      [&] {
        auto run = run_program({kStrace, "-o", "/dev/null", "/bin/true"}, scratch.path("probe"),
                               seconds(10));
        return run.ok() && run->exit_code == 0;
      },
      seconds(5));
}

// 1, 2, 3, 4, 6, 9, 13, ...: the first calls one by one, then ever fewer of the many.
uint64_t next_call(uint64_t call) { return call + 1 + call / 3; }

// One daemon under one fault at one call, while a few orders pass.
class Trial {
 public:
  Trial(TestSite& site, std::string daemon, const Fault& fault, uint64_t call, uint64_t first)
      : site_(site), daemon_(std::move(daemon)), first_(first) {
    trace_ = site_.root() + "/log/strace";
    std::string calls(fault.calls);
    wrapper_ = {kStrace,
                "-f",
                "-q",
                "-o",
                trace_,
                "-e",
                "trace=" + calls,
                "-e",
                "inject=" + calls + ":" + fault.what + ":when=" + std::to_string(call)};
    // Stops at these calls only, not at all; but there no signal can be sent.
    if (!std::string_view(fault.what).starts_with("signal")) {
      wrapper_.insert(wrapper_.begin() + 1, "--seccomp-bpf");
    }
  }

  // False when the fault was never reached.
  bool run() {
    site_.start(daemon_, wrapper_);
    std::atomic<bool> fed = false;
    std::atomic<bool> patient = true;
    std::thread feeder([&] {
      Desk desk(site_, [&] { return patient.load(); });
      bool done = desk.push("trial-" + std::to_string(first_), first_, kOrders);
      for (uint64_t i = 0; i < kOrders && done; ++i) done = desk.carry_through(first_ + i);
      fed = done;
      complaints_ = desk.complaints();
    });
    bool finished = wait_until(
        [&] {
          restart_ended();
          return fed.load() && site_.wait_ready(Duration(0), {daemon_});
        },
        seconds(40));
    patient = false;
    feeder.join();
    EXPECT_TRUE(finished) << site_.logs();
    EXPECT_TRUE(complaints_.empty()) << complaints_.front();
    // The fault may also strike while it stops.
    auto code = site_.running(daemon_) ? site_.stop(daemon_) : std::nullopt;
    EXPECT_TRUE(code && (*code == 0 || is_allowed(*code)))
        << "stopped with " << code.value_or(-1) << "\n"
        << site_.last_log(daemon_);
    return was_touched();
  }

 private:
  void restart_ended() {
    auto code = site_.ended(daemon_);
    if (!code) return;
    EXPECT_TRUE(is_allowed(*code)) << daemon_ << " ended with " << *code << "\n"
                                   << site_.last_log(daemon_);
    site_.start(daemon_);
  }
  static bool is_allowed(int code) { return code == 74 || code == 128 + SIGKILL; }

  bool was_touched() const {
    std::string trace;
    // strace ends after the daemon.
    wait_until(
        [&] {
          auto read = read_file(trace_, size_t{64} << 20U);
          if (read.ok()) trace = std::move(*read);
          return trace.ends_with("+++\n");
        },
        seconds(5));
    return trace.find("(INJECTED)") != std::string::npos ||
           trace.find("killed by SIGKILL") != std::string::npos;
  }

  TestSite& site_;
  std::string daemon_;
  uint64_t first_;
  std::string trace_;
  std::vector<std::string> wrapper_;
  std::vector<std::string> complaints_;
};

class FailingSyscalls : public testing::TestWithParam<const char*> {};

TEST_P(FailingSyscalls, EndInExit74OrACleanContinuationAndLoseNothing) {
  if (!strace_works()) GTEST_SKIP() << "strace cannot trace here";
  TestSite site;
  mute_dispatches(site);
  site.start_all();
  ASSERT_TRUE(site.wait_ready(seconds(60))) << site.logs();
  const std::string daemon = GetParam();
  EXPECT_EQ(site.stop(daemon), 0);
  const Duration end = monotonic_now() + seconds(150);
  uint64_t orders = 0;
  uint64_t trials = 0;
  for (const Fault& fault : kFaults) {
    if (HasFailure()) break;
    const Duration turn_end = monotonic_now() + (end - monotonic_now()) / (kFaults.end() - &fault);
    uint64_t call = 1;
    bool touched = true;
    for (; touched && monotonic_now() < turn_end && !HasFailure(); call = next_call(call)) {
      SCOPED_TRACE(std::string(fault.calls) + " " + fault.what + " call " + std::to_string(call));
      touched = Trial(site, daemon, fault, call, orders + 1).run();
      EXPECT_TRUE(touched || call > 1) << "each daemon makes such calls";
      orders += kOrders;
      ++trials;
    }
    std::cout << fault.calls << " " << fault.what << (touched ? ": cut off" : ": clean")
              << " after call " << call << std::endl;
  }
  site.start(daemon);
  std::cout << "trials=" << trials << " orders=" << orders << "\n";
  ASSERT_TRUE(site.wait_ready(seconds(60))) << site.logs();
  ASSERT_TRUE(site.wait_drained(seconds(60))) << site.logs();
  expect_whole_streams(site);
  expect_all_events(site);
  expect_all_orders(site, orders);
}

INSTANTIATE_TEST_SUITE_P(Each, FailingSyscalls, testing::Values("receiver", "router", "archiver"));

}  // namespace
}  // namespace jieban
