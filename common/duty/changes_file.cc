#include "common/duty/changes_file.h"

#include "common/base/limits.h"
#include "common/config/fields.h"
#include "common/duty/rota_fields.h"

namespace jieban {
namespace {

constexpr size_t kChangesMax = 500;
constexpr size_t kTemporaryShiftsMax = 200;
constexpr int64_t kPriorityMax = 1000;

class ChangesReader {
 public:
  explicit ChangesReader(const RotaBook& book) : book_(book), persons_(book.persons) {}

  Result<RotaChanges> read(const Node& node) {
    RETURN_IF_ERROR(node.only_keys({"temporary", "overrides", "leaves", "swaps"}));
    RETURN_IF_ERROR(each(node, "temporary", &ChangesReader::read_temporary));
    RETURN_IF_ERROR(each(node, "overrides", &ChangesReader::read_override));
    RETURN_IF_ERROR(each(node, "leaves", &ChangesReader::read_leave));
    RETURN_IF_ERROR(each(node, "swaps", &ChangesReader::read_swap));
    return std::move(changes_);
  }

 private:
  using ReadOne = Result<void> (ChangesReader::*)(const Node&);

  Result<void> each(const Node& node, std::string_view key, ReadOne read_one) {
    auto items = read_list(node, key, kChangesMax);
    if (!items.ok()) return items.error();
    ids_.clear();
    for (const Node& item : *items) RETURN_IF_ERROR((this->*read_one)(item));
    return {};
  }

  Result<void> read_own_id(const Node& item, std::string& out) {
    auto id = read_new_id(item, ids_);
    if (!id.ok()) return id.error();
    out = std::move(*id);
    return {};
  }

  // The rota that is named, and its time zone.
  Result<TimeZone> read_rota(const Node& item, std::string& out) const {
    auto node = item.required("rota");
    if (!node.ok()) return node.error();
    auto id = node->text();
    if (!id.ok()) return id.error();
    const Rota* rota = book_.find_rota(*id);
    if (rota == nullptr) return node->error("there is no rota \"" + *id + "\"");
    out = rota->id;
    return TimeZone::load(rota->time_zone);
  }

  template <class Change>
  Result<TimeZone> read_head(const Node& item, Change& change) {
    RETURN_IF_ERROR(read_own_id(item, change.id));
    auto zone = read_rota(item, change.rota);
    if (!zone.ok()) return zone.error();
    RETURN_IF_ERROR(read_span(item, *zone, change.from, change.until));
    return zone;
  }

  Result<void> read_temporary(const Node& item) {
    RETURN_IF_ERROR(item.only_keys({"id", "rota", "from", "until", "shifts"}));
    TemporarySchedule schedule;
    auto zone = read_head(item, schedule);
    if (!zone.ok()) return zone.error();
    auto rows = read_list(item, "shifts", kTemporaryShiftsMax);
    if (!rows.ok()) return rows.error();
    for (const Node& row : *rows) {
      RETURN_IF_ERROR(row.only_keys({"person", "from", "until"}));
      DatedShift shift;
      auto person = persons_.one(row, "person");
      if (!person.ok()) return person.error();
      shift.person = std::move(*person);
      RETURN_IF_ERROR(read_span(row, *zone, shift.from, shift.until));
      schedule.shifts.push_back(std::move(shift));
    }
    changes_.temporary.push_back(std::move(schedule));
    return {};
  }

  Result<void> read_persons_of(const Node& item, DutyOverride& change) const {
    auto add = persons_.maybe(item, "add");
    if (!add.ok()) return add.error();
    auto remove = persons_.maybe(item, "remove");
    if (!remove.ok()) return remove.error();
    auto alone = read_flag(item, "alone");
    if (!alone.ok()) return alone.error();
    change.add = std::move(*add);
    change.remove = std::move(*remove);
    change.alone = *alone;
    if (!change.add && !change.remove) return item.error("an override needs add, remove or both");
    if (change.alone && (change.remove || !change.add)) {
      return item.error("alone goes with add, without remove");
    }
    return {};
  }

