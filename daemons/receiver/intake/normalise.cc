#include "daemons/receiver/intake/normalise.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "common/base/bytes.h"
#include "common/base/text.h"
#include "common/domain/words.h"
#include "daemons/receiver/intake/order_number.h"

namespace jieban {
namespace {

constexpr double kLongitudeMax = 180;
constexpr double kLatitudeMax = 90;
constexpr char kNotUtf8[] = "不是合法的 UTF-8 文字";

std::string too_long(size_t most) { return "超过 " + std::to_string(most) + " 字"; }

std::string path_of(std::string_view text) {
  std::string path = half_width(clean_line(text));
  for (std::string_view arrow : {"->", "→", "/", "\\"}) replace_all(path, arrow, ">");
  replace_all(path, " >", ">");
  replace_all(path, "> ", ">");
  return path;
}

// `extra` with its limits: bounds an event. put() answers why something has no room.
class Extra {
 public:
  explicit Extra(Submission& out) : out_(out) {}

  std::string put(std::string name, std::string value) {
    size_t characters = character_count(value);
    if (out_.extra.size() >= kExtraColumnsMax) {
      return "其他列超过 " + std::to_string(kExtraColumnsMax) + " 列，其余未保存";
    }
    if (characters > kExtraCharactersMax - used_) {
      return "其他列合计" + too_long(kExtraCharactersMax) + "，放不下的未保存";
    }
    used_ += characters;
    out_.extra.emplace(std::move(name), std::move(value));
    return {};
  }

 private:
  Submission& out_;
  size_t used_ = 0;
};

// Reads one value into its member; the answer is the fault, empty when there is none. After a fault
// the member is absent, or holds what could be taken of it.
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
        return check_whole(value);
      case Shape::path:
        value = path_of(raw_.text);
        return check_whole(value);
      case Shape::text:
        value = clean_text(raw_.text);
        return cut(value);
      default:
        value = clean_line(raw_.text);
        return cut(value);
    }
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
    if (text.empty() || is_placeholder(text)) return {};
    out_.*member = find_flag(text);
    return out_.*member ? "" : "应为是或否";
  }

  std::string operator()(std::optional<double> Submission::*member) {
    std::string text = clean_code(raw_.text);
    if (text.empty() || is_placeholder(text)) return {};
    double value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    double most = field_.name == "lat" ? kLatitudeMax : kLongitudeMax;
    bool good = error == std::errc() && end == text.data() + text.size() && std::abs(value) <= most;
    if (!good) return "不是坐标";
    out_.*member = value;
    return {};
  }

  // Items that are too long, or too many, are left out; the others are taken.
  std::string operator()(std::vector<std::string> Submission::*member) {
    std::string text = clean_line(raw_.text);
    for (std::string_view comma : {"，", "、", "；", ";", "|"}) replace_all(text, comma, ",");
    std::vector<std::string>& list = out_.*member;
    std::string fault;
    for (size_t at = 0; at <= text.size();) {
      size_t comma = std::min(text.find(',', at), text.size());
      std::string item(trim(std::string_view(text).substr(at, comma - at)));
      at = comma + 1;
      if (item.empty() || std::find(list.begin(), list.end(), item) != list.end()) continue;
      if (list.size() >= kTagsMax) return "超过 " + std::to_string(kTagsMax) + " 项，其余未采用";
      if (fits(item)) {
        list.push_back(std::move(item));
      } else {
        fault = too_long(field_.length_max);
      }
    }
    return fault;
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
    if (!word && is_placeholder(text)) return {};
    value = word.value_or(set->fallback);
    return word ? "" : "不是已知的取值";
  }

  // Most values are short enough in bytes already.
  bool fits(std::string_view value) const {
    return value.size() <= field_.length_max || character_count(value) <= field_.length_max;
  }

  std::string cut(std::string& value) const {
    if (fits(value)) return {};
    value = trim(first_characters(value, field_.length_max));
    return too_long(field_.length_max) + "，已截取";
  }

  // Of a code or a path a part would be another one.
  std::string check_whole(std::string& value) const {
    if (fits(value)) return {};
    value.clear();
    return too_long(field_.length_max);
  }

  const Field& field_;
  const RawField& raw_;
  DateStyle dates_;
  Submission& out_;
};

void warn_once(std::vector<FieldWarning>& warnings, FieldWarning warning) {
  bool told = std::find(warnings.begin(), warnings.end(), warning) != warnings.end();
  if (!told) warnings.push_back(std::move(warning));
}

std::optional<Rejection> read_field(const RawField& raw, DateStyle dates, Submission& out,
                                    Extra& extra, std::vector<FieldWarning>& warnings) {
  const Field* field = find_field(raw.name);
  CHECK(field != nullptr);
  std::string fault = is_utf8(raw.text)
                          ? std::visit(FieldReader(*field, raw, dates, out), field->member)
                          : kNotUtf8;
  if (fault.empty()) return std::nullopt;
  bool taken = !field_text(out, *field).empty();
  if (field->mandatory && !taken) return Rejection{std::string(raw.name), std::move(fault)};
  if (is_utf8(raw.text)) {
    std::string no_room = extra.put(std::string(raw.name), clean_text(raw.text));
    if (!no_room.empty()) warn_once(warnings, {"extra", std::move(no_room)});
  }
  // A word that has a meaning of its own for "any other" was understood.
  bool understood = field->shape == Shape::word && taken;
  if (!understood) warnings.push_back({std::string(raw.name), std::move(fault)});
  return std::nullopt;
}

void read_extra(const RawOrder& raw, Extra& extra, std::vector<FieldWarning>& warnings) {
  for (const auto& [raw_name, text] : raw.extra) {
    std::string fault;
    if (!is_utf8(raw_name) || !is_utf8(text)) {
      fault = std::string(kNotUtf8) + "，未保存";
    } else {
      std::string value = clean_text(text);
      std::string name = clean_line(raw_name);
      if (value.empty()) continue;
      fault = character_count(name) > kExtraNameMax ? "列名" + too_long(kExtraNameMax) + "，未保存"
                                                    : extra.put(std::move(name), std::move(value));
    }
    if (!fault.empty()) warn_once(warnings, {"extra", std::move(fault)});
  }
}

std::optional<Rejection> check_mandatory(const Submission& order) {
  std::string scratch;
  for (const Field& field : submission_fields()) {
    if (!field.mandatory) continue;
    if (field_view(order, field, scratch).empty()) {
      return Rejection{std::string(field.name), "必填，但为空"};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Rejection> read_order(const RawOrder& raw, Submission& out,
                                    std::vector<FieldWarning>& warnings) {
  out.row_no = raw.row_no;
  warnings.insert(warnings.end(), raw.warnings.begin(), raw.warnings.end());
  Extra extra(out);
  for (const RawField& each : raw.fields) {
    auto rejection = read_field(each, raw.dates, out, extra, warnings);
    if (rejection) return rejection;
  }
  read_extra(raw, extra, warnings);
  return check_mandatory(out);
}

Result<Submission> normalise(const RawOrder& raw) {
  Submission order;
  std::vector<FieldWarning> warnings;
  auto rejection = read_order(raw, order, warnings);
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
