#include "daemons/notifier/channels/recipient.h"

namespace jieban {

bool is_mobile(std::string_view address) {
  constexpr size_t kDigits = 11;
  return address.size() == kDigits && address.front() == '1' &&
         address.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace jieban
