#include "tests/integration/delivery_kill/killed_channel.h"

#include "common/base/check.h"
#include "common/base/file.h"
#include "daemons/notifier/channels/sms_text.h"
#include "tests/support/sgip_smg.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

constexpr const char* kKannelAccount =
    "username: demo\npassword: pass\nfrom: '1065'\ncallback: http://127.0.0.1:1/receipt\n";
constexpr const char* kSgipAccount =
    "login_name: demo\npassword: pass\narea_code: '010'\ncorp_id: '12345'\n"
    "sp_number: '10655000'\n";

std::string item_of(const std::string& kind, const std::string& target) {
  return "  - {name: gate, kind: " + kind + ", target: \"" + target + "\", method: sms}\n";
}

class HttpDoor : public KilledChannel {
 public:
  explicit HttpDoor(Tongue tongue) : tongue_(tongue), gateway_(tongue) {
    CHECK(write_file(dir_.path("account.yaml"), kKannelAccount, 0600).ok());
  }
  std::string item() const override {
    if (tongue_ == Tongue::webhook) return item_of("webhook", gateway_.url());
    return item_of("kannel_sms, account_file: " + dir_.path("account.yaml"), gateway_.url());
  }
  void behave(const std::vector<Manner>& manners) override { gateway_.behave(manners); }
  StageGate& gate() override { return gateway_.gate(); }
  std::vector<GatewayMessage> messages() const override { return gateway_.messages(); }
  std::vector<std::string> faults() const override { return gateway_.faults(); }

 private:
  const Tongue tongue_;
  TempDir dir_;
  StagedGateway gateway_;
};

struct MannerOfSmg {
  Manner manner;
  SmgManner smg;
};
// What else there is has no counterpart in SGIP.
constexpr MannerOfSmg kMannersOfSmg[] = {{Manner::proper, SmgManner::proper},
                                         {Manner::hang, SmgManner::silent},
                                         {Manner::reset_read, SmgManner::reset},
                                         {Manner::garbage, SmgManner::garbage},
                                         {Manner::half, SmgManner::half}};

class SgipDoor : public KilledChannel {
 public:
  SgipDoor() : smg_(plan()) {
    CHECK(write_file(dir_.path("account.yaml"), kSgipAccount, 0600).ok());
  }
  ~SgipDoor() override { gate_.end(); }
  std::string item() const override {
    return item_of("sgip_sms, account_file: " + dir_.path("account.yaml"),
                   "sgip://" + smg_.address());
  }
  void behave(const std::vector<Manner>& manners) override {
    std::vector<SmgManner> next;
    for (const Manner manner : manners) {
      for (const MannerOfSmg& row : kMannersOfSmg) {
        if (row.manner == manner) next.push_back(row.smg);
      }
    }
    CHECK(next.size() == manners.size());
    smg_.answer_next(next);
  }
  StageGate& gate() override { return gate_; }
  std::vector<GatewayMessage> messages() const override {
    constexpr std::string_view kMark = "（可能重复）";
    std::vector<GatewayMessage> messages;
    for (const SmgSubmit& submit : smg_.submits()) {
      std::string text = utf8_of_ucs2(submit.content).value_or("");
      const bool marked = text.starts_with(kMark);
      messages.push_back({text.substr(marked ? kMark.size() : 0), marked});
    }
    return messages;
  }
  std::vector<std::string> faults() const override { return smg_.faults(); }

 private:
  SmgPlan plan() {
    SmgPlan plan;
    plan.submit_read = [this] { gate_.reach(Stage::read); };
    plan.submit_answered = [this] {
      gate_.reach(Stage::answered);
      gate_.next();
    };
    return plan;
  }

  TempDir dir_;
  StageGate gate_;
  SgipSmg smg_;
};

}  // namespace

std::unique_ptr<KilledChannel> webhook_door() {
  return std::make_unique<HttpDoor>(Tongue::webhook);
}

std::unique_ptr<KilledChannel> kannel_door() { return std::make_unique<HttpDoor>(Tongue::kannel); }

std::unique_ptr<KilledChannel> sgip_door() { return std::make_unique<SgipDoor>(); }

}  // namespace jieban
