#include "tests/integration/chain/chain_site.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "common/base/file.h"
#include "common/json/json.h"
#include "daemons/notifier/channels/sms_text.h"
#include "tests/support/exchange.h"
#include "tests/support/wait_until.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

constexpr std::chrono::seconds kStart{60};
constexpr std::chrono::seconds kAnswer{30};
constexpr char kKey[] = "kannel-key-0123456789abcdef";
constexpr size_t kRuleBytesMax = 1 << 20;

constexpr char kRota[] = R"(version: "test"
official: false
limits: {rest_min: 11h, shift_max: 24h, nights_in_row_max: 7, night_at: "02:00"}
persons:
  - {id: li, name: 李, roles: [seat]}
  - {id: zhou, name: 周, roles: [team_leader]}
rotas:
  - id: seat
    name: 坐席值班
    rules: [{id: all, persons: [li], window: "08:30-08:30"}]
)";

// The shipped ladder for the monitoring, faster; the group is called only when the phone fails.
constexpr std::pair<const char*, const char*> kFaster[] = {
    {"  group_wait: 30s", "  group_wait: 200ms"},
    {"critical: [{sms: 0s}, {robot: 0s}]", "critical: [{sms: 0s}, {robot: 30m}]"},
    {"  monitoring:\n    steps:\n      - {tell: [{rota: seat}], wait: 10m}",
     "  monitoring:\n    steps:\n      - {tell: [{rota: seat}], wait: 6s}"}};

void edit(const std::string& path, const std::vector<std::pair<std::string, std::string>>& rows) {
  auto text = read_file(path, kRuleBytesMax);
  CHECK(text.ok());
  for (const auto& [what, by] : rows) exchange(*text, what, by);
  CHECK(write_file(path, *text).ok());
}

}  // namespace

ChainSite::ChainSite() : alertmanager_(site_.root()) { write_rules(); }

std::string ChainSite::door(const std::string& target) const {
  return "http://" + site_.site().daemon("notifier").api_address + target + "?key=" + kKey;
}

void ChainSite::write_rules() {
  const std::string etc = site_.root() + "/etc/";
  CHECK(write_file(etc + "rota.yaml", kRota).ok());
  CHECK(write_file(etc + "contacts.yaml",
                   std::string("version: \"test\"\npersons:\n  li: {sms: \"") + kLisPhone +
                       "\"}\n  zhou: {sms: \"" + kZhousPhone + "\"}\nunits: {}\ngroups: {}\n",
                   0600)
            .ok());
  edit(etc + "escalation.yaml", {std::begin(kFaster), std::end(kFaster)});
  const std::string account = site_.root() + "/kannel-account.yaml";
  edit(etc + "notices.yaml", {{"{name: calls, kind: spool, target: calls, method: sms}",
                               "{name: kannel, kind: kannel_sms, target: \"" + kannel_.sendsms() +
                                   "\", account_file: " + account + ", method: sms}"}});
  CHECK(write_file(account,
                   "username: demo\npassword: pass\nfrom: '10655000'\ncallback: " +
                       door("/kannel/dlr") + "\n",
                   0600)
            .ok());
  CHECK(write_file(site_.root() + "/kannel.key", std::string(kKey) + "\n", 0600).ok());
  std::ofstream(site_.configuration("notifier"), std::ios::app)
      << "kannel:\n  secret_file: " << site_.root() << "/kannel.key\n";
  kannel_.bring_replies_to(door("/kannel/mo"));
}

std::string ChainSite::start() {
  site_.start_all();
  std::string kannel = kannel_.start();
  if (!kannel.empty()) return kannel;
  if (!site_.wait_ready(kStart)) return "the daemons are not ready";
  // The telephone always says something as it goes on: nobody whom the notifier knows.
  text("10086", "hello");
  const std::string& address = site_.site().daemon("notifier").api_address;
  const int port = std::stoi(address.substr(address.find(':') + 1));
  return alertmanager_.start(port, site_.site().client_token("alertmanager"));
}

void ChainSite::text(const std::string& phone, const std::string& words) {
  kannel_.switch_on(phone + " 10655000 text " + words);
}

std::string ChainSite::ask(const std::vector<std::string>& words) const {
  std::vector<std::string> command = {JIEBAN_BINARY_DIR "/jieban", "--root", site_.root(),
                                      "--json"};
  command.insert(command.end(), words.begin(), words.end());
  auto run = run_program(command, site_.root() + "/answer", kAnswer);
  return run.ok() && run->exit_code == 0 ? run->output : "";
}

std::vector<Value> ChainSite::told(const std::string& topic) const {
  std::vector<Value> payloads;
  std::istringstream lines(ask({"stream", "tail", "notifier", "--from", "1", "--count", "1000"}));
  for (std::string line; std::getline(lines, line);) {
    auto event = parse_json(line);
    CHECK(event.ok());
    const Value* payload = event->find("payload");
    if (text_at(*event, "topic") == topic && payload != nullptr) payloads.push_back(*payload);
  }
  return payloads;
}

std::string ChainSite::alert_of(const std::string& daemon) const {
  for (const Value& opened : told("alert.opened")) {
    if (text_at(opened, "labels").find(daemon) != std::string::npos) {
      return text_at(opened, "alert");
    }
  }
  return "";
}

bool ChainSite::is_told(const std::string& topic, const Words& words) const {
  for (const Value& payload : told(topic)) {
    bool all = true;
    for (const auto& [name, text] : words) all = all && text_at(payload, name) == text;
    if (all) return true;
  }
  return false;
}

std::string ChainSite::call_to(const std::string& person, const std::string& channel,
                               const std::string& alert) const {
  for (const Value& queued : told("notice.queued")) {
    if (text_at(queued, "person") != person || text_at(queued, "channel") != channel) continue;
    if (text_at(queued, "alert") == alert) return text_at(queued, "notice_id");
  }
  return "";
}

std::string ChainSite::state_of(const std::string& notice) const {
  auto shown = parse_json(ask({"notice", "show", notice}));
  return shown.ok() ? text_at(*shown, "state") : "";
}

std::vector<std::string> ChainSite::in_the_group() const {
  std::vector<std::string> texts;
  std::error_code none;
  for (const auto& file :
       std::filesystem::directory_iterator(site_.root() + "/spool/group", none)) {
    auto text = read_file(file.path(), kRuleBytesMax);
    if (text.ok()) texts.push_back(*text);
  }
  return texts;
}

std::string ChainSite::on_phone(const std::string& number) const {
  for (const PhoneMessage& message : kannel_.on_phone()) {
    if (message.to == "86" + number) return utf8_of_ucs2(message.content).value_or("?");
  }
  return "";
}

std::string ChainSite::logs() const {
  return site_.logs() + kannel_.logs() + "---- alertmanager\n" + alertmanager_.logs();
}

}  // namespace jieban
