// The dossier of an appeal (不纳入考核材料): one folder for each, with a manifest (DOMAIN §10.6).
//
//   A-1/01_工单原文.md  02_情况说明.md  03_佐证清单.md  04_佐证材料/01_…  05_审批记录.md
//       06_… 08_… of an archived order (archive_dossier.h)
//       manifest.json    what is there, size and SHA-256 of each, and what is missing
//
// Promises: the manifest is written last, so that a folder with one is whole. What is missing is
// said and never made up: a statement that nobody has written comes as a draft, and is called so.
// What fails and how: `conflict` when the folder exists, `invalid` for a name that would leave it,
// `limit` beyond the limits below; `io` and `full` of the disk, after which there is no manifest.
// Thread rule: one thread for each folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/assessment/appeal.h"
#include "common/base/value.h"

namespace jieban {

constexpr size_t kEvidenceFilesMax = 99;
constexpr size_t kEvidenceBytesMax = 64 * 1024 * 1024;

struct EvidenceFile {
  std::string name;
  std::string bytes;
};

struct DossierPage {
  std::string path;  // "06_办理经过.md"
  std::string kind;
  std::string bytes;
  bool draft = false;
};

struct DossierContent {
  Appeal appeal;
  std::optional<AppealPoint> point;
  std::string points_version;
  bool points_official = false;
  // 工单原文: the columns of the export that have a value.
  std::vector<std::pair<std::string, std::string>> order;
  std::string statement;  // 情况说明; empty: a draft from the appeal
  std::vector<EvidenceFile> evidence;
  Timestamp made_at;
  std::vector<DossierPage> more{};          // behind the others: what the archive gives
  std::vector<std::string> also_missing{};  // for the manifest
};

// The text as a cell of a table in Markdown: a bar or a line break would open another one.
std::string table_cell(std::string_view text);

// The manifest.
Result<Value> write_dossier(const std::string& folder, const DossierContent& content);

// The paths that are not as the manifest says: gone, changed, or not listed.
Result<std::vector<std::string>> check_dossier(const std::string& folder);

}  // namespace jieban
