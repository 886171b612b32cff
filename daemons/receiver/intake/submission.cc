#include "daemons/receiver/intake/submission.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace jieban {
namespace {

using S = Submission;
constexpr Privacy kOpen = Privacy::open;
constexpr Privacy kPersonal = Privacy::personal;

// A name, a unit, a place: longer is a column that slipped.
constexpr size_t kShort = 40;
constexpr size_t kName = 100;
constexpr size_t kLine = 200;
constexpr size_t kText = 8000;

constexpr std::array kFields = std::to_array<Field>({
    {"order_no", &S::order_no, Shape::order_no, kOpen, true, kShort},
    {"parent_no", &S::parent_no, Shape::order_no, kOpen, false, kShort},
    {"order_type", &S::order_type, Shape::word, kOpen, false, kShort},
    {"title", &S::title, Shape::line, kPersonal, false, kLine},
    {"content", &S::content, Shape::text, kPersonal, true, kText},
    {"source_channel", &S::source_channel, Shape::line, kOpen, false, kShort},
    {"accept_mode", &S::accept_mode, Shape::line, kOpen, false, kShort},
    {"caller_name", &S::caller_name, Shape::line, kPersonal, false, kName},
    {"caller_kind", &S::caller_kind, Shape::word, kOpen, false, kShort},
    {"caller_gender", &S::caller_gender, Shape::word, kOpen, false, kShort},
    {"caller_phone", &S::caller_phone, Shape::code, kPersonal, false, 32},
    {"contact_phone", &S::contact_phone, Shape::code, kPersonal, false, kName},
    {"confidential", &S::confidential, Shape::other, kOpen, false, kShort},
    {"enterprise_name", &S::enterprise_name, Shape::line, kPersonal, false, kLine},
    {"cat1", &S::cat1, Shape::line, kOpen, false, kName},
    {"cat2", &S::cat2, Shape::line, kOpen, false, kName},
    {"cat3", &S::cat3, Shape::line, kOpen, false, kName},
    {"cat4", &S::cat4, Shape::line, kOpen, false, kName},
    {"cat5", &S::cat5, Shape::line, kOpen, false, kName},
    {"cat_path", &S::cat_path, Shape::path, kOpen, false, kLine},
    {"tags", &S::tags, Shape::other, kOpen, false, kShort},
    {"district", &S::district, Shape::line, kOpen, false, kName},
    {"street", &S::street, Shape::line, kOpen, false, kName},
    {"community", &S::community, Shape::line, kOpen, false, kName},
    {"point", &S::point, Shape::line, kOpen, false, kLine},
    {"address", &S::address, Shape::line, kPersonal, false, kLine},
    {"lon", &S::lon, Shape::other, kOpen, false, kShort},
    {"lat", &S::lat, Shape::other, kOpen, false, kShort},
    {"urgency", &S::urgency, Shape::word, kOpen, false, kShort},
    {"secrecy", &S::secrecy, Shape::line, kOpen, false, kShort},
    {"called_at", &S::called_at, Shape::other, kOpen, false, kShort},
    {"created_at_city", &S::created_at_city, Shape::other, kOpen, false, kShort},
    {"dispatched_at", &S::dispatched_at, Shape::other, kOpen, false, kShort},
    {"due_at", &S::due_at, Shape::other, kOpen, false, kShort},
    {"lead_unit", &S::lead_unit, Shape::line, kOpen, false, kLine},
    {"unit_short", &S::unit_short, Shape::line, kOpen, false, kName},
    {"order_nature", &S::order_nature, Shape::word, kOpen, false, kShort},
    {"status_text", &S::status_text, Shape::line, kOpen, false, kName},
    {"reply", &S::reply, Shape::text, kPersonal, false, kText},
    {"result", &S::result, Shape::text, kPersonal, false, kText},
    {"completed_at", &S::completed_at, Shape::other, kOpen, false, kShort},
    {"on_time_sign", &S::on_time_sign, Shape::other, kOpen, false, kShort},
    {"feedback_on_time", &S::feedback_on_time, Shape::other, kOpen, false, kShort},
    {"true_claim", &S::true_claim, Shape::other, kOpen, false, kShort},
    {"beyond_duty", &S::beyond_duty, Shape::other, kOpen, false, kShort},
    {"visit_valid", &S::visit_valid, Shape::other, kOpen, false, kShort},
    {"visit_contacted", &S::visit_contacted, Shape::other, kOpen, false, kShort},
    {"visit_solved", &S::visit_solved, Shape::word, kOpen, false, kShort},
    {"visit_satisfied", &S::visit_satisfied, Shape::word, kOpen, false, kShort},
    {"visit_at", &S::visit_at, Shape::other, kOpen, false, kShort},
    {"solve_round", &S::solve_round, Shape::word, kOpen, false, kShort},
    {"in_assessment", &S::in_assessment, Shape::other, kOpen, false, kShort},
    {"unreasonable", &S::unreasonable, Shape::other, kOpen, false, kShort},
    {"unreasonable_result", &S::unreasonable_result, Shape::line, kOpen, false, kName},
    {"appealed", &S::appealed, Shape::other, kOpen, false, kShort},
    {"appeal_result", &S::appeal_result, Shape::line, kOpen, false, kName},
});

// Open addressing over a hash of the name; every key of every order is looked up.
constexpr size_t kSlots = 256;
using FieldIndex = std::array<uint8_t, kSlots>;  // the field's place, from 1; 0: free
static_assert(kFields.size() < kSlots / 2);

// REQUIRES: not empty.
constexpr size_t slot_of(std::string_view name) {
  const auto letter = [&](size_t at) { return size_t(static_cast<unsigned char>(name[at])); };
  return (name.size() * 31 + letter(0) * 7 + letter(name.size() / 2) * 3 +
          letter(name.size() - 1)) %
         kSlots;
}

constexpr FieldIndex index_fields() {
  FieldIndex index{};
  for (size_t place = 0; place < kFields.size(); ++place) {
    size_t slot = slot_of(kFields[place].name);
    while (index[slot] != 0) slot = (slot + 1) % kSlots;
    index[slot] = uint8_t(place + 1);
  }
  return index;
}

constexpr std::string_view kExtra = "extra";
constexpr std::string_view kExtraPrefix = "extra.";

struct Printer {
  const Submission& order;
  std::string& scratch;

