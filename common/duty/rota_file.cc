#include "common/duty/rota_file.h"

#include "common/base/limits.h"
#include "common/config/fields.h"
#include "common/duty/changes_file.h"
#include "common/duty/rota_reader.h"

namespace jieban {
namespace {

constexpr size_t kPersonsMax = 500;
constexpr size_t kRotasMax = 32;
constexpr int64_t kNightsMax = 366;

Result<void> read_span_of(const Node& map, std::string_view key, uint64_t& out) {
  auto node = map.required(key);
  if (!node.ok()) return node.error();
  auto span = node->duration();
  if (!span.ok()) return span.error();
  out = uint64_t(span->count());
  return {};
}

Result<DutyLimits> read_limits(const Node& root) {
  auto node = root.required("limits");
  if (!node.ok()) return node.error();
  RETURN_IF_ERROR(node->only_keys({"rest_min", "shift_max", "nights_in_row_max", "night_at"}));
  DutyLimits limits;
  RETURN_IF_ERROR(read_span_of(*node, "rest_min", limits.rest_min_micros));
  RETURN_IF_ERROR(read_span_of(*node, "shift_max", limits.shift_max_micros));
  auto nights = read_count(*node, "nights_in_row_max", 1, kNightsMax);
  if (!nights.ok()) return nights.error();
  limits.nights_in_row_max = *nights;
  auto night = node->required("night_at");
  if (!night.ok()) return night.error();
  auto text = night->text();
  if (!text.ok()) return text.error();
  // Any date will do: only the time of day is asked for.
  const auto wall = parse_wall("2000-01-01 " + *text + ":00");
  if (!wall) return night->error("night_at is a time of day such as \"02:00\"");
  limits.night_at = std::chrono::floor<std::chrono::seconds>(*wall - date_of(*wall)).count();
  return limits;
}

Result<std::vector<Person>> read_persons(const Node& root) {
  RETURN_IF_ERROR(required_items(root, "persons"));
  auto items = read_list(root, "persons", kPersonsMax);
  if (!items.ok()) return items.error();
  std::vector<Person> persons;
  IdSet ids;
  for (const Node& item : *items) {
    RETURN_IF_ERROR(item.only_keys({"id", "name", "roles"}));
    Person person;
    auto id = read_new_id(item, ids);
    if (!id.ok()) return id.error();
    person.id = std::move(*id);
    auto name = required_text(item, "name");
    if (!name.ok()) return name.error();
    person.name = std::move(*name);
    auto roles = text_list(item, "roles");
    if (!roles.ok()) return roles.error();
    person.roles = std::move(*roles);
    persons.push_back(std::move(person));
  }
  return persons;
}

Result<void> read_rotas(const Node& root, RotaBook& book) {
  RETURN_IF_ERROR(required_items(root, "rotas"));
  auto items = read_list(root, "rotas", kRotasMax);
  if (!items.ok()) return items.error();
  const KnownPersons persons(book.persons);
  IdSet ids;
  for (const Node& item : *items) {
    auto rota = read_rota(item, persons, ids);
    if (!rota.ok()) return rota.error();
    book.rotas.push_back(std::move(*rota));
  }
  return {};
}

}  // namespace

Result<RotaBook> read_rota_book(const Document& document) {
  const Node root = document.root();
  RETURN_IF_ERROR(root.only_keys({"version", "official", "limits", "persons", "rotas", "changes"}));
  RotaBook book;
  auto version = required_text(root, "version");
  if (!version.ok()) return version.error();
  book.version = std::move(*version);
  RETURN_IF_ERROR(read_flag(root, "official"));
  auto limits = read_limits(root);
  if (!limits.ok()) return limits.error();
  book.limits = *limits;
  auto persons = read_persons(root);
  if (!persons.ok()) return persons.error();
  book.persons = std::move(*persons);
  RETURN_IF_ERROR(read_rotas(root, book));
  if (auto node = root.optional("changes")) {
    auto changes = read_changes(*node, book);
    if (!changes.ok()) return changes.error();
    book.changes = std::move(*changes);
  }
  return book;
}

Result<RotaBook> load_rota_book(const std::string& path) {
  auto document = Document::load(path, limits::kRulesBytesMax);
  if (!document.ok()) return document.error();
  return read_rota_book(*document);
}

}  // namespace jieban
