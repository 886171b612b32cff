#include "daemons/notifier/safe_text.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "common/base/bytes.h"
#include "common/base/text.h"

namespace jieban {
namespace {

constexpr std::string_view kMask = "***";
// The shortest number of a telephone, without its area.
constexpr size_t kRunMax = 6;
// More groups than anybody makes of a number: bounds the work.
constexpr size_t kGroupsMax = 19;

// What may stand between the digits of one number.
enum class Joint { none, dash, dot };

struct Glyph {
  std::string_view bytes;
  char digit = 0;  // '0' to '9' where it is one
  bool hidden = false;
};
using Glyphs = std::vector<Glyph>;

// Digits without anything between them: glyphs [begin, end).
struct DigitGroup {
  size_t begin = 0;
  size_t end = 0;
  std::string digits;
  Joint joint = Joint::none;  // to the next group
  bool of_date = false;
};

constexpr std::array<std::string_view, 12> kChineseDigits = {"〇", "一", "二", "三", "四", "五",
                                                             "六", "七", "八", "九", "零", "幺"};
constexpr std::string_view kChineseValues = "012345678901";

char digit_of(std::string_view glyph) {
  constexpr std::string_view kWideZero = "０";
  if (glyph.size() == 1) return glyph[0] >= '0' && glyph[0] <= '9' ? glyph[0] : '\0';
  if (glyph.size() != kWideZero.size()) return '\0';
  if (glyph.substr(0, 2) == kWideZero.substr(0, 2)) {
    const int value =
        static_cast<unsigned char>(glyph[2]) - static_cast<unsigned char>(kWideZero[2]);
    if (value >= 0 && value <= 9) return char('0' + value);
  }
  const auto* found = std::ranges::find(kChineseDigits, glyph);
  return found == kChineseDigits.end() ? '\0'
                                       : kChineseValues[size_t(found - kChineseDigits.begin())];
}

bool is_one_of(std::string_view glyph, std::span<const std::string_view> set) {
  return std::ranges::find(set, glyph) != set.end();
}

// Soft hyphen, zero-width characters, and those that turn the direction of writing.
bool is_unseen(std::string_view glyph) {
  static constexpr std::array<std::string_view, 18> kUnseen = {
      "\u00AD", "\u200B", "\u200C", "\u200D", "\u200E", "\u200F", "\u202A", "\u202B", "\u202C",
      "\u202D", "\u202E", "\u2060", "\u2061", "\u2066", "\u2067", "\u2068", "\u2069", "\uFEFF"};
  return glyph.size() > 1 && is_one_of(glyph, kUnseen);
}

// Of ASCII, and U+0080 to U+009F.
bool is_control_glyph(std::string_view glyph) {
  const auto first = static_cast<unsigned char>(glyph[0]);
  if (glyph.size() == 1) return first < 0x20 || first == 0x7F;
  return first == 0xC2 && static_cast<unsigned char>(glyph[1]) < 0xA0;
}

Joint joint_of(std::string_view glyph) {
  static constexpr std::array<std::string_view, 13> kDashes = {
      " ", "-", "(", ")", "（", "）", "－", "–", "—", "\u2010", "\u2011", "\u3000", "\u00A0"};
  static constexpr std::array<std::string_view, 3> kDots = {".", "．", "·"};
  if (is_one_of(glyph, kDashes)) return Joint::dash;
  return is_one_of(glyph, kDots) ? Joint::dot : Joint::none;
}

Glyphs glyphs_of(std::string_view text) {
  Glyphs glyphs;
  while (!text.empty()) {
    const std::string_view glyph = first_characters(text, 1);
    text.remove_prefix(glyph.size());
    if (is_unseen(glyph)) continue;
    glyphs.push_back({is_control_glyph(glyph) ? std::string_view(" ") : glyph, digit_of(glyph)});
  }
  return glyphs;
}

void hide(Glyphs& glyphs, size_t begin, size_t end) {
  for (size_t i = begin; i < end; ++i) glyphs[i].hidden = true;
}

bool is_mail_glyph(const Glyph& glyph, std::string_view more) {
  if (glyph.bytes.size() != 1 || glyph.hidden) return false;
  const char c = glyph.bytes[0];
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter || more.find(c) != std::string_view::npos;
}

// A unit of systemd has an '@' too: postgresql@15-main.service.
bool is_systemd_unit(std::string_view domain) {
  static constexpr std::array<std::string_view, 10> kTypes = {
      "service", "socket", "timer", "target", "mount",
      "slice",   "scope",  "path",  "device", "automount"};
  return is_one_of(domain.substr(domain.rfind('.') + 1), kTypes);
}

void hide_mail(Glyphs& glyphs) {
  for (size_t at = 0; at < glyphs.size(); ++at) {
    if (glyphs[at].bytes != "@" && glyphs[at].bytes != "＠") continue;
    size_t begin = at;
    while (begin > 0 && is_mail_glyph(glyphs[begin - 1], "._%+-")) --begin;
    size_t end = at + 1;
    std::string domain;
    while (end < glyphs.size() && is_mail_glyph(glyphs[end], ".-")) {
      domain += glyphs[end++].bytes;
    }
    while (domain.ends_with('.')) {
      domain.pop_back();
      --end;
    }
    const bool local = begin < at || (at > 0 && glyphs[at - 1].hidden);
    const bool mail = local && domain.find('.', 1) != std::string::npos;
    if (mail && !is_systemd_unit(domain)) hide(glyphs, begin, end);
  }
}

// How the digits before `begin` and those at `end` hang together: by up to three signs of one kind.
Joint joint_between(const Glyphs& glyphs, size_t begin, size_t end) {
  constexpr size_t kSignsMax = 3;
  if (end == begin || end - begin > kSignsMax) return Joint::none;
  const Joint joint = joint_of(glyphs[begin].bytes);
  for (size_t i = begin; i < end; ++i) {
    if (glyphs[i].hidden || joint_of(glyphs[i].bytes) != joint) return Joint::none;
  }
  return joint;
}

std::vector<DigitGroup> groups_of(const Glyphs& glyphs) {
  std::vector<DigitGroup> groups;
  for (size_t i = 0; i < glyphs.size(); ++i) {
    if (glyphs[i].digit == 0 || glyphs[i].hidden) continue;
    DigitGroup group{i, i, {}};
    while (group.end < glyphs.size() && glyphs[group.end].digit != 0 && !glyphs[group.end].hidden) {
      group.digits += glyphs[group.end++].digit;
    }
    if (!groups.empty()) groups.back().joint = joint_between(glyphs, groups.back().end, i);
    i = group.end;
    groups.push_back(std::move(group));
  }
  return groups;
}

bool is_date(std::string_view eight) {
  const std::string_view month = eight.substr(4, 2);
  const std::string_view day = eight.substr(6, 2);
  return (eight.starts_with("19") || eight.starts_with("20")) && month >= "01" && month <= "12" &&
         day >= "01" && day <= "31";
}

// 2026-03-10
void mark_dates(std::vector<DigitGroup>& groups) {
  for (size_t i = 0; i + 2 < groups.size(); ++i) {
    const bool shape = groups[i].digits.size() == 4 && groups[i + 1].digits.size() == 2 &&
                       groups[i + 2].digits.size() == 2 && groups[i].joint == Joint::dash &&
                       groups[i + 1].joint == Joint::dash &&
                       groups[i + 1].begin == groups[i].end + 1 &&
                       groups[i + 2].begin == groups[i + 1].end + 1;
    if (!shape) continue;
    if (!is_date(groups[i].digits + groups[i + 1].digits + groups[i + 2].digits)) continue;
    for (size_t part = i; part < i + 3; ++part) groups[part].of_date = true;
  }
}

bool is_telephone(std::string_view digits) {
  constexpr size_t kMobile = 11;
  constexpr size_t kLandLineMax = 12;
  if (digits.front() == '0' && digits.substr(0, 4) != "0086") {
    return (digits.size() == kMobile || digits.size() == kLandLineMax) && digits[1] != '0';
  }
  for (std::string_view country : {"0086", "86"}) {
    if (digits.starts_with(country)) digits.remove_prefix(country.size());
  }
  return digits.size() == kMobile && digits[0] == '1' && digits[1] >= '3';
}

// An identity card with its date of birth; the last of its 18 signs may be an X.
bool is_identity(std::string_view digits, bool ends_with_x) {
  constexpr size_t kSigns = 18;
  return digits.size() + (ends_with_x ? 1 : 0) == kSigns && is_date(digits.substr(6, 8));
}

bool is_x(const Glyphs& glyphs, size_t at) {
  static constexpr std::array<std::string_view, 4> kSigns = {"x", "X", "ｘ", "Ｘ"};
  return at < glyphs.size() && is_one_of(glyphs[at].bytes, kSigns);
}

// The digits of a number in groups, from this one on. 10.1.13.225 is none: with dots between, a
// telephone has a group that an address of a host has not.
void hide_joined(Glyphs& glyphs, const std::vector<DigitGroup>& groups, size_t first) {
  std::string digits = groups[first].digits;
  size_t longest = digits.size();
  const size_t last = std::min(groups.size(), first + kGroupsMax);
  for (size_t i = first; i + 1 < last && !groups[i].of_date; ++i) {
    const Joint joint = groups[i].joint;
    if (joint == Joint::none || joint != groups[first].joint || groups[i + 1].of_date) return;
    digits += groups[i + 1].digits;
    longest = std::max(longest, groups[i + 1].digits.size());
    const bool host = joint == Joint::dot && longest < 4;
    const size_t end = groups[i + 1].end;
    const bool x = is_x(glyphs, end);
    if (!host && (is_telephone(digits) || is_identity(digits, false) || is_identity(digits, x))) {
      hide(glyphs, groups[first].begin, end + (x && is_identity(digits, true) ? 1 : 0));
    }
  }
}

void hide_numbers(Glyphs& glyphs) {
  std::vector<DigitGroup> groups = groups_of(glyphs);
  mark_dates(groups);
  for (size_t i = 0; i < groups.size(); ++i) {
    hide_joined(glyphs, groups, i);
    if (groups[i].digits.size() <= kRunMax) continue;
    const bool x = is_identity(groups[i].digits, true) && is_x(glyphs, groups[i].end);
    hide(glyphs, groups[i].begin, groups[i].end + (x ? 1 : 0));
  }
}

}  // namespace

std::string safe_text(std::string_view text) {
  if (!is_utf8(text)) return std::string(kMask);
  Glyphs glyphs = glyphs_of(text);
  hide_mail(glyphs);
  hide_numbers(glyphs);
  // What looked like part of a longer name may be an address now that its end is hidden.
  hide_mail(glyphs);
  std::string out;
  bool hidden = false;
  for (const Glyph& glyph : glyphs) {
    if (!glyph.hidden) out += glyph.bytes;
    if (glyph.hidden && !hidden) out += kMask;
    hidden = glyph.hidden;
  }
  return out;
}

bool is_safe_text(std::string_view text) { return safe_text(text) == text; }

std::string safe_text(std::string_view text, size_t characters_max) {
  std::string safe = safe_text(text);
  if (character_count(safe) <= characters_max) return safe;
  return std::string(first_characters(safe, characters_max - 1)) + "…";
}

}  // namespace jieban
