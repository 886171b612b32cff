#include "tools/jieban/export_source.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <iterator>

#include "common/base/file.h"

namespace jieban {
namespace {

Result<ColumnNames> column_names(const Session& session, const ExportSource& source) {
  ColumnNames names;
  std::vector<std::string> files = {session.rule_path("aliases.yaml"),
                                    session.rule_path("columns.yaml")};
  files.insert(files.end(), source.aliases.begin(), source.aliases.end());
  for (const std::string& file : files) {
    auto added = names.add_file(file);
    if (!added.ok()) return configuration_error(added.error());
  }
  return names;
}

Result<std::string> read_bytes(const std::string& path) {
  if (path != "-") return read_file(path, kExportBytesMax);
  std::string bytes(std::istreambuf_iterator<char>(std::cin), {});
  if (std::cin.bad()) return Error{ErrorCode::io, "reading standard input"};
  if (bytes.size() > kExportBytesMax) return Error{ErrorCode::limit, "the input is too long"};
  return bytes;
}

}  // namespace

void declare_source(CLI::App& app, ExportSource& source, bool required) {
  app.add_option("--from", source.path, "CSV export, UTF-8 or GB18030 (-: standard input)")
      ->required(required);
  app.add_option("--aliases", source.aliases,
                 "further column names, like config/aliases.yaml (repeatable)")
      ->allow_extra_args(false);
}

Result<ExportTable> load_table(const Session& session, const ExportSource& source) {
  auto names = column_names(session, source);
  if (!names.ok()) return names.error();
  auto bytes = read_bytes(source.path);
  if (!bytes.ok()) return bytes.error();
  auto table = read_export(*bytes, *names);
  if (!table.ok()) return table.error().context(source.path);
  return table;
}

Result<ExportOrders> load_orders(const Session& session, const ExportSource& source,
                                 const std::vector<std::string_view>& required) {
  auto table = load_table(session, source);
  if (!table.ok()) return table.error();
  auto orders = read_orders(std::move(*table), required);
  if (!orders.ok()) return orders.error().context(source.path);
  return orders;
}

void complain(const Session& session, const std::vector<RowFault>& faults) {
  if (session.json) return;
  for (const RowFault& fault : faults) {
    std::fprintf(stderr, "jieban: 第 %zu 行：%s\n", fault.line, fault.reason.c_str());
  }
}

Value faults_value(const std::vector<RowFault>& faults) {
  Value::Array items;
  for (const RowFault& fault : faults) {
    Value item;
    item.set("line", uint64_t(fault.line)).set("reason", fault.reason);
    items.push_back(std::move(item));
  }
  return Value(std::move(items));
}

}  // namespace jieban
