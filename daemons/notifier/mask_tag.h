// MaskTag: what keeps two masked texts apart that were different before.
//
// Two alerts that differ only in a number which is masked ("***", safe_text.h) are two: they are
// counted, and end, each by itself. So the label that was masked gets six digits of a keyed hash of
// what stood there. Without the key nobody finds the number by trying all; the same text has the
// same tag as long as the key is the same, so that an end finds its alert.
// What fails and how: load() as load_key() does. Thread rule: immutable.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "common/base/result.h"
#include "common/config/settings.h"
#include "common/crypto/secret_key.h"

namespace jieban {

class MaskTag {
 public:
  explicit MaskTag(SecretKey key) : key_(std::move(key)) {}
  // By link.key of the keys directory, with a purpose of its own.
  static Result<MaskTag> load(const Settings& settings);

  // "#3f09ac"
  std::string of(std::string_view text) const;

 private:
  SecretKey key_;
};

using LabelTag = std::function<std::string(std::string_view text)>;

// A label's value as it may be kept: masked, and with the tag of what stood there where something
// was. Whatever is compared with a label, such as the condition of a silence, is masked by this
// too, so that both are the same when both were.
std::string masked_label(std::string_view value, const LabelTag& tag);

}  // namespace jieban
