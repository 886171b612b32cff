// The clocks of an order by name (DOMAIN §4.3), sets of them, and the other closed words of time.
//
// Words travel and are stored as text; from_string() is false for what is none. Pure; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace jieban {

enum class ClockKind : uint8_t {
  sign,           // 签收
  forward,        // 转派
  return_window,  // 退单窗口, "return"
  contact,        // 先行联系
  internal,       // 内部时限: lead time for the audit
  audit,          // 审核
  due,            // 办理时限
  redo,           // 驳回重办
  appeal,         // 申诉窗口
  review,         // 未解决复盘
};

constexpr std::array<ClockKind, 10> kClockKinds = {
    ClockKind::sign,     ClockKind::forward, ClockKind::return_window, ClockKind::contact,
    ClockKind::internal, ClockKind::audit,   ClockKind::due,           ClockKind::redo,
    ClockKind::appeal,   ClockKind::review};

std::string_view to_string(ClockKind kind);
bool from_string(std::string_view text, ClockKind& out);

// One bit for each kind.
class ClockSet {
 public:
  constexpr ClockSet() = default;
  constexpr ClockSet(std::initializer_list<ClockKind> kinds) {
    for (ClockKind kind : kinds) bits_ |= bit(kind);
  }
  static constexpr ClockSet all() {
    ClockSet set;
    for (ClockKind kind : kClockKinds) set.bits_ |= bit(kind);
    return set;
  }
  constexpr bool has(ClockKind kind) const { return (bits_ & bit(kind)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr ClockSet operator&(ClockSet other) const { return from(bits_ & other.bits_); }
  constexpr ClockSet operator|(ClockSet other) const { return from(bits_ | other.bits_); }
  constexpr ClockSet without(ClockSet other) const { return from(bits_ & ~unsigned(other.bits_)); }

  // As a row keeps it.
  constexpr uint64_t bits() const { return bits_; }
  static constexpr ClockSet of_bits(uint64_t bits) { return from(unsigned(bits)) & all(); }

 private:
  static constexpr uint16_t bit(ClockKind kind) { return uint16_t(1U << unsigned(kind)); }
  static constexpr ClockSet from(unsigned bits) {
    ClockSet set;
    set.bits_ = uint16_t(bits);
    return set;
  }
  uint16_t bits_ = 0;
};

// Windows in which something may be done, and need not: they lapse and are never missed.
constexpr ClockSet kWindows = {ClockKind::return_window, ClockKind::appeal};

// Where a deadline came from: the order (Art. 13), our rules, an approved extension (Art. 15).
enum class ClockSource : uint8_t { rule, order, extension };
std::string_view to_string(ClockSource source);
bool from_string(std::string_view text, ClockSource& out);

// natural: every second; workday: dates of the official calendar; worktime: office hours.
enum class CalendarKind : uint8_t { natural, workday, worktime };
std::string_view to_string(CalendarKind kind);
bool from_string(std::string_view text, CalendarKind& out);

// exact: to the second of the start; day_end: 23:59:59 of that day.
enum class Rounding : uint8_t { exact, day_end };
std::string_view to_string(Rounding rounding);
bool from_string(std::string_view text, Rounding& out);

enum class PauseReason : uint8_t { return_pending, awaiting_caller, court };
std::string_view to_string(PauseReason reason);
bool from_string(std::string_view text, PauseReason& out);

}  // namespace jieban
