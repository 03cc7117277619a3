// What the two sides say before any pipe runs: Hello from the renderer, Welcome from main. The
// messages Hello and Welcome of idl/wire.proto document each field.
//
// Threads     Values.
// Errors      INVALID_ARGUMENT, naming the field that breaks a rule.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "runtime/base/ids.h"
#include "runtime/wire/schema_digest.h"

namespace ipc {

inline constexpr uint32_t kProtocolVersion = 1;

// A transport, as it is named on the wire. A newer peer may offer numbers that have no name here.
enum class PipeKind : uint32_t { kUnspecified = 0, kGrpc = 1, kSharedMemory = 2 };

struct Hello {
  uint32_t version = kProtocolVersion;
  std::string role;   // UTF-8
  std::string token;  // any bytes
  std::vector<SchemaDigest> schemas;
  std::vector<PipeKind> pipes;  // best first

  friend bool operator==(const Hello&, const Hello&) = default;
};

struct Welcome {
  uint32_t version = kProtocolVersion;
  absl::Status status;  // not OK: refused, and main closes the socket
  PipeKind pipe = PipeKind::kUnspecified;
  WebContentsId web_contents_id;
  WebContentsId embedder_id;  // of a guest

  friend bool operator==(const Welcome&, const Welcome&) = default;
};

std::string EncodeHello(const Hello& hello);
absl::StatusOr<Hello> DecodeHello(absl::Span<const uint8_t> bytes);

std::string EncodeWelcome(const Welcome& welcome);
absl::StatusOr<Welcome> DecodeWelcome(absl::Span<const uint8_t> bytes);

// Errors: FAILED_PRECONDITION, naming both versions, unless they are the same.
absl::Status CheckVersions(uint32_t renderer, uint32_t main);

}  // namespace ipc
