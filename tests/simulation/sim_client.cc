#include "tests/simulation/sim_client.h"

#include <array>

#include "common/base/bytes.h"
#include "daemons/receiver/receiver.h"
#include "tests/simulation/sim_rules.h"

namespace jieban {
namespace {

constexpr std::chrono::seconds kPatience{3};
constexpr size_t kOpenMax = 12;

struct NextCommand {
  std::string_view state;
  std::string_view command;
};
constexpr std::array<NextCommand, 6> kNextCommands = {{
    {"NEW", "sign"},
    {"SIGNED", "dispatch"},
    {"DISPATCHED", "accept"},
    {"HANDLING", "hand_in"},
    {"AUDITING", "submit"},
    {"SUBMITTED", "complete"},
}};

constexpr std::array<std::string_view, 4> kCommunities = {"真武庙", "三里河", "月坛", "白云观"};

}  // namespace

SimClient::Row SimClient::invent_row(const std::string& batch_id) {
  Row row;
  bool later = order_count_ > 0 && chance(35);
  uint64_t number = later ? 1 + random_.below(order_count_) : ++order_count_;
  row.order_no = "GD" + std::to_string(number);
  row.malformed = chance(3);
  OrderFacts& facts = row.intake.facts;
  facts.order_no = row.order_no;
  facts.order_type = "complaint";
  uint64_t kind = number % 10;
  facts.category = kind < 6 ? kRoutedCategory : (kind < 9 ? kUnroutedCategory : kOddCategory);
  facts.urgency = number % 7 == 0 && kind != 9 ? "emergency" : "normal";
  facts.community = kCommunities.at(random_.below(kCommunities.size()));
  if (chance(40)) facts.due_at = clock_.now() + std::chrono::minutes(random_.below(180));
  if (chance(30)) facts.dispatched_at = clock_.now() - std::chrono::minutes(random_.below(30));
  facts.lexicon_version = "1";
  row.intake.source = "city";
  row.intake.batch_id = batch_id;
  row.row_hash.data = to_hex(std::to_string(random_.next()));
  row.intake.row_hash = row.row_hash;
  row.intake.hashes["content"] = Bytes{std::to_string(random_.below(3))};
  return row;
}

void SimClient::invent_batch() {
  if (open_.size() >= kOpenMax) return;
  auto request = std::make_shared<Request>();
  request->key = "batch-" + std::to_string(++serial_);
  uint64_t count = 1 + random_.below(4);
  for (uint64_t i = 0; i < count; ++i) {
    request->rows.push_back(invent_row(request->key));
    request->rows.back().intake.row_no = i + 1;
  }
  open_.push_back(std::move(request));
}

// Mostly the step that comes next, sometimes one that must be refused.
std::string SimClient::next_command(const std::string& order_no) {
  std::string state = states_.contains(order_no) ? states_[order_no] : "NEW";
  for (const NextCommand& row : kNextCommands) {
    if (row.state == state && !chance(20)) return std::string(row.command);
  }
  return std::string(kNextCommands.at(random_.below(kNextCommands.size())).command);
}

void SimClient::invent_command() {
  if (open_.size() >= kOpenMax || known_orders_.empty()) return;
  auto request = std::make_shared<Request>();
  request->key = "command-" + std::to_string(++serial_);
  // The latest orders are asked about most, so that some come to their end.
  uint64_t back = random_.below(std::min<uint64_t>(known_orders_.size(), 6));
  bool unknown = chance(2);
  request->command.order_no = unknown ? "GD0" : known_orders_[known_orders_.size() - 1 - back];
  request->command.command = next_command(request->command.order_no);
  request->command.idempotency_key = request->key;
  request->command.role = "operator";
  if (chance(50)) request->command.arguments["lead_unit"] = "housing_office";
  open_.push_back(std::move(request));
}

// The seal of a repeat is another one, as the door makes a new data key each time.
InputGroup SimClient::group_of(const std::shared_ptr<Request>& request) {
  InputGroup group;
  group.intake = !request->rows.empty();
  for (const Row& row : request->rows) {
    OrderIntake intake = row.intake;
    intake.sealed = {Bytes{"k" + std::to_string(random_.below(1'000'000))}, Bytes{"box"}};
    Input input;
    input.topic = kOrderSubmitted;
    input.payload = row.malformed ? "\xc1" : encode_payload(intake);
    input.secret = "wrapped";
    group.inputs.push_back(std::move(input));
  }
  if (request->rows.empty()) {
    Input input;
    input.topic = kCommandSubmitted;
    input.actor = "desk";
    input.payload = encode_payload(request->command);
    group.inputs.push_back(std::move(input));
  }
  group.done = [request](GroupAnswer answer) { request->answer = std::move(answer); };
  return group;
}

void SimClient::send(Inbox& inbox) {
  std::vector<std::shared_ptr<Request>> still_open;
  for (auto& request : open_) {
    if (request->answer) {
      GroupAnswer answer = std::move(*request->answer);
      request->answer.reset();
      bool heard = !chance(10);
      if (heard && settle(*request, answer)) continue;
      request->asked = false;
      request->ask_at = clock_.monotonic() + Duration(random_.below(1'000'000));
    }
    still_open.push_back(request);
    if (clock_.monotonic() < request->ask_at) continue;
    if (request->asked) ++repeats_;
    if (inbox.submit(group_of(request)).ok()) request->asked = true;
    request->ask_at = clock_.monotonic() + kPatience;
  }
  open_ = std::move(still_open);
}

void SimClient::lost_receiver() {
  for (auto& request : open_) {
    // An answer that was on its way may still come; the callback of a dead process never does.
    if (request->answer && chance(50)) request->answer.reset();
    request->ask_at = std::min(request->ask_at, clock_.monotonic() + Duration(200'000));
  }
}

bool SimClient::settle(const Request& request, const GroupAnswer& answer) {
  if (answer.error) return false;
  if (request.rows.empty()) return settle_command(request, answer.answers.at(0));
  return settle_rows(request, answer);
}

bool SimClient::settle_rows(const Request& request, const GroupAnswer& answer) {
  for (size_t i = 0; i < request.rows.size(); ++i) {
    const Row& row = request.rows[i];
    const Result<std::string>& said = answer.answers.at(i);
    if (said.ok() == row.malformed) {
      complaints_.push_back(request.key + ": a good row was refused, or a bad one taken");
    }
    if (!said.ok()) continue;
    std::string outcome = *said;
    rows_.push_back({row.order_no, request.key, row.row_hash, outcome});
    if (outcome == "new") known_orders_.push_back(row.order_no);
  }
  return true;
}

bool SimClient::settle_command(const Request& request, const Result<std::string>& answer) {
  if (!answer.ok()) {
    complaints_.push_back(request.key + ": " + answer.error().message);
    return true;
  }
  auto outcome = decode_payload<CommandOutcome>(*answer);
  CHECK(outcome.ok());
  if (outcome->order_id == 0) return true;  // there is no such order
  std::string& told = told_[request.key];
  std::string now = std::to_string(outcome->sequence);
  if (!told.empty() && told != now) complaints_.push_back(request.key + ": was asked twice");
  told = now;
  if (outcome->outcome == "pending") return false;
  commands_[request.key] = {request.key,       request.command.order_no, request.command.command,
                            outcome->sequence, outcome->outcome,         outcome->event};
  if (!outcome->state.empty()) states_[request.command.order_no] = outcome->state;
  return true;
}

}  // namespace jieban
