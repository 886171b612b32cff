// Where the five daemons of a site are: their names, ports and folders. Pure.
//
// A root holds everything: etc (configuration), keys, state/<daemon>, run (sockets of the bus),
// import and spool. Ports count from one base, so that several sites fit on one machine.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace jieban {

struct DaemonSeat {
  std::string_view name;
  int ops_offset;
  int api_offset;  // 0: it has no interface of its own
  int nice;        // as its unit says: under overload what is inside goes before what comes in
};

// In the order in which orders pass them.
inline constexpr std::array<DaemonSeat, 5> kSeats = {{
    {"receiver", 1, 11, 10},
    {"router", 2, 0, 0},
    {"sla-watcher", 3, 0, 0},
    {"notifier", 4, 14, 0},
    {"archiver", 5, 15, 0},
}};

constexpr int kPortBaseDefault = 9100;
constexpr int kPortBaseMax = 65535 - 15;

// Unix sockets have at most 108 bytes of path; "/run/<street>.sla-watcher.replay" needs 40 of them.
constexpr size_t kRootLengthMax = 64;

// nullptr when there is no such daemon.
const DaemonSeat* find_seat(std::string_view name);
// What starts the daemon of a seat with this configuration, as its unit would.
std::vector<std::string> seat_command(const DaemonSeat& seat, const std::string& programs,
                                      const std::string& configuration);
std::string local_address(int port);

}  // namespace jieban
