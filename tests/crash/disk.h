// Disk: what a machine finds after a power cut, given which of the recorded changes it kept.
//
// A change is durable once a sync that covers it has returned; of all others any subset may have
// reached the disk, in any order. Names and contents are synced apart: a synced file whose
// directory was not synced may have no name.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/crash/recorder.h"

namespace jieban::crash {

class Disk {
 public:
  void apply(const Op& op);
  const Names& names() const { return names_; }
  // Makes `root`, and nothing else, hold this disk.
  void write_to(const std::string& root) const;
  uint64_t hash() const;

 private:
  std::map<int, std::string> contents_;
  Names names_;
  std::set<std::string> directories_;
};

struct CrashImage {
  Disk disk;
  uint64_t acknowledged = 0;  // at the moment of the cut
  size_t at = 0;              // number of operations done before it
};

using Visit = std::function<void(const CrashImage&)>;

// The images of a power cut after exactly `at` operations: every durable change, and of the others
// none, all, each alone, all but each, the first ones, the last ones, and random choices.
void cut_at(const std::vector<Op>& ops, size_t at, uint64_t seed, const Visit& visit);

// cut_at() before every sync and every acknowledgement, and at the end.
void cut_everywhere(const std::vector<Op>& ops, uint64_t seed, const Visit& visit);

}  // namespace jieban::crash
