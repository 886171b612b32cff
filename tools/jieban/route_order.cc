#include "tools/jieban/route_order.h"

#include <array>
#include <functional>

#include "common/base/text.h"
#include "common/domain/topics.h"
#include "common/domain/words.h"
#include "common/json/json.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

// The value of a field by its canonical name; "" when there is none.
using Field = std::function<std::string(std::string_view name)>;

std::string word_of(std::string_view field, const std::string& text) {
  const WordSet* set = find_words(field);
  if (set == nullptr || text.empty()) return text;
  return std::string(find_word(*set, text).value_or(set->fallback));
}

std::string path_of(const Field& field) {
  std::string path = half_width(clean_line(field("cat_path")));
  for (std::string_view arrow : {"->", "→", "/", "\\"}) replace_all(path, arrow, ">");
  if (!path.empty()) return path;
  for (const char* level : {"cat1", "cat2", "cat3", "cat4", "cat5"}) {
    const std::string name = clean_line(field(level));
    if (name.empty()) break;
    path += (path.empty() ? "" : ">") + name;
  }
  return path;
}

// As the door reads it.
RouteOrder order_of(const Field& field, const Lexicon& lexicon, DateStyle dates) {
  RouteOrder order;
  order.order_no = clean_code(field("order_no"));
  order.order_type = word_of("order_type", clean_code(field("order_type")));
  order.category = path_of(field);
  order.community = clean_line(field("community"));
  order.street = clean_line(field("street"));
  order.urgency = word_of("urgency", clean_code(field("urgency")));
  Lexicon::Hits hits = lexicon.find(field("title"), field("content"));
  order.keyword_groups = std::move(hits.groups);
  order.keywords = std::move(hits.routing);
  auto at = parse_date_text(field("dispatched_at"), dates);
  if (at.ok()) order.at = *at;
  return order;
}

std::vector<std::string> texts_at(const Value& value, std::string_view key) {
  std::vector<std::string> texts;
  for (const Value& each : array_at(value, key)) texts.push_back(scalar_text(each));
  return texts;
}

std::optional<std::string> optional_at(const Value& value, std::string_view key) {
  std::string text = text_at(value, key);
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

// What the router was told of an order, and when.
void take_facts(const Value& entry, RouteOrder& order) {
  const Value* payload = entry.find("payload");
  const Value* facts = payload == nullptr ? nullptr : payload->find("facts");
  if (facts == nullptr) return;
  order.order_type = text_at(*facts, "order_type");
  order.category = text_at(*facts, "category");
  order.community = text_at(*facts, "community");
  order.urgency = text_at(*facts, "urgency");
  order.keyword_groups = texts_at(*facts, "keyword_groups");
  order.keywords = texts_at(*facts, "keywords");
  const Value* others = facts->find("others");
  order.street = others == nullptr ? "" : text_at(*others, "street");
  order.at = parse_local(text_at(*facts, "dispatched_at"));
  if (!order.at) order.at = parse_local(text_at(entry, "at"));
}

}  // namespace

RouteFacts RouteOrder::facts(Timestamp otherwise) const {
  return {order_type, category,       community, street,
          urgency,    keyword_groups, keywords,  at.value_or(otherwise)};
}

Result<RouteOrder> read_archived_order(const Value& view) {
  const Value* summary = view.find("order");
  if (summary == nullptr) return invalid("the archive's answer holds no order");
  RouteOrder order;
  order.order_no = text_at(*summary, "order_no");
  order.raised_class = text_at(*summary, "order_class");
  order.links = {optional_at(*summary, "repeat_of"), optional_at(*summary, "cluster_of")};
  if (const Value* kept = view.find("routing")) order.kept = *kept;
  for (const Value& entry : array_at(view, "timeline")) {
    const std::string topic = text_at(entry, "topic");
    if (topic == topics::kOrderReceived || topic == topics::kOrderUpdated) take_facts(entry, order);
  }
  return order;
}

Result<std::vector<RouteOrder>> read_json_orders(std::string_view text, const Lexicon& lexicon) {
  auto body = parse_json(text);
  if (!body.ok()) return body.error();
  std::vector<RouteOrder> orders;
  const auto take = [&](const Value& each) -> Result<void> {
    if (each.object() == nullptr) return invalid("an order is a JSON object");
    const Field field = [&](std::string_view name) { return text_at(each, name); };
    orders.push_back(order_of(field, lexicon, DateStyle::year_first));
    return {};
  };
  const Value* list = body->array() != nullptr ? &*body : body->find("orders");
  if (list == nullptr) {
    RETURN_IF_ERROR(take(*body));
    return orders;
  }
  if (list->array() == nullptr) return invalid("orders is a list");
  for (const Value& each : *list->array()) RETURN_IF_ERROR(take(each));
  return orders;
}

std::vector<RouteOrder> read_table_orders(const ExportTable& table, const Lexicon& lexicon) {
  std::vector<RouteOrder> orders;
  for (const ExportRow& row : table.rows) {
    const Field field = [&](std::string_view name) { return std::string(table.text(row, name)); };
    orders.push_back(order_of(field, lexicon, table.dates));
  }
  return orders;
}

}  // namespace jieban
