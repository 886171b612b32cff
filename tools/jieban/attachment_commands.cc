#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>

#include "common/base/bytes.h"
#include "common/base/file.h"
#include "common/crypto/hashes.h"
#include "common/domain/code_set.h"
#include "tools/jieban/audit_text.h"
#include "tools/jieban/session.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

struct AttachmentOptions {
  std::string order_no;
  std::string file;
  std::string kind = "photo";
  std::string taken_at;
  std::string type;
  std::string actor = "desk";
  std::string role = "unit";
  std::string hash;
  std::string reason;
  std::string out;
};

constexpr size_t kFileBytesMax = 100 * 1024 * 1024;

struct TypeOfName {
  std::string_view ending;
  std::string_view type;
};

constexpr std::array<TypeOfName, 12> kTypes = {
    {{".jpg", "image/jpeg"},
     {".jpeg", "image/jpeg"},
     {".png", "image/png"},
     {".pdf", "application/pdf"},
     {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
     {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
     {".mp4", "video/mp4"},
     {".m4a", "audio/mp4"},
     {".amr", "audio/amr"},
     {".mp3", "audio/mpeg"},
     {".wav", "audio/wav"},
     {".txt", "text/plain"}}};

Result<std::string> type_of(const AttachmentOptions& options) {
  if (!options.type.empty()) return options.type;
  const std::string ending = std::filesystem::path(options.file).extension().string();
  auto found = std::ranges::find(kTypes, std::string_view(ending), &TypeOfName::ending);
  if (found == kTypes.end()) return invalid("name the type of " + ending + " files by --type");
  return std::string(found->type);
}

std::string with_parameters(
    std::string target, const std::vector<std::pair<std::string_view, std::string>>& parameters) {
  char joint = '?';
  for (const auto& [name, value] : parameters) {
    if (value.empty()) continue;
    target += joint + std::string(name) + "=" + percent_encoded(value);
    joint = '&';
  }
  return target;
}

Result<DaemonClient> receiver_of(const Session& session) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  HttpTimeouts timeouts;
  timeouts.reply_bytes_max = kFileBytesMax;
  return DaemonClient::api(*site, "receiver", "desk", timeouts);
}

Outcome run_add(const Session& session, const AttachmentOptions& options) {
  auto type = type_of(options);
  if (!type.ok()) return type.error();
  auto content = read_file(options.file, kFileBytesMax);
  if (!content.ok()) return content.error();
  auto receiver = receiver_of(session);
  if (!receiver.ok()) return receiver.error();
  const std::string hash = to_hex(sha256(*content));
  const std::string target =
      with_parameters("/api/v1/orders/" + percent_encoded(options.order_no) + "/attachments",
                      {{"kind", options.kind},
                       {"taken_at", options.taken_at},
                       {"role", options.role},
                       {"actor", options.actor},
                       {"name", std::filesystem::path(options.file).filename().string()}});
  auto answer = receiver->upload(target, std::move(*content), *type);
  if (!answer.ok()) return answer.error();
  if (text_at(answer->value, "outcome") == "refused") {
    return Error{ErrorCode::refused, text_at(answer->value, "reason")};
  }
  auto value = value_of(std::move(*answer));
  if (!value.ok()) return value.error();
  value->set("hash", hash);
  session.print(hash + "\n", *value);
  return ExitCode::done;
}

Outcome run_list(const Session& session, const AttachmentOptions& options) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  auto archiver = DaemonClient::api(*site, "archiver");
  if (!archiver.ok()) return archiver.error();
  auto page = archiver->get_value("/api/v1/records?kind=attachment&order_no=" +
                                  percent_encoded(options.order_no));
  if (!page.ok()) return page.error();
  session.print(attachment_list_text(*page), *page);
  return ExitCode::done;
}

Outcome run_get(const Session& session, const AttachmentOptions& options) {
  auto receiver = receiver_of(session);
  if (!receiver.ok()) return receiver.error();
  auto answer =
      receiver->get(with_parameters("/api/v1/attachments/" + percent_encoded(options.hash),
                                    {{"role", options.role}, {"reason", options.reason}}));
  if (!answer.ok()) return answer.error();
  if (answer->status != 200) {
    auto refused = value_of(std::move(*answer));
    return refused.ok() ? Error{ErrorCode::internal, "no content came"} : refused.error();
  }
  if (to_hex(sha256(answer->text)) != options.hash) {
    return Error{ErrorCode::corrupt, "what came is not " + options.hash};
  }
  RETURN_IF_ERROR(write_file(options.out, answer->text, 0600));
  return ExitCode::done;
}

Outcome run_verify(const Session& session, const AttachmentOptions& options) {
  auto receiver = receiver_of(session);
  if (!receiver.ok()) return receiver.error();
  auto value =
      receiver->get_value("/api/v1/attachments/" + percent_encoded(options.hash) + "/verify");
  if (!value.ok()) return value.error();
  const bool intact = boolean_at(*value, "intact");
  session.print(options.hash + (intact ? " 完好\n" : " 已损坏\n"), *value);
  return intact ? ExitCode::done : ExitCode::negative;
}

using Run = Outcome (*)(const Session&, const AttachmentOptions&);

CLI::App* declare(CLI::App& app, Session& session,
                  const std::shared_ptr<AttachmentOptions>& options, const char* name,
                  const char* meaning, Run run) {
  CLI::App* sub = app.add_subcommand(name, meaning);
  sub->callback([&session, options, run] {
    session.run = [&session, options, run] { return run(session, *options); };
  });
  return sub;
}

}  // namespace

void declare_attachment(CLI::App& app, Session& session) {
  CLI::App* attachment = app.add_subcommand("attachment", "Files that come with an order (附件)");
  attachment->require_subcommand(1);
  auto options = std::make_shared<AttachmentOptions>();
  CLI::App* add = declare(*attachment, session, options, "add",
                          "Uploads a file, and prints its SHA-256", run_add);
  add->add_option("order_no", options->order_no, "the order")->required();
  add->add_option("file", options->file, "jpg, png, pdf, docx, xlsx, mp4, m4a, amr, mp3, wav, txt")
      ->required();
  std::vector<std::string> kinds;
  for (const Code& code : codes_of(CodeSet::attachment_kind)) kinds.emplace_back(code.code);
  add->add_option("--kind", options->kind, "what it is")
      ->check(CLI::IsMember(kinds))
      ->capture_default_str();
  add->add_option("--taken-at", options->taken_at, "when it was taken (\"2026-03-10 10:00\")");
  add->add_option("--type", options->type, "its media type (default: by its ending)");
  add->add_option("--actor", options->actor, "in whose name")->capture_default_str();
  add->add_option("--role", options->role, "in which role")->capture_default_str();
  CLI::App* list =
      declare(*attachment, session, options, "list", "The attachments of an order", run_list);
  list->add_option("order_no", options->order_no, "the order")->required();
  CLI::App* get =
      declare(*attachment, session, options, "get", "Fetches one, and hashes it again", run_get);
  get->add_option("hash", options->hash, "its SHA-256")->required();
  get->add_option("--out", options->out, "the file to write")->required();
  get->add_option("--role", options->role, "in which role")->capture_default_str();
  get->add_option("--reason", options->reason, "why, for a confidential order");
  CLI::App* verify = declare(*attachment, session, options, "verify",
                             "Has the receiver open and hash it; 1 when it is damaged", run_verify);
  verify->add_option("hash", options->hash, "its SHA-256")->required();
}

}  // namespace jieban
