#include "tools/jieban/dossier.h"

#include <algorithm>
#include <filesystem>

#include "common/base/bytes.h"
#include "common/base/file.h"
#include "common/crypto/hashes.h"
#include "common/json/json.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

constexpr std::string_view kManifest = "manifest.json";
constexpr std::string_view kEvidenceFolder = "04_佐证材料";

bool is_file_name(std::string_view name) {
  const bool control = std::any_of(name.begin(), name.end(),
                                   [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; });
  return !name.empty() && !name.starts_with('.') && name.size() <= 200 && is_utf8(name) &&
         !control && name.find('/') == std::string_view::npos;
}

std::string numbered(size_t number, std::string_view name) {
  return std::string(number < 10 ? "0" : "") + std::to_string(number) + "_" + std::string(name);
}

std::string evidence_path(size_t index, const EvidenceFile& file) {
  return std::string(kEvidenceFolder) + "/" + numbered(index + 1, file.name);
}

std::string order_page(const DossierContent& content) {
  std::string text = "# 工单原文\n\n| 项目 | 内容 |\n|---|---|\n";
  for (const auto& [name, value] : content.order) {
    text += "| " + table_cell(name) + " | " + table_cell(value) + " |\n";
  }
  return text;
}

// Whoever reads a page must know what its points are worth.
std::string stamp(const DossierContent& content) {
  return content.points_official ? "" : "（占位要点，非官方）";
}

std::string draft_statement(const DossierContent& content) {
  const Appeal& appeal = content.appeal;
  std::string text = "# 情况说明（草稿，未经审定）\n\n工单编号：" + appeal.order_no + "\n\n";
  if (content.point) {
    text += "申诉要点：" + content.point->code + " " + content.point->title + stamp(content) +
            "\n\n依据：" + content.point->law_basis + "\n\n";
  }
  text += "理由：" + (appeal.reason_text.empty() ? "（待填写）" : appeal.reason_text) + "\n";
  for (const std::string& citation : appeal.citations) text += "\n- " + citation + "\n";
  return text;
}

std::string evidence_page(const DossierContent& content) {
  std::string text = "# 佐证清单\n\n| 序号 | 文件 | 字节 | SHA-256 |\n|---:|---|---:|---|\n";
  for (size_t i = 0; i < content.evidence.size(); ++i) {
    const EvidenceFile& file = content.evidence[i];
    text += "| " + std::to_string(i + 1) + " | " + table_cell(file.name) + " | " +
            std::to_string(file.bytes.size()) + " | " + to_hex(sha256(file.bytes)) + " |\n";
  }
  if (content.point && !content.point->required_evidence.empty()) {
    text += "\n该要点要求的佐证，请逐项核对" + stamp(content) + "：\n";
    for (const std::string& item : content.point->required_evidence) text += "\n- [ ] " + item;
    text += "\n";
  }
  return text;
}

std::string approval_page(const Appeal& appeal) {
  const auto person = [](const std::string& name) { return name.empty() ? "（待填写）" : name; };
  const auto moment = [](const std::optional<Timestamp>& at) {
    return at ? format_local(*at) : std::string("—");
  };
  return "# 审批记录\n\n- 状态：" + std::string(to_chinese(appeal.state)) + "\n- 起草：" +
         person(appeal.drafted_by) + "\n- 内审：" + person(appeal.reviewed_by) + "\n- 批准：" +
         person(appeal.approved_by) + "\n- 申诉截止：" + moment(appeal.deadline) +
         "\n- 上报时间：" + moment(appeal.submitted_at) + "\n- 区级结果时间：" +
         moment(appeal.district_at) + "\n- 市级结果时间：" + moment(appeal.city_at) +
         "\n- 补正次数：" + std::to_string(appeal.rework_count) + "\n";
}

std::vector<DossierPage> pages_of(const DossierContent& content) {
  const bool draft = content.statement.empty();
  std::vector<DossierPage> pages = {
      {"01_工单原文.md", "order", order_page(content)},
      {"02_情况说明.md", "statement", draft ? draft_statement(content) : content.statement, draft},
      {"03_佐证清单.md", "evidence_list", evidence_page(content)},
  };
  for (size_t i = 0; i < content.evidence.size(); ++i) {
    const EvidenceFile& file = content.evidence[i];
    pages.push_back({evidence_path(i, file), "evidence", file.bytes});
  }
  pages.push_back({"05_审批记录.md", "approval", approval_page(content.appeal)});
  pages.insert(pages.end(), content.more.begin(), content.more.end());
  return pages;
}

