#include "daemons/receiver/attachment_type.h"

#include <algorithm>
#include <array>

#include "common/base/bytes.h"

namespace jieban {
namespace {

bool has_at(std::string_view content, size_t at, std::string_view bytes) {
  return content.size() >= at && content.substr(at).starts_with(bytes);
}

bool is_jpeg(std::string_view content) { return content.starts_with("\xff\xd8\xff"); }
bool is_png(std::string_view content) { return content.starts_with("\x89PNG\r\n\x1a\n"); }
bool is_pdf(std::string_view content) { return content.starts_with("%PDF-"); }

// An Office file is a zip archive with a table of its parts, and its body in a folder of its own.
bool is_office(std::string_view content, std::string_view folder) {
  constexpr std::string_view kParts = "[Content_Types].xml";
  return content.starts_with("PK\x03\x04") && content.find(kParts) != std::string_view::npos &&
         content.find(folder) != std::string_view::npos;
}
bool is_docx(std::string_view content) { return is_office(content, "word/"); }
bool is_xlsx(std::string_view content) { return is_office(content, "xl/"); }

bool is_mp4(std::string_view content) { return has_at(content, 4, "ftyp"); }
bool is_amr(std::string_view content) { return content.starts_with("#!AMR"); }

// With a tag, or a frame of layer III at once.
bool is_mp3(std::string_view content) {
  if (content.starts_with("ID3")) return true;
  return content.size() > 1 && content[0] == '\xff' &&
         (static_cast<unsigned char>(content[1]) & 0xe6U) == 0xe2U;
}

bool is_wav(std::string_view content) {
  return content.starts_with("RIFF") && has_at(content, 8, "WAVE");
}

bool is_text(std::string_view content) {
  const bool printable = std::ranges::none_of(content, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
  });
  return !content.empty() && printable && is_utf8(content);
}

struct Row {
  std::string_view media_type;
  bool (*fits)(std::string_view content);
};

constexpr std::array<Row, 11> kTypes = {{
    {"image/jpeg", is_jpeg},
    {"image/png", is_png},
    {"application/pdf", is_pdf},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", is_docx},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", is_xlsx},
    {"video/mp4", is_mp4},
    {"audio/mp4", is_mp4},
    {"audio/amr", is_amr},
    {"audio/mpeg", is_mp3},
    {"audio/wav", is_wav},
    {"text/plain", is_text},
}};

}  // namespace

bool is_of_type(std::string_view media_type, std::string_view content) {
  auto found = std::ranges::find(kTypes, media_type, &Row::media_type);
  return found != kTypes.end() && found->fits(content);
}

bool is_known_type(std::string_view media_type) {
  return std::ranges::find(kTypes, media_type, &Row::media_type) != kTypes.end();
}

std::string known_types() {
  std::string names;
  for (const Row& row : kTypes) names += (names.empty() ? "" : ", ") + std::string(row.media_type);
  return names;
}

}  // namespace jieban
