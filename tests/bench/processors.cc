#include "tests/bench/processors.h"

#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <sstream>
#include <string>

#include "common/base/file.h"

namespace jieban::bench {
namespace {

constexpr size_t kStatBytesMax = 4u << 20;  // of a machine with many processors and interrupts

std::string text_of(const std::string& path) {
  auto text = read_file(path, kStatBytesMax);
  return text.ok() ? *text : std::string();
}

double percent(uint64_t part, uint64_t whole) {
  return whole == 0 ? 0 : rounded(100 * double(part) / double(whole), 1);
}

}  // namespace

ProcessorTimes processor_times() {
  // user, nice, system, idle, iowait, irq, softirq, steal; what guests used is within user.
  constexpr size_t kIdle = 3;
  constexpr size_t kDiskWait = 4;
  constexpr size_t kSteal = 7;
  std::array<uint64_t, kSteal + 1> ticks{};
  std::istringstream fields(text_of("/proc/stat"));
  std::string name;
  fields >> name;
  ProcessorTimes times;
  for (uint64_t& each : ticks) {
    fields >> each;
    times.all += each;
  }
  times.idle = ticks[kIdle] + ticks[kDiskWait];
  times.stolen = ticks[kSteal];
  return times;
}

ProcessorShares shares_between(const ProcessorTimes& before, const ProcessorTimes& after) {
  const uint64_t all = after.all - before.all;
  return {percent(after.idle - before.idle, all), percent(after.stolen - before.stolen, all)};
}

double cpu_seconds_of(pid_t pid) {
  const std::string stat = text_of("/proc/" + std::to_string(pid) + "/stat");
  const size_t name_end = stat.rfind(')');
  if (name_end == std::string::npos) return 0;
  std::istringstream fields(stat.substr(name_end + 1));
  std::string word;
  constexpr int kBeforeUserTime = 11;
  for (int i = 0; i < kBeforeUserTime; ++i) fields >> word;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  return (user + system) / double(sysconf(_SC_CLK_TCK));
}

double own_cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return double(time.tv_sec) + double(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double rounded(double value, int digits) {
  const double scale = std::pow(10, digits);
  return std::round(value * scale) / scale;
}

}  // namespace jieban::bench