Value missing_parts(const DossierContent& content) {
  Value::Array missing;
  const auto demand = [&](bool there, const char* what) {
    if (!there) missing.emplace_back(what);
  };
  demand(!content.order.empty(), "工单原文");
  demand(!content.statement.empty(), "情况说明（目前是草稿）");
  demand(!content.evidence.empty(), "佐证材料");
  demand(!content.appeal.reviewed_by.empty(), "内审人");
  demand(!content.appeal.approved_by.empty(), "批准人");
  for (const std::string& each : content.also_missing) missing.emplace_back(each);
  return Value(std::move(missing));
}

Value manifest_of(const DossierContent& content, const std::vector<DossierPage>& pages) {
  const Appeal& appeal = content.appeal;
  Value::Array files;
  for (const DossierPage& page : pages) {
    Value file;
    file.set("path", page.path).set("kind", page.kind);
    file.set("bytes", uint64_t(page.bytes.size())).set("sha256", to_hex(sha256(page.bytes)));
    if (page.draft) file.set("draft", true);
    files.push_back(std::move(file));
  }
  Value manifest;
  manifest.set("appeal_id", appeal.appeal_id).set("order_no", appeal.order_no);
  manifest.set("cycle", appeal.cycle).set("route", appeal.route).set("target", appeal.target);
  manifest.set("state", to_string(appeal.state)).set("point_code", appeal.point_code);
  manifest.set("points_version", content.points_version);
  manifest.set("points_official", content.points_official);
  manifest.set("made_at", format_local(content.made_at));
  manifest.set("files", Value(std::move(files)));
  manifest.set("missing", missing_parts(content));
  return manifest;
}

Result<void> check_content(const DossierContent& content) {
  if (!is_file_name(content.appeal.appeal_id)) return invalid("appeal_id is no name of a folder");
  if (content.evidence.size() > kEvidenceFilesMax) {
    return Error{ErrorCode::limit, "more than 99 pieces of evidence"};
  }
  for (const EvidenceFile& file : content.evidence) {
    if (!is_file_name(file.name)) return invalid("evidence: a name that is no name of a file");
    if (file.bytes.size() > kEvidenceBytesMax) {
      return Error{ErrorCode::limit, "evidence: " + file.name + " is larger than 64 MiB"};
    }
  }
  return {};
}

bool is_listed(const std::vector<std::string>& listed, const std::string& path) {
  return path == kManifest || std::find(listed.begin(), listed.end(), path) != listed.end();
}

// A manifest may come from anywhere: it names files below its own folder, or nothing is read.
bool stays_inside(const std::string& path) {
  const size_t slash = path.find('/');
  if (slash == std::string::npos) return is_file_name(path);
  return path.substr(0, slash) == kEvidenceFolder && is_file_name(path.substr(slash + 1));
}

}  // namespace

std::string table_cell(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' || c == '\r' ? ' ' : c;
  }
  return out;
}

Result<Value> write_dossier(const std::string& folder, const DossierContent& content) {
  RETURN_IF_ERROR(check_content(content));
  std::error_code unreadable;
  if (std::filesystem::exists(folder, unreadable)) {
    return Error{ErrorCode::conflict, folder + " exists; a dossier is never overwritten"};
  }
  RETURN_IF_ERROR(make_directories(folder));
  RETURN_IF_ERROR(make_directories(folder + "/" + std::string(kEvidenceFolder)));
  const std::vector<DossierPage> pages = pages_of(content);
  for (const DossierPage& page : pages) {
    RETURN_IF_ERROR(write_file(folder + "/" + page.path, page.bytes));
  }
  Value manifest = manifest_of(content, pages);
  RETURN_IF_ERROR(write_file(folder + "/" + std::string(kManifest), to_json(manifest, 2) + "\n"));
  return manifest;
}

Result<std::vector<std::string>> check_dossier(const std::string& folder) {
  auto text = read_file(folder + "/" + std::string(kManifest), kEvidenceBytesMax);
  if (!text.ok()) return text.error();
  auto manifest = parse_json(*text);
  if (!manifest.ok()) return manifest.error();
  std::vector<std::string> wrong;
  std::vector<std::string> listed;
  for (const Value& file : array_at(*manifest, "files")) {
    const std::string path = text_at(file, "path");
    listed.push_back(path);
    if (!stays_inside(path)) {
      wrong.push_back(path);
      continue;
    }
    auto bytes = read_file(folder + "/" + path, kEvidenceBytesMax);
    if (!bytes.ok() || to_hex(sha256(*bytes)) != text_at(file, "sha256")) wrong.push_back(path);
  }
  std::error_code failed;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, failed)) {
    if (entry.is_directory(failed)) continue;
    const std::string path = entry.path().lexically_relative(folder).string();
    if (!is_listed(listed, path)) wrong.push_back(path);
  }
  return wrong;
}

}  // namespace jieban
