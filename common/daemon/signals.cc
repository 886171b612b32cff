#include "common/daemon/signals.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>

namespace jieban {

Result<Signals> Signals::block() {
  std::signal(SIGPIPE, SIG_IGN);
  sigset_t set;
  sigemptyset(&set);
  for (int number : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, number);
  if (pthread_sigmask(SIG_BLOCK, &set, nullptr) != 0) return system_error("blocking signals");
  FileDescriptor fd(::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC));
  if (!fd.valid()) return system_error("signalfd");
  return Signals(std::move(fd));
}

void Signals::read(bool& stop, bool& reload) {
  signalfd_siginfo info{};
  while (::read(fd_.get(), &info, sizeof info) == ssize_t(sizeof info)) {
    if (info.ssi_signo == SIGHUP) {
      reload = true;
    } else {
      stop = true;
    }
  }
}

}  // namespace jieban