  std::string_view operator()(std::string S::*member) const { return order.*member; }
  std::string_view operator()(std::optional<bool> S::*member) const {
    if (!(order.*member)) return {};
    return *(order.*member) ? "true" : "false";
  }
  std::string_view operator()(std::optional<double> S::*member) const {
    if (!(order.*member)) return {};
    std::array<char, 32> buffer{};
    auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), *(order.*member)).ptr;
    scratch.assign(buffer.data(), end);
    return scratch;
  }
  std::string_view operator()(std::optional<Timestamp> S::*member) const {
    if (!(order.*member)) return {};
    scratch = format_local(*(order.*member));
    return scratch;
  }
  std::string_view operator()(std::vector<std::string> S::*member) const {
    scratch.clear();
    for (const std::string& each : order.*member) {
      if (!scratch.empty()) scratch += "，";
      scratch += each;
    }
    return scratch;
  }
};

bool needs_no_escape(std::string_view text) {
  constexpr std::string_view kEscaped = "\\\n=";
  return std::ranges::none_of(kEscaped,
                              [&](char c) { return text.find(c) != std::string_view::npos; });
}

void append_escaped(std::string& out, std::string_view text) {
  if (needs_no_escape(text)) {
    out += text;
    return;
  }
  size_t plain = 0;  // where what needs no escape begins
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c != '\\' && c != '\n' && c != '=') continue;
    out += text.substr(plain, at - plain);
    out += '\\';
    out += c == '\n' ? 'n' : c;
    plain = at + 1;
  }
  out += text.substr(plain);
}

}  // namespace

void append_canonical_line(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  append_escaped(out, name);
  out += '=';
  append_escaped(out, value);
  out += '\n';
}

void append_canonical_extra(std::string& out, const Submission& order) {
  for (const auto& [name, value] : order.extra) {
    append_canonical_line(out, std::string(kExtraPrefix) + name, value);
  }
}

std::span<const Field> submission_fields() { return kFields; }

const Field* find_field(std::string_view name) {
  static constexpr FieldIndex kIndex = index_fields();
  if (name.empty()) return nullptr;
  for (size_t slot = slot_of(name); kIndex[slot] != 0; slot = (slot + 1) % kSlots) {
    const Field& field = kFields[kIndex[slot] - 1];
    if (field.name == name) return &field;
  }
  return nullptr;
}

std::string_view field_view(const Submission& order, const Field& field, std::string& scratch) {
  return std::visit(Printer{order, scratch}, field.member);
}

std::string field_text(const Submission& order, const Field& field) {
  std::string scratch;
  return std::string(field_view(order, field, scratch));
}

std::string canonical_field(const Submission& order, std::string_view name) {
  if (const Field* field = find_field(name)) return field_text(order, *field);
  std::string out;
  if (name == kExtra) {
    append_canonical_extra(out, order);
  } else if (name.starts_with(kExtraPrefix)) {
    auto found = order.extra.find(std::string(name.substr(kExtraPrefix.size())));
    if (found != order.extra.end()) out = found->second;
  }
  return out;
}

std::string canonical_text(const Submission& order) {
  std::string out;
  out.reserve(order.content.size() + 1024);
  std::string scratch;
  for (const Field& field : kFields) {
    append_canonical_line(out, field.name, field_view(order, field, scratch));
  }
  append_canonical_extra(out, order);
  return out;
}

}  // namespace jieban
