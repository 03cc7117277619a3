// The fixture of the contract tests: a pipe over each transport. Every transport passes all of them
// unchanged: when one fails on a single transport, that transport is wrong, not the test.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "runtime/transport/inproc/inproc_pipe.h"
#include "runtime/wire/limits.h"
#include "tests/unit/transport/pipe_harness.h"

namespace ipc::testing {

struct Transport {
  std::string name;
  Sequence::Kind kind;  // whether the two ends have a thread each
  std::function<InprocPipePair(Sequence& left, Sequence& right, const Limits&)> connect;
};

inline void PrintTo(const Transport& transport, std::ostream* out) { *out << transport.name; }

std::vector<Transport> AllTransports();

class PipeTest : public ::testing::TestWithParam<Transport> {
 protected:
  void Connect(const Limits& limits = {}) {
    auto left_sequence = std::make_shared<Sequence>(GetParam().kind);
    auto right_sequence = left_sequence;
    if (has_two_threads()) right_sequence = std::make_shared<Sequence>(GetParam().kind);
    InprocPipePair pipes = GetParam().connect(*left_sequence, *right_sequence, limits);
    left_ = std::make_unique<End>(left_sequence);
    right_ = std::make_unique<End>(right_sequence);
    left_->pipe = std::move(pipes.left);
    right_->pipe = std::move(pipes.right);
  }
  void ConnectAndStart(const Limits& limits = {}) {
    Connect(limits);
    left_->Start();
    right_->Start();
  }

  // Has the left end act while the right one's sequence is busy with the test.
  void OnTheLeft(std::function<void()> action) {
    if (!has_two_threads()) return action();
    left().sequence().runner()->Post(std::move(action));
  }

  bool has_two_threads() const { return GetParam().kind == Sequence::Kind::kOwnThread; }
  End& left() { return *left_; }
  End& right() { return *right_; }

  std::unique_ptr<End> left_;
  std::unique_ptr<End> right_;
};

// For INSTANTIATE_TEST_SUITE_P.
inline std::string NameOf(const ::testing::TestParamInfo<Transport>& info) {
  return info.param.name;
}

}  // namespace ipc::testing
