#include "tools/player/interrupts.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>

namespace jieban {

Result<Interrupts> Interrupts::take() {
  sigset_t wanted;
  sigemptyset(&wanted);
  for (int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&wanted, number);
  if (pthread_sigmask(SIG_BLOCK, &wanted, nullptr) != 0) return system_error("blocking signals");
  FileDescriptor signals(signalfd(-1, &wanted, SFD_CLOEXEC));
  if (!signals.valid()) return system_error("watching signals");
  return Interrupts(std::move(signals));
}

bool Interrupts::wait(Duration at_most) {
  if (interrupted_) return false;
  pollfd arrived{signals_.get(), POLLIN, 0};
  const auto pause = std::chrono::ceil<std::chrono::milliseconds>(at_most);
  interrupted_ = poll(&arrived, 1, int(pause.count())) > 0;
  return !interrupted_;
}

}  // namespace jieban
