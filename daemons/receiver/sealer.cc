#include "daemons/receiver/sealer.h"

#include <algorithm>
#include <array>

#include "common/base/bytes.h"
#include "common/crypto/random.h"
#include "common/crypto/sealing.h"
#include "common/wire/payload.h"
#include "daemons/receiver/link_text.h"
#include "daemons/receiver/text_hits.h"

namespace jieban {
namespace {

constexpr size_t kKeyIdSize = 16;
constexpr char kExtra[] = "extra";
constexpr char kPhone[] = "caller_phone";
constexpr char kAddress[] = "address";
constexpr char kFileName[] = "file_name";
// Of a usual row besides its content.
constexpr size_t kRowBytes = 512;

struct SealedFields {
  std::map<std::string, std::string> values;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("values", &SealedFields::values);
  }
};

// The same to be written, without copies.
struct FieldsToSeal {
  TextViews values;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("values", &FieldsToSeal::values);
  }
};

// Fields of the table that OrderFacts holds under a member of its own.
constexpr std::array<std::string_view, 10> kOwnMembers = {
    "order_no",     "order_type", "cat_path",      "community", "urgency",
    "confidential", "called_at",  "dispatched_at", "due_at",    "round"};

bool has_own_member(std::string_view name) {
  return std::ranges::find(kOwnMembers, name) != kOwnMembers.end();
}

std::string category_of(const Submission& order) {
  if (!order.cat_path.empty()) return order.cat_path;
  std::string path;
  for (const std::string* level :
       {&order.cat1, &order.cat2, &order.cat3, &order.cat4, &order.cat5}) {
    if (level->empty()) break;
    if (!path.empty()) path += '>';
    path += *level;
  }
  return path;
}

// The personal fields of an order by name, where they lie; `extra` keeps what lies nowhere else.
struct Personal {
  TextViews fields;
  std::string extra;
};

// Fills `facts.others` and `personal`; appends the text of the whole row.
void divide(const Submission& order, OrderFacts& facts, Personal& personal, std::string& row) {
  std::string scratch;
  for (const Field& field : submission_fields()) {
    std::string_view text = field_view(order, field, scratch);
    if (text.empty()) continue;
    append_canonical_line(row, field.name, text);
    if (field.privacy == Privacy::personal) {
      CHECK(text.data() != scratch.data());  // it would not last
      personal.fields.emplace_back(field.name, text);
    } else if (!has_own_member(field.name)) {
      facts.others.emplace(field.name, text);
    }
  }
  // Columns that nobody declared may hold anything: they are personal until somebody does.
  append_canonical_extra(personal.extra, order);
  row += personal.extra;
  if (!personal.extra.empty()) personal.fields.emplace_back(kExtra, personal.extra);
  std::ranges::sort(personal.fields);
}

std::optional<HitsByText> find_hits(const Lexicon& lexicon, const Submission& order) {
  HitsByText hits;
  auto look = [&](std::string_view name, Lexicon::Hits found) {
    if (found.groups.empty() && found.routing.empty()) return;
    hits[std::string(name)] = {std::move(found.groups), std::move(found.routing)};
  };
  look(kTitle, lexicon.find(order.title, {}));
  look(kContent, lexicon.find({}, order.content));
  if (hits.empty()) return std::nullopt;
  return hits;
}

}  // namespace

SealedText Sealer::seal_payload(std::string_view fields) const {
  SecretKey key = SecretKey::generate();
  SealedText sealed;
  sealed.box.key_id.data = random_bytes(kKeyIdSize);
  // The key id is bound to both, so that neither a box nor a key can be exchanged for another.
  const std::string& id = sealed.box.key_id.data;
  sealed.box.box.data = seal(key, fields, id);
  sealed.wrapped_key = wrap_key(master_, key, id);
  return sealed;
}

OrderFacts Sealer::facts_of(const Submission& order) const {
  OrderFacts facts;
  facts.order_no = order.order_no;
  facts.order_type = order.order_type;
  facts.category = category_of(order);
  facts.community = order.community;
  facts.urgency = order.urgency;
  facts.confidential = order.confidential.value_or(false);
  facts.called_at = order.called_at;
  facts.dispatched_at = order.dispatched_at;
  facts.due_at = order.due_at;
  facts.lexicon_version = lexicon_.version();
  return facts;
}

Bytes Sealer::field_hash(std::string_view name, std::string_view text, std::string& scratch) const {
  scratch.assign(name).append("=").append(text);
  return Bytes{tags_.tag(scratch)};
}

