#include "tools/site/layout.h"

namespace jieban {

const DaemonSeat* find_seat(std::string_view name) {
  for (const DaemonSeat& seat : kSeats) {
    if (seat.name == name) return &seat;
  }
  return nullptr;
}

std::string local_address(int port) { return "127.0.0.1:" + std::to_string(port); }

std::vector<std::string> seat_command(const DaemonSeat& seat, const std::string& programs,
                                      const std::string& configuration) {
  std::vector<std::string> command;
  // The process stays the same one; who may not be nicer goes on as it is.
  if (seat.nice != 0) command = {"/usr/bin/nice", "-n", std::to_string(seat.nice)};
  command.emplace_back(programs + "/jieban-" + std::string(seat.name));
  command.emplace_back("--config");
  command.push_back(configuration);
  return command;
}

}  // namespace jieban
