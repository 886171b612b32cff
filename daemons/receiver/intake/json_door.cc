#include "daemons/receiver/intake/json_door.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "common/base/limits.h"
#include "common/base/text.h"
#include "daemons/receiver/intake/normalise.h"

namespace jieban {
namespace {

constexpr std::array<std::string_view, 4> kKeys = {"batch_id", "sent_at", "source", "orders"};
constexpr size_t kSourceMax = 40;
// One order can't use up the door with nested values.
constexpr size_t kFlattenedMax = kExtraColumnsMax + 1;

std::string type_fault(std::string_view wanted, const Value& got) {
  return "应为 " + std::string(wanted) + "，实为 " + std::string(got.kind());
}

Error wrong_type(const std::string& path, std::string_view wanted, const Value& got) {
  return invalid(path + ": " + type_fault(wanted, got));
}

template <class Number>
std::string number_text(Number number) {
  std::array<char, 32> buffer{};
  auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  return {buffer.data(), end};
}

// Text of a scalar; empty for arrays and objects.
std::optional<RawField> scalar(const Value& value) {
  if (auto* text = value.string()) return RawField{{}, *text, false};
  if (auto* integer = value.integer()) return RawField{{}, number_text(*integer), true};
  if (auto* number = value.number()) return RawField{{}, number_text(*number), true};
  if (auto* large = value.unsigned_integer()) return RawField{{}, number_text(*large), true};
  if (auto* flag = value.boolean()) return RawField{{}, *flag ? "true" : "false", false};
  return std::nullopt;
}

void flatten(const std::string& name, const Value& value, RawOrder& out) {
  if (value.is_null() || out.extra.size() >= kFlattenedMax) return;
  if (auto text = scalar(value)) {
    out.extra.emplace_back(name, std::move(text->text));
  } else if (auto* object = value.object()) {
    for (const auto& [key, member] : *object) flatten(name + "." + key, member, out);
  } else if (auto* array = value.array()) {
    for (size_t at = 0; at < array->size(); ++at) {
      flatten(name + "[" + std::to_string(at) + "]", (*array)[at], out);
    }
  }
}

// What JSON type each kind of member takes; the answer is what was wanted, empty when it fits.
struct TypeCheck {
  const Value& value;

