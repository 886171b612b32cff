#include "common/base/encoding.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "common/base/bytes.h"
#include "common/base/check.h"

namespace jieban {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

class Converter {
 public:
  Converter(const char* to, const char* from) : handle_(iconv_open(to, from)) {}
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() {
    if (valid()) iconv_close(handle_);
  }
  // What iconv_open returns when it fails.
  bool valid() const { return handle_ != iconv_t(-1); }  // NOLINT(performance-no-int-to-ptr)
  iconv_t get() const { return handle_; }

 private:
  iconv_t handle_;
};

Error not_text(std::string_view bytes, size_t at) {
  auto line = 1 + std::count(bytes.begin(), bytes.begin() + std::ptrdiff_t(at), '\n');
  return invalid("第 " + std::to_string(line) +
                 " 行的文字编码既不是 UTF-8 也不是 GB18030，请另存为“CSV UTF-8”后重新导入");
}

}  // namespace

Result<std::string> gb18030_to_utf8(std::string_view bytes) {
  Converter converter("UTF-8", "GB18030");
  if (!converter.valid()) return Error{ErrorCode::internal, "系统缺少 GB18030 编码转换"};
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2);
  std::array<char, 65536> buffer{};
  // iconv's signature predates const; it does not write to its input.
  char* in = const_cast<char*>(bytes.data());  // NOLINT(*-const-cast): iconv only reads it
  size_t left = bytes.size();
  while (left > 0) {
    char* to = buffer.data();
    size_t room = buffer.size();
    size_t converted = iconv(converter.get(), &in, &left, &to, &room);
    out.append(buffer.data(), buffer.size() - room);
    if (converted == size_t(-1) && errno != E2BIG) return not_text(bytes, bytes.size() - left);
  }
  return out;
}

Result<std::string> utf8_to_gbk(std::string_view text) {
  if (!is_utf8(text)) return invalid("the text is not UTF-8");
  Converter converter("GBK", "UTF-8");
  if (!converter.valid()) return Error{ErrorCode::internal, "系统缺少 GBK 编码转换"};
  std::string out(text.size(), '\0');         // no character is longer in GBK
  char* in = const_cast<char*>(text.data());  // NOLINT(*-const-cast): iconv only reads it
  size_t left = text.size();
  char* to = out.data();
  size_t room = out.size();
  while (iconv(converter.get(), &in, &left, &to, &room) == size_t(-1)) {
    CHECK(errno == EILSEQ && room > 0);
    *to++ = '?';
    --room;
    do {
      ++in;
      --left;
    } while (left > 0 && (*in & 0xC0) == 0x80);
  }
  out.resize(out.size() - room);
  return out;
}

Result<std::string> to_utf8(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return invalid("文件是 UTF-16 编码，请另存为“CSV UTF-8”或 .xlsx 后重新导入");
  }
  if (bytes.find('\0') != std::string_view::npos) {
    return invalid("文件含有空字节，不是 CSV 文本");
  }
  if (bytes.starts_with(kUtf8Mark)) {
    bytes.remove_prefix(kUtf8Mark.size());
    if (!is_utf8(bytes)) return invalid("文件标明为 UTF-8，但内容已损坏，请重新导出");
    return std::string(bytes);
  }
  if (is_utf8(bytes)) return std::string(bytes);
  return gb18030_to_utf8(bytes);
}

}  // namespace jieban
