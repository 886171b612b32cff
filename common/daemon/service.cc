#include "common/daemon/service.h"

#include "common/store/key.h"
#include "common/wire/row.h"

namespace jieban {
namespace {

constexpr char kLayoutsTable[] = "layouts";

Result<std::string> stored_layout(const Environment& environment, TableId layouts,
                                  const std::string& key) {
  auto txn = environment.read();
  if (!txn.ok()) return txn.error();
  auto stored = txn->get(layouts, key);
  if (!stored.ok()) return stored.error();
  return std::string(stored->value_or(std::string_view()));
}

Result<void> keep_layout(Environment& environment, TableId layouts, const std::string& key,
                         const std::string& layout) {
  auto txn = environment.write();
  if (!txn.ok()) return txn.error();
  RETURN_IF_ERROR(txn->put(layouts, key, layout));
  return txn->commit();
}

}  // namespace

Result<TableId> TableOpener::open_rows(const std::string& name, const std::string& layout) {
  auto id = open(name);
  if (!id.ok()) return id.error();
  auto layouts = environment_.table(kLayoutsTable);
  if (!layouts.ok()) return layouts.error();
  const std::string key = make_key(std::string_view(name));
  auto written = stored_layout(environment_, *layouts, key);
  if (!written.ok()) return written.error();
  if (*written == layout) return *id;
  if (!written->empty() && !can_read_layout(*written, layout)) {
    return invalid("the rows of table " + name +
                   " were written by another version of jieban, which this one cannot read; "
                   "install that version, or a newer one");
  }
  RETURN_IF_ERROR(keep_layout(environment_, *layouts, key, layout));
  return *id;
}

}  // namespace jieban
