#include "tools/site/layout.h"

namespace jieban {

const DaemonSeat* find_seat(std::string_view name) {
  for (const DaemonSeat& seat : kSeats) {
    if (seat.name == name) return &seat;
  }
  return nullptr;
}

std::string local_address(int port) { return "127.0.0.1:" + std::to_string(port); }

}  // namespace jieban
