// The halves of the benchmarks that run in the other process; each returns when it is killed, or
// its socket is closed.
#pragma once

#include <cstddef>
#include <string>

namespace bench {

inline constexpr size_t kMessageBytes = 64;

void ServeUnixSocket();
void ServeGrpcUnary(const std::string& socket);
void ServeIpc(const std::string& socket);

}  // namespace bench
