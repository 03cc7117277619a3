// The subjects of `bench`, a row or a few from each file of this folder.
#pragma once

#include <vector>

#include "tests/bench/harness/subject.h"

namespace bench {

Subject LimitRing();
Subject LimitChunked();
Subject UnixSocket();
Subject NamedPipe();
Subject GrpcUnary();
Subject GrpcUnaryCallback();
Subject GrpcBidi();
Subject GrpcBidiHop();
// One for each pipe and each way to call.
std::vector<Subject> Ours();

}  // namespace bench