  Result<void> read_override(const Node& item) {
    RETURN_IF_ERROR(item.only_keys(
        {"id", "rota", "from", "until", "priority", "add", "remove", "alone", "reason"}));
    DutyOverride change;
    auto zone = read_head(item, change);
    if (!zone.ok()) return zone.error();
    auto priority = read_count(item, "priority", 0, kPriorityMax);
    if (!priority.ok()) return priority.error();
    change.priority = *priority;
    RETURN_IF_ERROR(read_persons_of(item, change));
    auto reason = optional_text(item, "reason");
    if (!reason.ok()) return reason.error();
    change.reason = std::move(*reason);
    changes_.overrides.push_back(std::move(change));
    return {};
  }

  Result<void> read_leave(const Node& item) {
    RETURN_IF_ERROR(item.only_keys({"id", "person", "from", "until", "reason"}));
    DutyLeave leave;
    RETURN_IF_ERROR(read_own_id(item, leave.id));
    auto person = persons_.one(item, "person");
    if (!person.ok()) return person.error();
    leave.person = std::move(*person);
    auto zone = TimeZone::load(Rota().time_zone);
    if (!zone.ok()) return zone.error();
    RETURN_IF_ERROR(read_span(item, *zone, leave.from, leave.until));
    auto reason = optional_text(item, "reason");
    if (!reason.ok()) return reason.error();
    leave.reason = std::move(*reason);
    changes_.leaves.push_back(std::move(leave));
    return {};
  }

  static Result<void> read_maybe(const Node& item, std::string_view key, const TimeZone& zone,
                                 std::optional<Timestamp>& out) {
    auto node = item.optional(key);
    if (!node) return {};
    auto at = read_instant(*node, zone);
    if (!at.ok()) return at.error();
    out = *at;
    return {};
  }

  Result<void> read_acceptance(const Node& item, const TimeZone& zone, ShiftSwap& swap) const {
    auto taker = persons_.maybe(item, "taker");
    if (!taker.ok()) return taker.error();
    swap.taker = std::move(*taker);
    RETURN_IF_ERROR(read_maybe(item, "accepted_at", zone, swap.accepted_at));
    RETURN_IF_ERROR(read_maybe(item, "back_from", zone, swap.back_from));
    RETURN_IF_ERROR(read_maybe(item, "back_until", zone, swap.back_until));
    if (swap.taker == swap.asked_by) return item.error("nobody takes a shift from himself");
    if (swap.accepted_at && !swap.taker) return item.error("accepted_at needs a taker");
    if (swap.back_from.has_value() != swap.back_until.has_value()) {
      return item.error("back_from and back_until stand together");
    }
    if (swap.back_from && *swap.back_until <= *swap.back_from) {
      return item.error("back_until is not after back_from");
    }
    return {};
  }

  Result<void> read_swap(const Node& item) {
    RETURN_IF_ERROR(item.only_keys({"id", "rota", "asked_by", "asked_at", "from", "until", "taker",
                                    "accepted_at", "back_from", "back_until"}));
    ShiftSwap swap;
    auto zone = read_head(item, swap);
    if (!zone.ok()) return zone.error();
    auto asker = persons_.one(item, "asked_by");
    if (!asker.ok()) return asker.error();
    swap.asked_by = std::move(*asker);
    auto asked = item.required("asked_at");
    if (!asked.ok()) return asked.error();
    auto asked_at = read_instant(*asked, *zone);
    if (!asked_at.ok()) return asked_at.error();
    swap.asked_at = *asked_at;
    RETURN_IF_ERROR(read_acceptance(item, *zone, swap));
    changes_.swaps.push_back(std::move(swap));
    return {};
  }

  const RotaBook& book_;
  KnownPersons persons_;
  RotaChanges changes_;
  IdSet ids_;
};

}  // namespace

Result<RotaChanges> read_changes(const Node& node, const RotaBook& book) {
  return ChangesReader(book).read(node);
}

Result<RotaChanges> load_changes(const std::string& path, const RotaBook& book) {
  auto document = Document::load(path, limits::kRulesBytesMax);
  if (!document.ok()) return document.error();
  return read_changes(document->root(), book);
}

}  // namespace jieban
