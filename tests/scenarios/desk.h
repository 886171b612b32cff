// A desk before the five cores: orders that look like real ones, and who does what to them.
#pragma once

#include <gtest/gtest.h>

#include "tests/support/five_cores.h"

namespace jieban {

class Desk : public FiveCores {
 public:
  using FiveCores::FiveCores;

  // A leak; the rules know its unit (housing_station) and its class (general).
  static Submission leak(const std::string& order_no) {
    Submission order;
    order.row_no = 1;
    order.order_no = order_no;
    order.order_type = "complaint";
    order.title = "楼顶漏水";
    order.content = "三号楼顶层雨后渗漏";
    order.cat1 = "住房城乡建设";
    order.cat2 = "房屋质量";
    order.cat3 = "渗漏";
    order.community = "真武庙社区";
    return order;
  }

  // A command with which nothing is wrong, in a role that may give it.
  void take(const std::string& order_no, const Said& said) {
    EXPECT_EQ(refusal(order_no, said), "") << said.command;
  }
  // Along the straight way up to and with this command; the rules dispatch what is signed.
  void bring(const std::string& order_no, const std::string& last) {
    static const std::vector<Said> kWay = {
        {"sign", "seat"},
        {"accept", "unit"},
        {"hand_in", "unit"},
        {"submit", "audit"},
        {"accept_completion", "city"},
    };
    for (const Said& said : kWay) {
      take(order_no, said);
      if (said.command == last) return;
    }
    FAIL() << "no such step: " << last;
  }
  static Said visit(const std::string& solved, const std::string& satisfied) {
    return {"visit_result",
            "city",
            {{"method", "phone"},
             {"reached", "yes"},
             {"contacted", "yes"},
             {"valid", "yes"},
             {"solved", solved},
             {"satisfied", satisfied}}};
  }
};

}  // namespace jieban
