// What every kind of channel would send for a notice, as it can be read: in UTF-8, and one after
// the other.
#pragma once

#include <string>

#include "daemons/notifier/channel.h"

namespace jieban {

std::string readable_payloads(const OutgoingNotice& notice);

}  // namespace jieban
