// AttachmentDesk: files that come with an order. Checks them, stores them sealed, and gives them to
// those who may see them.
//
// Promises: an upload is answered after the file and then its command are on disk; a crash before
// the command's commit leaves a file that no row knows, which is swept; the same content is stored
// once, whichever orders have it. Neither logs nor paths show a file's name or content.
// Fails: `invalid` (empty, of another type than declared, of none that is taken), `limit`, `full`,
// `not_found` (also once every key of it is destroyed), `corrupt` when it is not what was stored.
// Thread rule: any thread but the loop's; one upload is stored at a time.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "common/domain/role.h"
#include "daemons/receiver/attachment_store.h"
#include "daemons/receiver/door.h"

namespace jieban {

struct AttachmentLimits {
  std::string directory;  // empty: none are taken
  size_t bytes_max = 0;
  size_t disk_free_min = 0;
};

struct Upload {
  CommandRequest request;  // with order, role, idempotency key, kind and time
  std::string actor;
  std::string name;  // sealed; may be empty
  std::string media_type;
  std::string_view content;
};

struct StoredAttachment {
  std::string media_type;
  std::string content;
  bool confidential = false;  // of an order that is
};

// Who may see what callers and units have sent (DOMAIN §13.1, "see full phone no.").
inline constexpr RoleSet kSeesAttachments = {Role::seat, Role::hard_case, Role::audit,
                                             Role::team_leader, Role::unit};
// Of a confidential order (DOMAIN §16).
inline constexpr RoleSet kSeesConfidential = {Role::hard_case, Role::team_leader, Role::unit};

class AttachmentDesk {
 public:
  AttachmentDesk(const Receiver& receiver, const EdgeContext& context, std::shared_ptr<Door> door,
                 AttachmentLimits limits);

  // Erases files that no row knows; before anything is taken.
  Result<size_t> sweep();
  Result<CommandOutcome> take(Upload upload);
  // After a refusal: its file, if no order has it.
  Result<void> drop_orphan(const std::string& hash);
  // Opened, and its content hashed again.
  Result<StoredAttachment> open(const std::string& hash) const;

 private:
  struct Known {
    AttachmentRow row;
    std::string wrapped_key;
    bool confidential = false;
  };
  // Empty without a row, or when no key is left.
  Result<std::optional<Known>> find(const std::string& hash) const;
  Result<bool> is_known(const std::string& hash) const;
  Result<bool> is_order(const std::string& order_no) const;
  Result<SealedText> store(const std::string& hash, const Upload& upload);

  const Receiver& receiver_;
  const EdgeContext& context_;
  std::shared_ptr<Door> door_;
  AttachmentLimits limits_;
  AttachmentStore store_;
  std::mutex storing_;  // from the look at the row to the commit of the command
};

bool is_content_hash(std::string_view text);

}  // namespace jieban
