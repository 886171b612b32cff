#include "daemons/notifier/channels/sgip/sgip_session.h"

namespace jieban {
namespace {

// Answers that come twice or too late, and what the SMG asks of us where it should not.
constexpr int kOtherPacketsMax = 16;

bool answers(const SgipPacket& packet, const SgipPacket& request) {
  const auto* response = std::get_if<SgipResponse>(&packet.body);
  // The variant's order is that of the commands, which begin with 1.
  return response != nullptr && uint32_t(response->to) == request.body.index() + 1 &&
         packet.sequence == request.sequence;
}

}  // namespace

Result<SgipSession> SgipSession::connect(const std::string& address, Duration deadline) {
  auto stream = TcpStream::connect(address, deadline);
  if (!stream.ok()) return stream.error();
  return SgipSession(std::move(*stream));
}

Result<uint8_t> SgipSession::ask(const SgipPacket& request, Duration deadline) {
  auto bytes = encode_sgip(request);
  if (!bytes.ok()) return bytes.error();
  RETURN_IF_ERROR(stream_.write(*bytes, deadline));
  for (int i = 0; i < kOtherPacketsMax; ++i) {
    auto packet = receive(deadline);
    if (!packet.ok()) return Error{ErrorCode::io, packet.error().message};
    if (answers(*packet, request)) return std::get<SgipResponse>(packet->body).result;
  }
  return Error{ErrorCode::io, "SGIP: many answers, and none to what was asked"};
}

Result<SgipPacket> SgipSession::receive(Duration deadline) {
  auto beginning = stream_.read_exactly(4, deadline);
  if (!beginning.ok()) return beginning.error();
  auto size = sgip_packet_size(*beginning);
  if (!size.ok()) return size.error();
  auto rest = stream_.read_exactly(**size - beginning->size(), deadline);
  if (!rest.ok()) return rest.error();
  return decode_sgip(*beginning + *rest);
}

}  // namespace jieban