  bool text() const { return value.string() != nullptr; }
  bool number() const { return value.integer() || value.number() || value.unsigned_integer(); }
  std::string_view operator()(std::string Submission::*) const {
    return text() || number() ? "" : "string";
  }
  std::string_view operator()(std::optional<Timestamp> Submission::*) const {
    return text() ? "" : "string";
  }
  std::string_view operator()(std::optional<bool> Submission::*) const {
    return text() || number() || value.boolean() ? "" : "boolean";
  }
  std::string_view operator()(std::optional<double> Submission::*) const {
    return text() || number() ? "" : "number";
  }
  std::string_view operator()(std::vector<std::string> Submission::*) const {
    auto* array = value.array();
    bool strings = array && std::all_of(array->begin(), array->end(),
                                        [](const Value& item) { return item.string(); });
    return text() || strings ? "" : "string[]";
  }
};

RawField raw_field(std::string_view name, const Value& value) {
  RawField field{name, {}, false};
  if (auto text = scalar(value)) {
    field.text = std::move(text->text);
    field.number = text->number;
  } else if (auto* array = value.array()) {
    for (const Value& item : *array) field.text += *item.string() + "、";
  }
  return field;
}

// Stops at the member that refuses the whole order, with what was read before.
Result<void> read_members(const Value::Object& order, const std::string& path, RawOrder& raw) {
  raw.fields.reserve(order.size());
  for (const auto& [key, value] : order) {
    if (value.is_null()) continue;
    const Field* field = find_field(key);
    if (field == nullptr) {
      flatten(key, value, raw);
      continue;
    }
    std::string_view wanted = std::visit(TypeCheck{value}, field->member);
    if (!wanted.empty()) {
      if (field->mandatory) return wrong_type(path + "." + key, wanted, value);
      raw.warnings.push_back({key, type_fault(wanted, value)});
      flatten(key, value, raw);
      continue;
    }
    raw.fields.push_back(raw_field(field->name, value));
  }
  return {};
}

// Fills a new PushedOrder.
void read_into(const Value& order, size_t row_no, const std::string& path, PushedOrder& pushed) {
  const Value::Object* object = order.object();
  if (object == nullptr) {
    pushed.submission = wrong_type(path, "object", order);
    return;
  }
  RawOrder raw;
  raw.row_no = row_no;
  auto read = read_members(*object, path, raw);
  if (!read.ok()) {
    // The number may stand behind what was wrong.
    auto number = std::ranges::find(*object, "order_no", &Value::Object::value_type::first);
    if (number != object->end()) {
      if (auto text = scalar(number->second)) {
        raw.fields.push_back({"order_no", std::move(text->text), text->number});
      }
    }
    pushed = {shown_order_no(raw), read.error(), {}};
    return;
  }
  if (auto rejection = read_order(raw, *pushed.submission, pushed.warnings)) {
    pushed = {shown_order_no(raw),
              invalid(path + "." + rejection->column + ": " + rejection->reason),
              {}};
    return;
  }
  pushed.order_no = pushed.submission->order_no;
}

bool is_batch_id(std::string_view text) {
  constexpr std::string_view kAllowed =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.:-";
  return !text.empty() && text.size() <= kBatchIdMax &&
         text.find_first_not_of(kAllowed) == std::string_view::npos;
}

Result<void> read_frame(const Value& body, PushBatch& batch) {
  const Value* id = body.find("batch_id");
  if (id == nullptr) return invalid("batch_id: 缺少");
  if (!id->string()) return wrong_type("batch_id", "string", *id);
  if (!is_batch_id(*id->string())) {
    return invalid("batch_id: 应为 1 到 " + std::to_string(kBatchIdMax) +
                   " 个字母、数字或 _ . : - 字符");
  }
  batch.batch_id = *id->string();
  if (const Value* source = body.find("source"); source && !source->is_null()) {
    if (!source->string()) return wrong_type("source", "string", *source);
    batch.source = clean_line(*source->string());
    if (character_count(batch.source) > kSourceMax) {
      return invalid("source: 超过 " + std::to_string(kSourceMax) + " 字");
    }
  }
  if (const Value* sent = body.find("sent_at"); sent && !sent->is_null()) {
    if (!sent->string()) return wrong_type("sent_at", "string", *sent);
    auto at = parse_date_text(*sent->string());
    if (!at) return at.error().context("sent_at");
    batch.sent_at = *at;
  }
  return {};
}

}  // namespace

PushedOrder read_pushed_order(const Value& order, size_t row_no, const std::string& path) {
  PushedOrder pushed;
  read_into(order, row_no, path, pushed);
  return pushed;
}

Result<PushBatch> read_push(const Value& body) {
  const Value::Object* object = body.object();
  if (object == nullptr) return wrong_type("$", "object", body);
  for (const auto& [key, value] : *object) {
    bool known = std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end();
    if (!known) return invalid(clean_line(key.substr(0, kSourceMax)) + ": 未知的键");
  }
  PushBatch batch;
  RETURN_IF_ERROR(read_frame(body, batch));
  auto orders = std::ranges::find(*object, "orders", &Value::Object::value_type::first);
  if (orders == object->end()) return invalid("orders: 缺少");
  const Value::Array* items = orders->second.array();
  if (items == nullptr) return wrong_type("orders", "array", orders->second);
  if (items->size() > limits::kOrdersPerRequestMax) {
    return Error{ErrorCode::limit, "orders: 共 " + std::to_string(items->size()) +
                                       " 件，超过每批 " +
                                       std::to_string(limits::kOrdersPerRequestMax) + " 件的上限"};
  }
  batch.orders.resize(items->size());
  for (size_t at = 0; at < items->size(); ++at) {
    std::string path = "orders[" + std::to_string(at) + "]";
    read_into((*items)[at], at + 1, path, batch.orders[at]);
  }
  return batch;
}

}  // namespace jieban
