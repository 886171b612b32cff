#include "daemons/notifier/channels/spool_channel.h"

#include "common/base/bytes.h"
#include "common/base/file.h"
#include "common/crypto/hashes.h"

namespace jieban {
namespace {

constexpr size_t kNameBytes = 16;  // 128 bits: no two notices ever share a name

std::string file_name(const std::string& notice_id) {
  return to_hex(std::string_view(blake2b(notice_id)).substr(0, kNameBytes)) + ".json";
}

}  // namespace

DeliveryReport SpoolChannel::deliver(const OutgoingNotice& notice) {
  auto written = make_directories(directory_);
  if (written.ok()) {
    written = write_file(directory_ + "/" + file_name(notice.notice_id), notice_json(notice));
  }
  if (written.ok()) return {DeliveryOutcome::accepted};
  return {DeliveryOutcome::failed, written.error().message};
}

}  // namespace jieban
