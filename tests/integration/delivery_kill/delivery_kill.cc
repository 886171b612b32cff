#include "tests/integration/delivery_kill/delivery_kill.h"

#include <iostream>

namespace jieban {
namespace {

constexpr const char* kShort = "webhook: {reply_timeout: 500ms}\n";

// What one notice has gone through.
struct Course {
  size_t attempts = 0;
  size_t sent = 0;
  bool after_sent = false;  // something was tried after it had been sent
};

std::map<std::string, Course> courses_of(RingingSite& site) {
  std::map<std::string, Course> courses;
  for (const ToldEvent& event : site.events()) {
    if (event.notice.empty()) continue;
    Course& course = courses[event.notice];
    const bool attempted = event.topic == "notice.attempted";
    course.after_sent = course.after_sent || (attempted && course.sent > 0);
    course.attempts += attempted ? 1 : 0;
    course.sent += event.topic == "notice.sent" ? 1 : 0;
  }
  return courses;
}

}  // namespace

DeliveryKill::DeliveryKill(std::unique_ptr<KilledChannel> channel)
    : channel_(std::move(channel)), site_(channel_->item(), kShort) {}

std::vector<std::string> DeliveryKill::new_names(size_t count) {
  std::vector<std::string> names;
  for (size_t i = 0; i < count; ++i) names.push_back("Alert" + std::to_string(++alerts_));
  all_.insert(all_.end(), names.begin(), names.end());
  return names;
}

std::string DeliveryKill::key_of(const RungNotice& notice) const {
  return by_text_ ? notice.text : notice.id;
}

size_t DeliveryKill::attempts_of(const std::string& notice_id) {
  return courses_of(site_)[notice_id].attempts;
}

std::map<std::string, size_t> DeliveryKill::received() {
  std::map<std::string, size_t> count;
  for (const GatewayMessage& message : channel_->messages()) {
    if (message.refused) continue;
    if (++count[message.id] > 1) {
      EXPECT_TRUE(message.marked) << message.id << " came again without a word";
    }
  }
  return count;
}

void DeliveryKill::check(const std::vector<std::string>& names) {
  auto calls = site_.calls(names);
  auto courses = courses_of(site_);
  auto count = received();
  for (const std::string& name : names) {
    const std::string id = calls[name].id;
    const size_t times = count[key_of(calls[name])];
    EXPECT_GE(times, 1U) << name << " was lost";
    EXPECT_LE(times, courses[id].attempts) << name << " went out without an intent";
    EXPECT_EQ(courses[id].sent, 1U) << name;
    EXPECT_FALSE(courses[id].after_sent) << name << " was tried after its end was committed";
  }
  EXPECT_EQ(channel_->faults(), std::vector<std::string>{});
  if (HasFailure()) std::cerr << site_.logs();
}

void DeliveryKill::kill_at(Stage stage, size_t nth, const std::vector<Manner>& manners) {
  const auto names = new_names(3);
  channel_->behave(manners);
  channel_->gate().stop_at(stage, nth);
  ASSERT_TRUE(site_.raise(names, kPatience)) << site_.logs();
  ASSERT_TRUE(channel_->gate().wait_stopped(kPatience)) << site_.logs();
  site_.kill();
  channel_->gate().go_on();
  site_.start();
  ASSERT_TRUE(site_.all_become(names, "sent", kPatience)) << site_.logs();
  check(names);
}

}  // namespace jieban
