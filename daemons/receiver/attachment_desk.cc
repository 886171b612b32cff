#include "daemons/receiver/attachment_desk.h"

#include <algorithm>

#include "common/base/bytes.h"
#include "common/crypto/hashes.h"
#include "common/crypto/sealing.h"
#include "common/domain/command_argument.h"
#include "daemons/receiver/attachment_type.h"

namespace jieban {
namespace {

Result<void> check_content(const Upload& upload, size_t bytes_max) {
  if (upload.content.empty()) return invalid("附件是空的");
  if (upload.content.size() > bytes_max) {
    return Error{ErrorCode::limit, "附件超过 " + std::to_string(bytes_max) + " 字节"};
  }
  if (!is_known_type(upload.media_type)) {
    return invalid("不接收这种附件；Content-Type 可为：" + known_types());
  }
  if (!is_of_type(upload.media_type, upload.content)) {
    return invalid("附件的内容不是所称的 " + upload.media_type);
  }
  return {};
}

}  // namespace

bool is_content_hash(std::string_view text) {
  constexpr size_t kHexDigits = 64;
  return text.size() == kHexDigits && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

AttachmentDesk::AttachmentDesk(const Receiver& receiver, const EdgeContext& context,
                               std::shared_ptr<Door> door, AttachmentLimits limits)
    : receiver_(receiver),
      context_(context),
      door_(std::move(door)),
      limits_(std::move(limits)),
      store_(limits_.directory, limits_.disk_free_min) {}

Result<size_t> AttachmentDesk::sweep() {
  if (limits_.directory.empty()) return size_t{0};
  std::lock_guard<std::mutex> alone(storing_);
  return store_.sweep([this](const std::string& hash) { return is_known(hash); });
}

Result<bool> AttachmentDesk::is_known(const std::string& hash) const {
  if (!is_content_hash(hash)) return false;
  auto txn = context_.fold.environment().read();
  if (!txn.ok()) return txn.error();
  auto row = receiver_.attachments().get(*txn, make_key(std::string_view(hash)));
  if (!row.ok()) return row.error();
  return row->has_value();
}

Result<bool> AttachmentDesk::is_order(const std::string& order_no) const {
  auto txn = context_.fold.environment().read();
  if (!txn.ok()) return txn.error();
  Range range(*txn, receiver_.numbers().id());
  const std::string prefix = make_key(std::string_view(order_no));
  auto found = range.seek(prefix);
  if (!found.ok()) return found.error();
  return *found && range.key().starts_with(prefix);
}

Result<std::optional<AttachmentDesk::Known>> AttachmentDesk::find(const std::string& hash) const {
  auto txn = context_.fold.environment().read();
  if (!txn.ok()) return txn.error();
  auto row = receiver_.attachments().get(*txn, make_key(std::string_view(hash)));
  if (!row.ok()) return row.error();
  if (!*row) return std::optional<Known>();
  Known known{**row, "", false};
  for (uint64_t order_id : known.row.order_ids) {
    auto order = receiver_.orders().get(*txn, make_key(order_id));
    if (!order.ok()) return order.error();
    known.confidential = known.confidential || (*order && (*order)->facts.confidential);
    auto key = receiver_.keyring().get(*txn, make_key(order_id) + known.row.key_id.data);
    if (!key.ok()) return key.error();
    if (*key) known.wrapped_key = (*key)->wrapped_key.data;
  }
  if (known.wrapped_key.empty()) return std::optional<Known>();
  return std::optional<Known>(std::move(known));
}

// The file is on disk before the command that tells of it is handed in.
Result<SealedText> AttachmentDesk::store(const std::string& hash, const Upload& upload) {
  auto known = find(hash);
  if (!known.ok()) return known.error();
  if (*known) {
    return door_->sealer().seal_name(upload.name, (*known)->row.key_id, (*known)->wrapped_key);
  }
  Sealer::SealedFile sealed = door_->sealer().seal_file(upload.name, upload.content, hash);
  RETURN_IF_ERROR(store_.put(hash, sealed.content));
  return std::move(sealed.name);
}

Result<CommandOutcome> AttachmentDesk::take(Upload upload) {
  if (limits_.directory.empty()) return Error{ErrorCode::not_found, "没有开通附件"};
  RETURN_IF_ERROR(check_content(upload, limits_.bytes_max));
  auto order = is_order(upload.request.order_no);
  if (!order.ok()) return order.error();
  if (!*order) return Error{ErrorCode::not_found, "没有这个工单号"};
  const std::string hash = to_hex(sha256(upload.content));
  CommandRequest& request = upload.request;
  request.command = kAttach;
  request.arguments["attachment"] = hash;
  request.arguments["media_type"] = upload.media_type;
  request.arguments["bytes"] = std::to_string(upload.content.size());
  request.arguments[std::string(kSealedFields)] = "file_name";
  // The same file of the same order is the same command, unless somebody says otherwise.
  if (request.idempotency_key.empty()) {
    request.idempotency_key = "attach:" + request.order_no + ":" + hash;
  }
  std::lock_guard<std::mutex> alone(storing_);
  auto name = store(hash, upload);
  if (!name.ok()) return name.error();
  request.sealed = std::move(name->box);
  return door_->ask(request, upload.actor, std::move(name->wrapped_key));
}

Result<void> AttachmentDesk::drop_orphan(const std::string& hash) {
  std::lock_guard<std::mutex> alone(storing_);
  auto known = is_known(hash);
  if (!known.ok()) return known.error();
  return *known ? Result<void>() : store_.remove(hash);
}

Result<StoredAttachment> AttachmentDesk::open(const std::string& hash) const {
  if (!is_content_hash(hash)) return invalid("附件以 SHA-256 的 64 位十六进制小写表示");
  auto known = find(hash);
  if (!known.ok()) return known.error();
  if (!*known) return Error{ErrorCode::not_found, "没有这个附件"};
  auto sealed = store_.get(hash, limits_.bytes_max + kSealOverhead);
  if (!sealed.ok()) return sealed.error();
  auto content =
      door_->sealer().open_file(*sealed, (*known)->row.key_id, (*known)->wrapped_key, hash);
  if (!content.ok()) return content.error();
  if (to_hex(sha256(*content)) != hash) {
    return Error{ErrorCode::corrupt, "附件的内容与其哈希不符"};
  }
  return StoredAttachment{(*known)->row.media_type, std::move(*content), (*known)->confidential};
}

}  // namespace jieban
