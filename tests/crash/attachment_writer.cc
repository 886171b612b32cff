// Stores one attachment as the receiver does: attachment_writer FOLDER HASH CONTENT. Ends with 0
// when it is stored, 1 when the disk is full, 2 for any other error.
#include "daemons/receiver/attachment_store.h"

int main(int argc, char** argv) {
  if (argc != 4) return 64;
  const jieban::AttachmentStore store(argv[1], 0);
  auto put = store.put(argv[2], argv[3]);
  if (put.ok()) return 0;
  return put.error().code == jieban::ErrorCode::full ? 1 : 2;
}
