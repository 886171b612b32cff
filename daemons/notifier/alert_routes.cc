// The door for Alertmanager.
#include "common/base/log.h"
#include "common/json/json.h"
#include "daemons/notifier/alertmanager.h"
#include "daemons/notifier/door_edge.h"
#include "daemons/notifier/door_problem.h"
#include "daemons/notifier/safe_text.h"

namespace jieban {
namespace {

// What was refused of a request, as it is answered and logged: Alertmanager never sends it again,
// so that the log is the only one to hear of it.
class Rejections {
 public:
  explicit Rejections(const std::vector<std::string>& names) : names_(names) {}

  void add(size_t index, const Error& error) {
    // A flood of them fills no log: the count says the rest.
    constexpr size_t kLoggedMax = 10;
    const std::string& name = names_.at(index);
    const std::string reason = safe_text(error.message);
    if (values_.size() < kLoggedMax) {
      log(LogLevel::warning, "alert_refused", {{"alert", name}, {"why", reason}});
    }
    Value value;
    value.set("index", uint64_t(index)).set("alert", name).set("reason", reason);
    values_.push_back(std::move(value));
  }
  size_t count() const { return values_.size(); }
  Value::Array take() { return std::move(values_); }

 private:
  const std::vector<std::string>& names_;
  Value::Array values_;
};

// The alerts that can be read, and where each stands in the request.
struct Readable {
  std::vector<AlertRaised> alerts;
  std::vector<size_t> places;
};

Readable readable_of(AlertBatch& batch, Rejections& rejected) {
  Readable readable;
  for (size_t index = 0; index < batch.alerts.size(); ++index) {
    Result<AlertRaised>& alert = batch.alerts[index];
    if (!alert.ok()) {
      rejected.add(index, alert.error());
      continue;
    }
    readable.alerts.push_back(std::move(*alert));
    readable.places.push_back(index);
  }
  return readable;
}

HttpResponse answer_of(uint64_t taken, Value::Array rejected) {
  // Alertmanager repeats what was answered with 5xx and nothing else: a request of which nothing
  // could be used is told to its log.
  const bool useless = taken == 0 && !rejected.empty();
  Value value;
  value.set("taken", taken).set("rejected", std::move(rejected));
  HttpResponse response = door_answer(value);
  if (useless) response.status = 400;
  return response;
}

}  // namespace

HttpResponse DoorEdge::take_alerts(const HttpRequest& request) {
  auto body = parse_json(request.body);
  if (!body.ok()) return door_problem(body.error());
  const auto tag = [this](std::string_view text) { return mask_tag_->of(text); };
  auto batch = read_alertmanager(*body, tag);
  if (!batch.ok()) return door_problem(batch.error());
  if (batch->truncated > 0) {
    log(LogLevel::warning, "alerts_truncated", {{"count", batch->truncated}});
  }
  Rejections rejected(batch->names);
  const Readable readable = readable_of(*batch, rejected);
  desk_->count_refused_alerts(rejected.count());
  auto answers = desk_->alerts(readable.alerts, request.principal);
  if (!answers.ok()) return door_problem(answers.error());
  uint64_t taken = 0;
  for (size_t i = 0; i < answers->size(); ++i) {
    const auto& answer = (*answers)[i];
    if (answer.ok()) {
      ++taken;
      continue;
    }
    // What has been taken is "repeated" when all of it comes again.
    if (is_passing(answer.error())) return door_problem(answer.error());
    rejected.add(readable.places[i], answer.error());
  }
  if (rejected.count() > 0) {
    log(LogLevel::warning, "alerts_refused", {{"count", rejected.count()}});
  }
  return answer_of(taken, rejected.take());
}

}  // namespace jieban
