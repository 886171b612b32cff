// The dates of export files (DOMAIN §6.2) to instants. Civil time is Asia/Shanghai.
//
// Read: 2026-02-03 04:05:06 with - / . or 年月日, T or blanks between, one or two digits, minutes
// or seconds left out, 时分秒, 上午/下午 and AM/PM, an offset such as Z or +08:00, a date alone
// (00:00), yyyyMMdd, yyyyMMddHHmmss, and Excel's serial day (1900 system). Parts of a second are
// dropped. 02/03/2026 is read only where the source is declared month-first; it is never guessed.
// Fails with `invalid`, in Chinese and without the text: unreadable, or no such date or time. Pure.
#pragma once

#include <string_view>

#include "common/base/clock.h"
#include "common/base/result.h"

namespace jieban {

enum class DateStyle { year_first, month_first };

Result<Timestamp> parse_date_text(std::string_view raw, DateStyle style = DateStyle::year_first);

}  // namespace jieban
