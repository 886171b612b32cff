#include "daemons/receiver/intake/normalise.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "common/base/bytes.h"
#include "daemons/receiver/intake/order_number.h"
#include "daemons/receiver/intake/text.h"
#include "daemons/receiver/intake/words.h"

namespace jieban {
namespace {

constexpr double kLongitudeMax = 180;
constexpr double kLatitudeMax = 90;

std::string too_long(size_t most) { return "超过 " + std::to_string(most) + " 字"; }

std::string path_of(std::string_view text) {
  std::string path = half_width(clean_line(text));
  for (std::string_view arrow : {"->", "→", "/", "\\"}) replace_all(path, arrow, ">");
  replace_all(path, " >", ">");
  replace_all(path, "> ", ">");
  return path;
}

// Reads one value into its member; the answer is the fault, empty when there is none.
class FieldReader {
 public:
  FieldReader(const Field& field, const RawField& raw, DateStyle dates, Submission& out)
      : field_(field), raw_(raw), dates_(dates), out_(out) {}

  std::string operator()(std::string Submission::*member) {
    std::string& value = out_.*member;
    switch (field_.shape) {
      case Shape::order_no:
        return read_number(value);
      case Shape::word:
        return read_word(value);
      case Shape::code:
        value = clean_code(raw_.text);
        break;
      case Shape::path:
        value = path_of(raw_.text);
        break;
      case Shape::text:
        value = clean_text(raw_.text);
        break;
      default:
        value = clean_line(raw_.text);
        break;
    }
    return check_length(value);
  }

  std::string operator()(std::optional<Timestamp> Submission::*member) {
    std::string_view text = trim(raw_.text);
    if (text.empty() || is_placeholder(text)) return {};
    auto at = parse_date_text(text, dates_);
    if (!at) return at.error().message;
    out_.*member = *at;
    return {};
  }

  std::string operator()(std::optional<bool> Submission::*member) {
    std::string text = clean_code(raw_.text);
    if (text.empty()) return {};
    out_.*member = find_flag(text);
    if (!(out_.*member)) keep_raw();
    return {};
  }

  std::string operator()(std::optional<double> Submission::*member) {
    std::string text = clean_code(raw_.text);
    if (text.empty()) return {};
    double value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    double most = field_.name == "lat" ? kLatitudeMax : kLongitudeMax;
    bool good = error == std::errc() && end == text.data() + text.size() && std::abs(value) <= most;
    if (good)
      out_.*member = value;
    else
      keep_raw();
    return {};
  }

  std::string operator()(std::vector<std::string> Submission::*member) {
    std::string text = clean_line(raw_.text);
    for (std::string_view comma : {"，", "、", "；", ";", "|"}) replace_all(text, comma, ",");
    std::vector<std::string>& list = out_.*member;
    for (size_t at = 0; at <= text.size();) {
      size_t comma = std::min(text.find(',', at), text.size());
      std::string item(trim(std::string_view(text).substr(at, comma - at)));
      at = comma + 1;
      if (item.empty() || std::find(list.begin(), list.end(), item) != list.end()) continue;
      if (std::string fault = check_length(item); !fault.empty()) return fault;
      if (list.size() >= kTagsMax) return "超过 " + std::to_string(kTagsMax) + " 项";
      list.push_back(std::move(item));
    }
    return {};
  }

 private:
  std::string read_number(std::string& value) {
    auto number = parse_order_number(raw_.text, raw_.number);
    if (!number) return number.error().message;
    value = std::move(*number);
    return {};
  }

  std::string read_word(std::string& value) {
    std::string text = clean_code(raw_.text);
    if (text.empty()) return {};
    const WordSet* set = find_words(field_.name);
    CHECK(set != nullptr);
    auto word = find_word(*set, text);
    value = word.value_or(set->fallback);
    if (!word) keep_raw();
    return {};
  }

  std::string check_length(std::string_view value) const {
    // Most values are short enough in bytes already.
    if (value.size() <= field_.length_max || character_count(value) <= field_.length_max) return {};
    return too_long(field_.length_max);
  }

  void keep_raw() { out_.extra[std::string(field_.name)] = clean_text(raw_.text); }

  const Field& field_;
  const RawField& raw_;
  DateStyle dates_;
  Submission& out_;
};

std::optional<Rejection> read_extra(const RawOrder& raw, Submission& out) {
  for (const auto& [raw_name, text] : raw.extra) {
    if (!is_utf8(raw_name) || !is_utf8(text)) return Rejection{"extra", "不是合法的 UTF-8 文字"};
    std::string value = clean_text(text);
    if (value.empty()) continue;
    std::string name = clean_line(raw_name);
    if (character_count(name) > kExtraNameMax) {
      return Rejection{"extra", "列名" + too_long(kExtraNameMax)};
    }
    out.extra.emplace(std::move(name), std::move(value));
  }
  size_t characters = 0;
  for (const auto& [name, value] : out.extra) characters += character_count(value);
  if (characters > kExtraCharactersMax) {
    return Rejection{"extra", "其他列合计" + too_long(kExtraCharactersMax)};
  }
  if (out.extra.size() > kExtraColumnsMax) {
    return Rejection{"extra", "其他列超过 " + std::to_string(kExtraColumnsMax) + " 列"};
  }
  return std::nullopt;
}

std::optional<Rejection> check_mandatory(const Submission& order) {
  for (const Field& field : submission_fields()) {
    if (!field.mandatory) continue;
    if (field_text(order, field).empty()) return Rejection{std::string(field.name), "必填，但为空"};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Rejection> read_order(const RawOrder& raw, Submission& out) {
  out.row_no = raw.row_no;
  for (const RawField& each : raw.fields) {
    const Field* field = find_field(each.name);
    CHECK(field != nullptr);
    if (!is_utf8(each.text)) return Rejection{each.name, "不是合法的 UTF-8 文字"};
    std::string fault = std::visit(FieldReader(*field, each, raw.dates, out), field->member);
    if (!fault.empty()) return Rejection{each.name, std::move(fault)};
  }
  if (auto rejection = read_extra(raw, out)) return rejection;
  return check_mandatory(out);
}

Result<Submission> normalise(const RawOrder& raw) {
  Submission order;
  auto rejection = read_order(raw, order);
  if (rejection) return invalid(rejection->column + ": " + rejection->reason);
  return order;
}

std::string shown_order_no(const RawOrder& raw) {
  auto found = std::find_if(raw.fields.begin(), raw.fields.end(),
                            [](const RawField& each) { return each.name == "order_no"; });
  if (found == raw.fields.end() || !is_utf8(found->text)) return {};
  auto number = parse_order_number(found->text, found->number);
  return number ? *number : std::string();
}

}  // namespace jieban