void Sealer::add_link_hashes(const Submission& order, OrderIntake& intake,
                             std::string& scratch) const {
  const auto hash = [&](std::string_view name, const std::string& normal) {
    return normal.empty() ? Bytes() : field_hash(name, normal, scratch);
  };
  const std::string& said = order.caller_phone.empty() ? order.contact_phone : order.caller_phone;
  const std::string phone = normal_phone(said);
  if (phone != order.caller_phone) intake.caller = hash(kPhone, phone);
  const std::string address = normal_address(order.address, order.district, order.street);
  if (address != order.address) intake.place = hash(kAddress, address);
}

SealedSubmission Sealer::seal_order(const Submission& order, const std::string& source,
                                    const std::string& batch_id) const {
  SealedSubmission out;
  out.intake.facts = facts_of(order);
  out.intake.hits = find_hits(lexicon_, order);
  join_hits(out.intake.hits, out.intake.facts);
  std::string scratch;
  scratch.reserve(order.content.size() + kRowBytes);
  Personal personal;
  divide(order, out.intake.facts, personal, scratch);
  out.intake.row_hash.data = tags_.tag(scratch);
  auto& hashes = out.intake.hashes;
  for (const auto& [name, text] : personal.fields) {
    hashes.emplace_hint(hashes.end(), name, field_hash(name, text, scratch));
  }
  add_link_hashes(order, out.intake, scratch);
  SealedText sealed = seal_payload(encode_payload(FieldsToSeal{std::move(personal.fields)}));
  out.intake.sealed = std::move(sealed.box);
  out.wrapped_key = std::move(sealed.wrapped_key);
  out.intake.source = source;
  out.intake.batch_id = batch_id;
  out.intake.row_no = order.row_no;
  return out;
}

FactsByText Sealer::text_facts(const std::map<std::string, std::string>& texts) const {
  const auto gram = [this](std::string_view text) { return grams_.number(text); };
  FactsByText facts;
  for (const auto& [name, text] : texts) {
    if (is_utf8(text)) facts[name] = jieban::text_facts(texts_, text, gram);
  }
  return facts;
}

Sealer::SealedFile Sealer::seal_file(const std::string& name, std::string_view content,
                                     const std::string& hash) const {
  SecretKey key = SecretKey::generate();
  const std::string id = random_bytes(kKeyIdSize);
  SealedFile sealed;
  sealed.name.box.key_id.data = id;
  sealed.name.box.box.data = seal(key, encode_payload(SealedFields{{{kFileName, name}}}), id);
  sealed.name.wrapped_key = wrap_key(master_, key, id);
  sealed.content = seal(key, content, id + hash);
  return sealed;
}

Result<SealedText> Sealer::seal_name(const std::string& name, const Bytes& key_id,
                                     const std::string& wrapped_key) const {
  auto key = unwrap_key(master_, wrapped_key, key_id.data);
  if (!key.ok()) return key.error();
  SealedText sealed;
  sealed.box.key_id = key_id;
  sealed.box.box.data = seal(*key, encode_payload(SealedFields{{{kFileName, name}}}), key_id.data);
  sealed.wrapped_key = wrapped_key;
  return sealed;
}

Result<std::string> Sealer::open_file(std::string_view sealed, const Bytes& key_id,
                                      const std::string& wrapped_key,
                                      const std::string& hash) const {
  auto key = unwrap_key(master_, wrapped_key, key_id.data);
  if (!key.ok()) return key.error();
  return jieban::open(*key, sealed, key_id.data + hash);
}

SealedText Sealer::seal_text(const std::string& text) const {
  return seal_payload(encode_payload(SealedFields{{{"text", text}}}));
}

SealedText Sealer::seal_texts(std::map<std::string, std::string> texts) const {
  return seal_payload(encode_payload(SealedFields{std::move(texts)}));
}

Result<std::map<std::string, std::string>> Sealer::open(const SealedBox& sealed,
                                                        const std::string& wrapped_key) const {
  auto key = unwrap_key(master_, wrapped_key, sealed.key_id.data);
  if (!key.ok()) return key.error();
  auto plain = jieban::open(*key, sealed.box.data, sealed.key_id.data);
  if (!plain.ok()) return plain.error();
  auto fields = decode_payload<SealedFields>(*plain);
  if (!fields.ok()) return fields.error();
  return std::move(fields->values);
}

}  // namespace jieban
