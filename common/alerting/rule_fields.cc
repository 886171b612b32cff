#include "common/alerting/rule_fields.h"

namespace jieban {
namespace {

Result<void> store(Result<std::string> text, std::string& out) {
  if (!text.ok()) return text.error();
  out = std::move(*text);
  return {};
}

Result<void> store_span(Node node, uint64_t& out) {
  auto span = node.duration();
  if (!span.ok()) return span.error();
  if (*span < Duration::zero()) return node.error("the duration is negative");
  out = uint64_t(span->count());
  return {};
}

}  // namespace

void RuleFields::text(std::string_view key, Need need, std::string& out) {
  read(key, need, [&](Node node) { return store(node.text(), out); });
}

void RuleFields::text(std::string_view key, std::optional<std::string>& out) {
  read(key, Need::optional, [&](Node node) { return store(node.text(), out.emplace()); });
}

void RuleFields::flag(std::string_view key, bool& out) {
  read(key, Need::optional, [&](Node node) -> Result<void> {
    auto said = node.boolean();
    if (!said.ok()) return said.error();
    out = *said;
    return {};
  });
}

void RuleFields::whole(std::string_view key, Need need, uint64_t& out) {
  read(key, need, [&](Node node) -> Result<void> {
    auto number = node.integer();
    if (!number.ok()) return number.error();
    if (*number < 0) return node.error("the number is negative");
    out = uint64_t(*number);
    return {};
  });
}

void RuleFields::span(std::string_view key, Need need, uint64_t& out) {
  read(key, need, [&](Node node) { return store_span(node, out); });
}

void RuleFields::span(std::string_view key, std::optional<uint64_t>& out) {
  read(key, Need::optional, [&](Node node) { return store_span(node, out.emplace()); });
}

void RuleFields::texts(std::string_view key, Need need, std::vector<std::string>& out) {
  each(key, need, [&](Node node) { return store(node.text(), out.emplace_back()); });
}

Result<void> placed(Node node, const Result<void>& checked) {
  if (checked.ok()) return {};
  return node.error(checked.error().message);
}

}  // namespace jieban
