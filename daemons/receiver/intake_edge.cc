#include "daemons/receiver/intake_edge.h"

#include "common/audit/checklist_file.h"
#include "common/daemon/credentials.h"

namespace jieban {
namespace {

Result<TextRules> load_text_rules(const Settings& settings) {
  const std::string path = settings.text("rules.checklists");
  if (path.empty()) return TextRules();
  auto file = load_checklists(path);
  if (!file.ok()) return file.error();
  return std::move(file->texts);
}

}  // namespace

std::vector<Parameter> receiver_parameters() {
  using enum ParameterKind;
  return {
      {"api.address", text, "127.0.0.1:9111", "", "", {}, "where orders and commands come in"},
      {"api.beyond_loopback",
       boolean,
       "false",
       "",
       "",
       {},
       "allow an api.address that other machines can reach"},
      {"import.directory",
       text,
       "/var/lib/jieban/import",
       "",
       "200",
       {},
       "watched for export files; empty: off"},
      {"import.interval", duration, "2s", "50ms", "10m", {}, "real time between two looks at it"},
      {"rules.aliases",
       list,
       "/etc/jieban/aliases.yaml",
       "1",
       "16",
       {},
       "column names of the export files, one file a source"},
      {"rules.lexicon",
       text,
       "/etc/jieban/lexicon.yaml",
       "1",
       "200",
       {},
       "words that the door looks for before it seals the text"},
      {"rules.checklists",
       text,
       "/etc/jieban/checklists.yaml",
       "",
       "200",
       {},
       "what the door tells of a command's text before it seals it; empty: its length only"},
      {"attachments.directory",
       text,
       "/var/lib/jieban/receiver/attachments",
       "",
       "200",
       {},
       "where attachments lie, sealed; empty: none are taken"},
      {"attachments.bytes_max", size, "20MiB", "1KiB", "100MiB", {}, "the largest attachment"},
      {"attachments.disk_free_min",
       size,
       "256MiB",
       "0B",
       "1TiB",
       {},
       "free space that an attachment has to leave"},
  };
}

Result<void> check_receiver_files(const Settings& settings) {
  auto tables = load_alias_tables(settings);
  if (!tables.ok()) return tables.error();
  auto lexicon = Lexicon::load(settings.text("rules.lexicon"));
  if (!lexicon.ok()) return lexicon.error();
  auto texts = load_text_rules(settings);
  return texts.ok() ? Result<void>() : texts.error();
}

Result<void> IntakeEdge::start(const EdgeContext& context) {
  auto directory = keys_directory(context.settings.text("keys.directory"));
  if (!directory.ok()) return directory.error();
  auto master = load_key(*directory, "master.key");
  if (!master.ok()) return master.error();
  auto index = load_key(*directory, "index.key");
  if (!index.ok()) return index.error();
  auto lexicon = Lexicon::load(context.settings.text("rules.lexicon"));
  if (!lexicon.ok()) return lexicon.error();
  auto texts = load_text_rules(context.settings);
  if (!texts.ok()) return texts.error();
  auto sealer = std::make_shared<const Sealer>(std::move(*master), std::move(*index),
                                               std::move(*lexicon), std::move(*texts));
  auto door = std::make_shared<Door>(context, std::move(sealer));
  http_.use(door);
  folder_.use(door);
  RETURN_IF_ERROR(http_.start(context));
  return folder_.start(context);
}

void IntakeEdge::stop() {
  folder_.stop();
  http_.stop();
}

}  // namespace jieban
