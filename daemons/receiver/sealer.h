// Sealer: turns a Submission into what the streams may hold.
//
// Open fields become OrderFacts; personal ones go, all together, into a box under a data key of its
// own. Beside the box stand tags (TagKey) of each sealed field, so that a change can be seen
// without opening anything, and the lexicon's hits. The data key, wrapped by the master key, is the
// secret that the receiver's keyring stores and no stream ever carries. Thread rule: any thread;
// immutable.
#pragma once

#include <memory>
#include <string>

#include "common/audit/text_facts.h"
#include "common/crypto/secret_key.h"
#include "common/crypto/tag_key.h"
#include "common/domain/events.h"
#include "common/routing/lexicon.h"
#include "daemons/receiver/intake/submission.h"

namespace jieban {

struct SealedSubmission {
  OrderIntake intake;
  std::string wrapped_key;
};

struct SealedText {
  SealedBox box;
  std::string wrapped_key;
};

class Sealer {
 public:
  Sealer(SecretKey master, const SecretKey& index, Lexicon lexicon, TextRules texts = {})
      : master_(std::move(master)),
        tags_(index, "order"),
        lexicon_(std::move(lexicon)),
        texts_(std::move(texts)),
        grams_(index, "text-signature") {}

  SealedSubmission seal_order(const Submission& order, const std::string& source,
                              const std::string& batch_id) const;
  // Free text that came with a command.
  SealedText seal_text(const std::string& text) const;
  // Several, by name.
  SealedText seal_texts(std::map<std::string, std::string> texts) const;

  // What may openly be known of them; see common/audit/text_facts.h.
  FactsByText text_facts(const std::map<std::string, std::string>& texts) const;

  // An attachment under a key that its name, sealed as the text "file_name", shares.
  struct SealedFile {
    SealedText name;
    std::string content;
  };
  SealedFile seal_file(const std::string& name, std::string_view content,
                       const std::string& hash) const;
  // The name of a file that is stored already, under its key.
  Result<SealedText> seal_name(const std::string& name, const Bytes& key_id,
                               const std::string& wrapped_key) const;
  // `corrupt` for another key, a damaged file, or one put in the place of another.
  Result<std::string> open_file(std::string_view sealed, const Bytes& key_id,
                                const std::string& wrapped_key, const std::string& hash) const;

  // The personal fields of a box by name. `corrupt` for another key or a damaged box.
  Result<std::map<std::string, std::string>> open(const SealedBox& sealed,
                                                  const std::string& wrapped_key) const;

 private:
  // The hash of a field's value by its name, as it stands in OrderIntake::hashes.
  Bytes field_hash(std::string_view name, std::string_view text, std::string& scratch) const;
  // What finds repeats, where it is another text than the field itself.
  void add_link_hashes(const Submission& order, OrderIntake& intake, std::string& scratch) const;
  // Without `others`.
  OrderFacts facts_of(const Submission& order) const;
  // Of encoded fields.
  SealedText seal_payload(std::string_view fields) const;

  SecretKey master_;
  TagKey tags_;
  Lexicon lexicon_;
  TextRules texts_;
  TagKey grams_;
};

}  // namespace jieban
