#include "common/wire/frame.h"

#include <utility>

#include "common/base/bytes.h"
#include "common/base/crc32c.h"
#include "common/base/limits.h"
#include "common/wire/payload.h"
#include "common/wire/scan.h"

namespace jieban {
namespace {

constexpr uint64_t kFrameVersion = 1;
constexpr size_t kHeaderParts = 8;
constexpr size_t kFetchParts = 6;
constexpr size_t kNameBytesMax = 128;
constexpr size_t kRecordsMax = 1'000'000;  // far above what fits; bounds the reserve below

Error damaged(std::string_view why) {
  return Error{ErrorCode::corrupt, "frame: " + std::string(why)};
}

// Splits a body of length-prefixed records.
Result<void> split_body(std::string_view body, uint64_t count,
                        std::vector<std::string_view>& records) {
  records.reserve(count);
  for (uint64_t i = 0; i < count; ++i) {
    if (body.size() < 4) return damaged("the body is too short");
    size_t size = read_u32(body);
    if (size > body.size() - 4) return damaged("a record is longer than the body");
    records.push_back(body.substr(4, size));
    body.remove_prefix(4 + size);
  }
  if (!body.empty()) return damaged("bytes follow the last record");
  return {};
}

std::string encode_header(const std::string& stream, uint64_t epoch, uint64_t first, uint64_t count,
                          uint64_t head, std::string_view body, std::string_view refusal) {
  std::string out;
  out.reserve(body.size() + 64);
  wire_detail::Writer writer(out);
  writer.array(kHeaderParts);
  writer.put(kFrameVersion);
  writer.put(std::string_view(stream));
  writer.put(epoch);
  writer.put(first);
  writer.put(count);
  writer.put(head);
  writer.put(uint64_t{crc32c(body)});
  writer.put(refusal);
  out += body;
  return out;
}

}  // namespace

bool FrameBuilder::add(uint64_t sequence, std::string_view record) {
  if (count_ > 0 && body_.size() + record.size() + 4 > limits::kFrameBytesMax) return false;
  if (count_ == 0) first_ = sequence;
  CHECK(sequence == first_ + count_);
  append_u32(body_, uint32_t(record.size()));
  body_ += record;
  ++count_;
  return true;
}

std::string FrameBuilder::finish(uint64_t head) {
  std::string out = encode_header(stream_, epoch_, first_, count_, head, body_, {});
  body_.clear();
  count_ = 0;
  return out;
}

std::string encode_heartbeat(const std::string& stream, uint64_t epoch, uint64_t head,
                             std::string_view refusal) {
  return encode_header(stream, epoch, head + 1, 0, head, {}, refusal);
}

Result<Frame> decode_frame(std::string_view bytes) {
  wire_detail::FlatScan scan(kHeaderParts);
  size_t header_size = 0;
  auto scanned = scan.run_prefix(bytes, kNameBytesMax, header_size);
  if (!scanned.ok()) return scanned.error().context("frame header");
  Frame frame;
  uint64_t version = 0;
  uint64_t count = 0;
  uint64_t sum = 0;
  std::string_view stream;
  std::string_view refusal;
  bool shaped = scan.number(0, version) && scan.text(1, stream) && scan.number(2, frame.epoch) &&
                scan.number(3, frame.first) && scan.number(4, count) &&
                scan.number(5, frame.head) && scan.number(6, sum) && scan.text(7, refusal);
  if (!shaped) return damaged("the header is not as it should be");
  if (version != kFrameVersion) return damaged("unknown version");
  std::string_view body = bytes.substr(header_size);
  if (crc32c(body) != sum) return damaged("the body does not match its checksum");
  if (count > kRecordsMax || frame.first == 0) return damaged("impossible numbers");
  RETURN_IF_ERROR(split_body(body, count, frame.records));
  if (frame.first > UINT64_MAX - count || frame.first + count > frame.head + 1) {
    return damaged("it runs past its own head");
  }
  frame.stream = stream;
  frame.refusal = refusal;
  return frame;
}

std::string encode_fetch(const FetchRequest& request) {
  std::string out;
  wire_detail::Writer writer(out);
  writer.array(kFetchParts);
  writer.put(kFrameVersion);
  writer.put(std::string_view(request.consumer));
  writer.put(std::string_view(request.stream));
  writer.put(request.epoch);
  writer.put(request.applied);
  writer.put(request.from);
  return out;
}

Result<FetchRequest> decode_fetch(std::string_view bytes) {
  wire_detail::FlatScan scan(kFetchParts);
  auto scanned = scan.run(bytes, kNameBytesMax);
  if (!scanned.ok()) return scanned.error().context("fetch request");
  FetchRequest request;
  uint64_t version = 0;
  std::string_view consumer;
  std::string_view stream;
  bool shaped = scan.number(0, version) && scan.text(1, consumer) && scan.text(2, stream) &&
                scan.number(3, request.epoch) && scan.number(4, request.applied) &&
                scan.number(5, request.from) && version == kFrameVersion;
  if (!shaped) return Error{ErrorCode::corrupt, "fetch request: its parts are not as they should"};
  request.consumer = consumer;
  request.stream = stream;
  return request;
}

}  // namespace jieban
