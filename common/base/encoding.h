// Bytes of a text file to UTF-8: UTF-8 with or without a byte order mark, else GB18030; and back,
// for gateways that want GBK.
//
// A file that claims UTF-8 by its mark and breaks it is an error, never read as GB18030. UTF-16 is
// refused with advice. Pure; iconv(3) is used here only.
#pragma once

#include <string>
#include <string_view>

#include "common/base/result.h"

namespace jieban {

Result<std::string> to_utf8(std::string_view bytes);
// A part of a file that is known to be GB18030. Any thread.
Result<std::string> gb18030_to_utf8(std::string_view bytes);
// What GBK lacks becomes '?'. `invalid` for what is no UTF-8. Any thread.
Result<std::string> utf8_to_gbk(std::string_view text);

}  // namespace jieban
