#include "tools/player/stream_reader.h"

namespace jieban {

Result<StreamReader> StreamReader::open(const Site& site, std::string_view daemon) {
  auto ops = DaemonClient::ops(site, daemon);
  if (!ops.ok()) return ops.error();
  return StreamReader(std::move(*ops));
}

Result<std::vector<SeenEvent>> StreamReader::read() {
  constexpr int64_t kPage = 500;
  auto page = ops_.get_value("/admin/stream?from=" + std::to_string(next_) +
                             "&count=" + std::to_string(kPage));
  if (!page.ok()) return page.error();
  std::vector<SeenEvent> seen;
  for (const Value& event : array_at(*page, "events")) {
    seen.push_back(read_event(event));
    next_ = integer_at(event, "sequence") + 1;
  }
  return seen;
}

}  // namespace jieban
