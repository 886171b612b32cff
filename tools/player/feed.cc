#include "tools/player/feed.h"

#include "common/json/json.h"

namespace jieban {
namespace {

std::string batch_of(const std::string& body) {
  auto value = parse_json(body);
  return value.ok() ? text_at(*value, "batch_id") : std::string();
}

}  // namespace

Result<Feed> Feed::make(const Site& site, std::vector<ScriptedPush> pushes,
                        std::vector<ScriptedFile> files) {
  auto receiver = DaemonClient::api(site, "receiver", "city");
  if (!receiver.ok()) return receiver.error();
  Feed feed(site, std::move(*receiver));
  feed.pushes_ = std::move(pushes);
  feed.files_ = std::move(files);
  return feed;
}

Result<void> Feed::go_on(Timestamp now) {
  // The export goes before a push of the same minute.
  while (next_file_ < files_.size() && files_[next_file_].at <= now) {
    auto drop = ImportDrop::put(site_.import_directory, files_[next_file_].path);
    if (!drop.ok()) return drop.error();
    drops_.push_back(std::move(*drop));
    ++next_file_;
  }
  RETURN_IF_ERROR(look_at_drops());
  while (next_push_ < pushes_.size() && pushes_[next_push_].at <= now) {
    if (!push(pushes_[next_push_])) break;
    ++next_push_;
  }
  return {};
}

bool Feed::finished() const {
  return next_push_ == pushes_.size() && next_file_ == files_.size() && drops_.empty();
}

bool Feed::push(const ScriptedPush& push) {
  auto answer = receiver_.post("/api/v1/orders", push.body);
  if (!answer.ok() || answer->status == 503) return false;
  const std::string batch = batch_of(push.body);
  auto value = value_of(std::move(*answer));
  if (!value.ok()) {
    remarks_.push_back("push " + batch + ": " + value.error().message);
    return true;
  }
  // A batch that is sent again is answered, and changes nothing.
  if (batches_.insert(batch).second) accounts_.note_push(*value);
  return true;
}

Result<void> Feed::look_at_drops() {
  for (auto drop = drops_.begin(); drop != drops_.end();) {
    auto report = drop->look();
    if (!report.ok()) return report.error();
    if (!*report) {
      ++drop;
      continue;
    }
    if (!(*report)->failure.empty()) {
      remarks_.push_back(drop->name() + ": " + (*report)->failure);
    }
    accounts_.note_import(**report);
    drop = drops_.erase(drop);
  }
  return {};
}

}  // namespace jieban
