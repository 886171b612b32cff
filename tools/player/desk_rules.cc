#include "tools/player/desk_rules.h"

#include <array>

#include "common/base/bytes.h"
#include "common/crypto/hashes.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

constexpr std::array<std::string_view, 8> kSteps = {"sign",    "late",    "dispatch", "accept",
                                                    "contact", "hand_in", "submit",   "complete"};
constexpr std::string_view kClassOtherwise = "general";

Result<MinuteRange> read_range(const Value& row, std::string_view step) {
  const Value::Array& pair = array_at(row, step);
  const bool whole =
      pair.size() == 2 && pair[0].integer() != nullptr && pair[1].integer() != nullptr;
  if (!whole || *pair[0].integer() < 0 || *pair[1].integer() < *pair[0].integer()) {
    return invalid("the operators' " + std::string(step) + " is no pair of minutes");
  }
  return MinuteRange{*pair[0].integer(), *pair[1].integer()};
}

Result<ClassDelays> read_class(const Value& row) {
  ClassDelays delays;
  const Value* share = row.find("late_share");
  if (share != nullptr && share->number() != nullptr) delays.late_share = *share->number();
  for (std::string_view step : kSteps) {
    auto range = read_range(row, step);
    if (!range.ok()) return range.error();
    delays.steps.emplace(step, *range);
  }
  return delays;
}

}  // namespace

Result<DeskRules> DeskRules::read(const Value& operators) {
  DeskRules rules;
  rules.seed_ = integer_at(operators, "seed");
  for (const Value& row : array_at(operators, "by_class")) {
    auto delays = read_class(row);
    if (!delays.ok()) return delays.error();
    rules.classes_.emplace(text_at(row, "class"), std::move(*delays));
  }
  if (!rules.classes_.contains(kClassOtherwise)) return invalid("the operators lack a class");
  const Value* unrouted = operators.find("unrouted");
  if (unrouted == nullptr) return invalid("the operators do not say where to send unrouted orders");
  rules.unit_otherwise_ = text_at(*unrouted, "else");
  const Value* to = unrouted->find("to");
  if (to == nullptr || to->object() == nullptr) return rules;
  for (const auto& [category, unit] : *to->object()) rules.units_[category] = scalar_text(unit);
  return rules;
}

double DeskRules::draw(std::string_view order_no, std::string_view step) const {
  const std::string digest =
      sha256(std::to_string(seed_) + ":" + std::string(order_no) + ":" + std::string(step));
  return double(read_u32(digest)) / 4294967296.0;
}

const ClassDelays& DeskRules::delays_of(std::string_view order_class) const {
  auto found = classes_.find(order_class);
  return found != classes_.end() ? found->second : classes_.find(kClassOtherwise)->second;
}

bool DeskRules::is_late(std::string_view order_no, std::string_view order_class) const {
  return draw(order_no, "late") < delays_of(order_class).late_share;
}

Duration DeskRules::delay(std::string_view order_no, std::string_view order_class,
                          std::string_view step) const {
  const bool late = step == "sign" && is_late(order_no, order_class);
  auto found = delays_of(order_class).steps.find(late ? std::string_view("late") : step);
  CHECK(found != delays_of(order_class).steps.end());
  const MinuteRange& range = found->second;
  const auto span = double(range.high - range.low + 1);
  return std::chrono::minutes(range.low + int64_t(draw(order_no, step) * span));
}

std::string DeskRules::unit_for(std::string_view category) const {
  auto found = units_.find(category.substr(0, category.find('>')));
  return found == units_.end() ? unit_otherwise_ : found->second;
}

}  // namespace jieban
