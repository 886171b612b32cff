#include "tools/jieban/archive_records.h"

#include <algorithm>

#include "tools/site/client.h"

namespace jieban {

Result<Value::Array> archived_records(const Session& session, std::string_view kind,
                                      const std::string& filter) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  auto archiver = DaemonClient::api(*site, "archiver");
  if (!archiver.ok()) return archiver.error();
  Value::Array records;
  const std::string first = "/api/v1/records?kind=" + std::string(kind) + "&page_size=200" + filter;
  std::string target = first;
  while (true) {
    auto page = archiver->get_value(target);
    if (!page.ok()) return page.error();
    for (const Value& record : array_at(*page, "records")) records.push_back(record);
    const Value* next = page->find("next");
    if (next == nullptr || next->is_null()) break;
    target = first + "&below=" + scalar_text(*next);
  }
  std::ranges::reverse(records);  // the archive lists the newest first
  return records;
}

std::string record_field(const Value& record, std::string_view name) {
  const Value* fields = record.find("fields");
  return fields == nullptr ? "" : text_at(*fields, name);
}

}  // namespace jieban
