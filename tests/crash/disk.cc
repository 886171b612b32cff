#include "tests/crash/disk.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "common/base/check.h"
#include "common/base/random.h"

namespace jieban::crash {
namespace {

using Kind = Op::Kind;
using Choice = std::vector<bool>;  // of the changes that are not durable: which were kept

constexpr int kRandomChoices = 12;

std::string parent_of(const std::string& path) {
  size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

bool is_name_change(Kind kind) {
  return kind == Kind::create || kind == Kind::make_directory || kind == Kind::rename ||
         kind == Kind::unlink;
}

bool is_content_change(Kind kind) { return kind == Kind::write || kind == Kind::resize; }

bool covers(const Op& sync, const Op& change) {
  if (sync.kind == Kind::sync) return is_content_change(change.kind) && change.file == sync.file;
  if (sync.kind != Kind::sync_directory || !is_name_change(change.kind)) return false;
  return parent_of(change.path) == sync.path;
}

// What is on disk for certain, what may be, and in which order it was asked for.
struct State {
  Disk base;                // all durable, and nothing in `rest` came before it
  std::vector<Op> rest;     // the changes from the first that is not durable on
  std::vector<bool> fixed;  // of `rest`: durable
  uint64_t acknowledged = 0;

  void fold() {
    size_t count = 0;
    while (count < rest.size() && fixed[count]) base.apply(rest[count++]);
    rest.erase(rest.begin(), rest.begin() + long(count));
    fixed.erase(fixed.begin(), fixed.begin() + long(count));
  }

  void step(const Op& op) {
    if (op.kind == Kind::acknowledge) {
      acknowledged = op.number;
    } else if (op.kind == Kind::sync_write) {
      CHECK(!rest.empty() && rest.back().file == op.file);
      fixed.back() = true;
    } else if (op.kind == Kind::sync || op.kind == Kind::sync_directory) {
      for (size_t i = 0; i < rest.size(); ++i) fixed[i] = fixed[i] || covers(op, rest[i]);
    } else {
      rest.push_back(op);
      fixed.push_back(false);
    }
    fold();
  }
};

std::set<Choice> choices(size_t count, uint64_t seed) {
  std::set<Choice> all;
  all.insert(Choice(count, false));
  all.insert(Choice(count, true));
  Choice first(count, false);
  Choice last(count, false);
  for (size_t i = 0; i < count; ++i) {
    Choice one(count, false);
    one[i] = true;
    all.insert(one);
    one.flip();
    all.insert(one);
    first[i] = true;
    all.insert(first);
    last[count - 1 - i] = true;
    all.insert(last);
  }
  SeededRandom random(seed);
  for (int i = 0; i < kRandomChoices; ++i) {
    Choice any(count, false);
    for (size_t k = 0; k < count; ++k) any[k] = random.below(2) == 1;
    all.insert(any);
  }
  return all;
}

void show_images(const State& state, size_t at, uint64_t seed, const Visit& visit) {
  size_t open = size_t(std::count(state.fixed.begin(), state.fixed.end(), false));
  for (const Choice& kept : choices(open, seed + at)) {
    CrashImage image{state.base, state.acknowledged, at};
    size_t next = 0;
    for (size_t i = 0; i < state.rest.size(); ++i) {
      if (state.fixed[i] || kept[next++]) image.disk.apply(state.rest[i]);
    }
    visit(image);
  }
}

bool is_cut_point(Kind kind) { return !is_name_change(kind) && !is_content_change(kind); }

}  // namespace

void Disk::apply(const Op& op) {
  switch (op.kind) {
    case Kind::create:
      names_[op.path] = op.file;
      break;
    case Kind::make_directory:
      directories_.insert(op.path);
      break;
    case Kind::rename:
      names_.erase(op.path);
      names_[op.target] = op.file;
      break;
    case Kind::unlink:
      names_.erase(op.path);
      break;
    case Kind::resize:
      contents_[op.file].resize(op.offset);
      break;
    case Kind::write: {
      std::string& content = contents_[op.file];
      content.resize(std::max<size_t>(content.size(), op.offset + op.bytes.size()));
      content.replace(op.offset, op.bytes.size(), op.bytes);
      break;
    }
    default:
      break;
  }
}

void Disk::write_to(const std::string& root) const {
  std::filesystem::remove_all(root);
  std::filesystem::create_directory(root);
  // Sorted: parents come first. What lies in a lost directory is lost with it.
  for (const std::string& path : directories_) {
    if (!std::filesystem::exists(root + "/" + parent_of(path))) continue;
    std::filesystem::create_directory(root + "/" + path);
  }
  for (const auto& [path, file] : names_) {
    if (!std::filesystem::exists(root + "/" + parent_of(path))) continue;
    std::ofstream out(root + "/" + path, std::ios::binary);
    auto content = contents_.find(file);
    if (content != contents_.end()) out << content->second;
    CHECK(bool(out.flush()));
  }
}

uint64_t Disk::hash() const {
  std::hash<std::string> hash;
  uint64_t sum = 0;
  auto add = [&](const std::string& part) { sum = (sum ^ hash(part)) * 0x9e3779b97f4a7c15U + 1; };
  for (const std::string& path : directories_) add(path);
  for (const auto& [path, file] : names_) {
    add(path);
    auto content = contents_.find(file);
    add(content == contents_.end() ? "" : content->second);
  }
  return sum;
}

void cut_at(const std::vector<Op>& ops, size_t at, uint64_t seed, const Visit& visit) {
  State state;
  for (size_t i = 0; i < at; ++i) state.step(ops[i]);
  show_images(state, at, seed, visit);
}

void cut_everywhere(const std::vector<Op>& ops, uint64_t seed, const Visit& visit) {
  State state;
  for (size_t i = 0; i < ops.size(); ++i) {
    bool was_acknowledged = i > 0 && ops[i - 1].kind == Kind::acknowledge;
    if (is_cut_point(ops[i].kind) || was_acknowledged) show_images(state, i, seed, visit);
    state.step(ops[i]);
  }
  show_images(state, ops.size(), seed, visit);
}

}  // namespace jieban::crash
