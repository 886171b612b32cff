#include "daemons/notifier/linked_channel.h"

#include "daemons/notifier/notice_text.h"

namespace jieban {

OutgoingNotice LinkedChannel::linked(const OutgoingNotice& notice) const {
  OutgoingNotice linked = notice;
  if (!has_link(notice.text)) return linked;
  const bool personal = !group_ && !notice.person.empty();
  linked.text =
      with_link(notice.text, personal ? link_of_(notice.notice_id, notice.person) : std::string());
  return linked;
}

AttemptPlan LinkedChannel::plan(const OutgoingNotice& notice) {
  return channel_->plan(linked(notice));
}

DeliveryReport LinkedChannel::deliver(const OutgoingNotice& notice) {
  return channel_->deliver(linked(notice));
}

OpenChannel linked_channels(OpenChannel open, LinkOf link_of) {
  return [open = std::move(open),
          link_of = std::move(link_of)](const ChannelRule& rule) -> std::unique_ptr<Channel> {
    auto channel = open(rule);
    if (!channel) return channel;
    return std::make_unique<LinkedChannel>(std::move(channel), is_group(rule), link_of);
  };
}

}  // namespace jieban
