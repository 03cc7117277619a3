// What a frame carries: bytes of one of two kinds, written once into the room that a pipe gives.
#pragma once

#include <cstddef>
#include <cstdint>

#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"
#include "runtime/codec/large_run.h"
#include "runtime/codec/parted_bytes.h"

namespace ipc {

enum class PayloadKind : uint8_t {
  kNone = 0,
  kJson = 1,   // text, then blobs; see wire/json_envelope.h
  kTyped = 2,  // protobuf wire format of a message of the .ipc file
};

using BlobSizes = absl::InlinedVector<uint32_t, 1>;

// A received payload, still in the pipe's buffers.
struct PayloadView {
  PayloadKind kind = PayloadKind::kNone;
  PartedBytes bytes;
  absl::Span<const uint32_t> blob_sizes;  // JSON only

  // For the only one who reads it.
  PayloadView Yielded() const { return {kind, bytes.Yielded(), blob_sizes}; }
};

// A payload to send. It knows its size, and writes itself once, into room of that size.
//
// Ownership   Borrows the value it writes; used and gone within the call it is passed to.
class PayloadWriter {
 public:
  virtual ~PayloadWriter() = default;

  virtual PayloadKind kind() const = 0;
  virtual size_t size() const = 0;
  virtual void WriteTo(absl::Span<uint8_t> room) const = 0;  // room.size() == size()
  virtual absl::Span<const uint32_t> blob_sizes() const { return {}; }

  // The same as WriteTo(), but for the largest run of bytes of the value, if there is one of
  // kLeastLargeRun or more: it says where that lies, and leaves its room as it was. For a pipe that
  // has no use for all of the payload in one place.
  virtual LargeRun WriteAround(absl::Span<uint8_t> room) const {
    WriteTo(room);
    return {};
  }
};

// No payload at all.
class EmptyPayload final : public PayloadWriter {
 public:
  PayloadKind kind() const override { return PayloadKind::kNone; }
  size_t size() const override { return 0; }
  void WriteTo(absl::Span<uint8_t>) const override {}
};

// A payload that is bytes already: a frame passed on, an answer encoded on another thread.
class EncodedPayload final : public PayloadWriter {
 public:
  explicit EncodedPayload(const PayloadView& view) : view_(view) {}

  PayloadKind kind() const override { return view_.kind; }
  size_t size() const override { return view_.bytes.size(); }
  void WriteTo(absl::Span<uint8_t> room) const override { view_.bytes.CopyTo(room); }
  LargeRun WriteAround(absl::Span<uint8_t> room) const override;
  absl::Span<const uint32_t> blob_sizes() const override { return view_.blob_sizes; }

 private:
  PayloadView view_;
};

}  // namespace ipc
