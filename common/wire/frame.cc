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
constexpr size_t kHeaderRoom = 2 * kNameBytesMax;  // more than a header takes
constexpr size_t kPrefixBytes = 4;                 // the length in front of each record

Error damaged(std::string_view why) {
  return Error{ErrorCode::corrupt, "frame: " + std::string(why)};
}

// Splits a body of length-prefixed records.
Result<void> split_body(std::string_view body, uint64_t count,
                        std::vector<std::string_view>& records) {
  records.reserve(count);
  for (uint64_t i = 0; i < count; ++i) {
    if (body.size() < kPrefixBytes) return damaged("the body is too short");
    size_t size = read_u32(body);
    if (size > body.size() - kPrefixBytes) return damaged("a record is longer than the body");
    records.push_back(body.substr(kPrefixBytes, size));
    body.remove_prefix(kPrefixBytes + size);
  }
  if (!body.empty()) return damaged("bytes follow the last record");
  return {};
}

struct Header {
  std::string_view stream;
  uint64_t epoch = 0;
  uint64_t first = 0;
  uint64_t count = 0;
  uint64_t head = 0;
  std::string_view refusal;
};

// Valid until the next one in this thread.
std::string_view written(const Header& header, uint32_t sum) {
  static thread_local wire_detail::Writer writer;
  writer.clear();
  writer.array(kHeaderParts);
  writer.put(kFrameVersion);
  writer.put(header.stream);
  writer.put(header.epoch);
  writer.put(header.first);
  writer.put(header.count);
  writer.put(header.head);
  writer.put(uint64_t{sum});
  writer.put(header.refusal);
  return writer.view();
}

// Of the header, written with a zero in the place of the sum, and of the body: a damaged epoch or
// head would stop the reader or set it asking for what does not exist.
uint32_t checksum(const Header& header, std::string_view body) {
  return crc32c(body, crc32c(written(header, 0)));
}

std::string encode_frame(const Header& header, std::string_view body) {
  std::string out;
  out.reserve(body.size() + 2 * kNameBytesMax);
  out += written(header, checksum(header, body));
  out += body;
  return out;
}

}  // namespace

FrameBuilder::FrameBuilder(std::string stream, uint64_t epoch)
    : stream_(std::move(stream)), epoch_(epoch) {
  CHECK(stream_.size() <= kNameBytesMax);
}

bool FrameBuilder::add(uint64_t sequence, std::string_view record) {
  if (count_ > 0 && bytes_.size() - kHeaderRoom + record.size() + 4 > limits::kFrameBytesMax) {
    return false;
  }
  if (count_ == 0) {
    first_ = sequence;
    bytes_.assign(kHeaderRoom, '\0');
  }
  CHECK(sequence == first_ + count_);
  append_u32(bytes_, uint32_t(record.size()));
  bytes_ += record;
  ++count_;
  return true;
}

// The header grows backwards from the body, which is not moved.
std::string_view FrameBuilder::close(uint64_t head) {
  CHECK(count_ > 0);
  const std::string_view body = std::string_view(bytes_).substr(kHeaderRoom);
  const Header header{stream_, epoch_, first_, count_, head, {}};
  const std::string_view front = written(header, checksum(header, body));
  CHECK(front.size() <= kHeaderRoom);
  const size_t begin = kHeaderRoom - front.size();
  bytes_.replace(begin, front.size(), front);
  count_ = 0;
  return std::string_view(bytes_).substr(begin);
}

std::string encode_heartbeat(const std::string& stream, uint64_t epoch, uint64_t head,
                             std::string_view refusal) {
  return encode_frame({stream, epoch, head + 1, 0, head, refusal}, {});
}

Result<Frame> decode_frame(std::string_view bytes) {
  wire_detail::FlatScan scan(kHeaderParts);
  size_t header_size = 0;
  auto scanned = scan.run_prefix(bytes, kNameBytesMax, header_size);
  if (!scanned.ok()) return scanned.error().context("frame header");
  Header header;
  uint64_t version = 0;
  uint64_t sum = 0;
  bool shaped = scan.number(0, version) && scan.text(1, header.stream) &&
                scan.number(2, header.epoch) && scan.number(3, header.first) &&
                scan.number(4, header.count) && scan.number(5, header.head) &&
                scan.number(6, sum) && scan.text(7, header.refusal);
  if (!shaped) return damaged("the header is not as it should be");
  if (version != kFrameVersion) return damaged("unknown version");
  std::string_view body = bytes.substr(header_size);
  if (checksum(header, body) != sum) return damaged("it does not match its checksum");
  if (header.first == 0 || header.count > body.size() / kPrefixBytes) {
    return damaged("impossible numbers");
  }
  if (header.first - 1 > header.head || header.count > header.head - (header.first - 1)) {
    return damaged("it runs past its own head");
  }
  Frame frame{std::string(header.stream),
              header.epoch,
              header.first,
              header.head,
              std::string(header.refusal),
              {}};
  RETURN_IF_ERROR(split_body(body, header.count, frame.records));
  return frame;
}

std::string encode_fetch(const FetchRequest& request) {
  wire_detail::Writer writer;
  writer.array(kFetchParts);
  writer.put(kFrameVersion);
  writer.put(std::string_view(request.consumer));
  writer.put(std::string_view(request.stream));
  writer.put(request.epoch);
  writer.put(request.applied);
  writer.put(request.from);
  return writer.string();
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
