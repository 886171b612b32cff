// What the kernel tells about the processors' time: of a process, and of the whole machine.
//
// A figure is worth as much as the processors were ours: where a host steals a third of them, a
// program looks a third slower. So each measurement says what share of its span was stolen.
// What fails and how: where /proc cannot be read, times are 0.
// Thread rule: any thread.
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace jieban::bench {

// Of all processors together since boot, in the kernel's ticks.
struct ProcessorTimes {
  uint64_t all = 0;
  uint64_t idle = 0;    // nothing to do, or waiting for the disk
  uint64_t stolen = 0;  // the host ran something else
};

ProcessorTimes processor_times();

struct ProcessorShares {
  double idle_percent = 0;
  double steal_percent = 0;
};

// Of the span between two readings; 0 when it is shorter than a tick.
ProcessorShares shares_between(const ProcessorTimes& before, const ProcessorTimes& after);

// User and system time of a process, all its threads.
double cpu_seconds_of(pid_t pid);
// The same of this one.
double own_cpu_seconds();

double rounded(double value, int digits);

}  // namespace jieban::bench
