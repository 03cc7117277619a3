// Typed messages to and from the bytes and the JSON that travel: what the rest of the runtime and
// generated stubs call. A message is a generated struct or union, or a Result.
//
// Threads     All functions are pure: any thread.
// Errors      Everything from a peer is INVALID_ARGUMENT, with the path: "note.title: not UTF-8",
//             "args[0].title: expected string, got number". TryDecode() also says which
//             DecodeError it was.
// Build       Who calls these for a type includes define.h too, unless the type's generated .cc
//             instantiates its codec and only Encode, Decode, ToJsonValue and FromJsonValue are
//             needed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "runtime/async/result.h"
#include "runtime/codec/declare.h"
#include "runtime/codec/decode_problem.h"
#include "runtime/codec/internal/blank.h"
#include "runtime/codec/large_run.h"
#include "runtime/codec/value_reader.h"
#include "runtime/codec/wire_reader.h"
#include "runtime/codec/wire_writer.h"
#include "runtime/value/args.h"
#include "runtime/value/value.h"

namespace ipc {

// Defined in define.h.
template <typename T>
struct ArgsCodec;
template <typename T>
struct ResponseCodec;

// ---- The wire.

template <typename T>
size_t EncodedSize(const T& message) {
  return Codec<T>::Size(message);
}

// Fills `room`, whose size is EncodedSize(message).
template <typename T>
void EncodeTo(const T& message, absl::Span<uint8_t> room) {
  Codec<T>::Write(message, WireWriter(room)).Finish();
}

// The same, but for the largest run of bytes in it: see large_run.h.
template <typename T>
LargeRun EncodeAround(const T& message, absl::Span<uint8_t> room) {
  const LargeRunFinder finder(room);
  EncodeTo(message, room);
  return finder.found();
}

template <typename T>
std::string Encode(const T& message) {
  std::string bytes(EncodedSize(message), '\0');
  EncodeTo(message, absl::MakeSpan(reinterpret_cast<uint8_t*>(bytes.data()), bytes.size()));
  return bytes;
}

namespace internal {

// False, after it has given the reader and its problem to `failed`, when the bytes are no T;
// `message` is then of no use.
template <typename T, typename F>
bool ReadWhole(const PartedBytes& bytes, T& message, const DecodeLimits& limits, F failed) {
  WireReader in(bytes, limits);
  const bool is_read = Codec<T>::Read(in, message);
  if (in.has_missed_run()) [[unlikely]] {
    message = *Blank<T>::Make();
    const std::vector<uint8_t> whole = bytes.Joined();
    return ReadWhole(PartedBytes(whole), message, limits, failed);
  }
  if (!is_read) [[unlikely]]
    failed(in);
  return is_read;
}

}  // namespace internal

// False, and why in `problem`, when the bytes are no T. `message` is then of no use.
template <typename T>
bool TryDecode(const PartedBytes& bytes, T& message, DecodeProblem& problem,
               const DecodeLimits& limits = {}) {
  return internal::ReadWhole(bytes, message, limits,
                             [&](WireReader& in) { problem = in.TakeProblem(); });
}

template <typename T>
absl::StatusOr<T> Decode(const PartedBytes& bytes, const DecodeLimits& limits = {}) {
  absl::StatusOr<T> message = internal::Blank<T>::Make();
  internal::ReadWhole(bytes, *message, limits,
                      [&](WireReader& in) { message = in.TakeProblem().ToStatus(); });
  return message;
}

// What a call was answered with; the path of an error begins with "answer".
template <typename Response>
absl::StatusOr<Response> DecodeResponse(const PartedBytes& bytes) {
  absl::StatusOr<Response> response = internal::Blank<Response>::Make();
  internal::ReadWhole(bytes, *response, DecodeLimits(), [&](WireReader& in) {
    in.InField("answer");
    response = in.TakeProblem().ToStatus();
  });
  return response;
}

// ---- JSON of a typed value.

// As an argument of an untyped channel: Send("note", ToJsonValue(note)).
template <typename T>
Value ToJsonValue(const T& message) {
  return Codec<T>::ToValue(message);
}

// And back: FromJsonValue<Note>(args[0], "args[0]"). `root` is what the path of an error begins
// with.
template <typename T>
absl::StatusOr<T> FromJsonValue(const Value& json, std::string_view root) {
  absl::StatusOr<T> message = internal::Blank<T>::Make();
  ValueReader in;
  if (!Codec<T>::FromValue(json, *message, in)) {
    in.InField(root);
    message = in.TakeProblem().ToStatus();
  }
  return message;
}

// The parameters of a channel are positional. Parameters that may be null may be left out at the
// end; any other number than declared is an error.
template <typename Params>
Args ParamsToArgs(const Params& params) {
  return ArgsCodec<Params>::ToArgs(params);
}
template <typename Params>
absl::StatusOr<Params> ArgsToParams(const Args& args) {
  return ArgsCodec<Params>::FromArgs(args);
}

// A response `()` is null, one of one value that value, others an object. Of a Result it is the
// answer's value; ask ok() before.
template <typename Response>
Value ResponseToValue(const Response& response) {
  return ResponseCodec<Response>::ToValue(response);
}
template <typename Response>
absl::StatusOr<Response> ValueToResponse(const Value& json) {
  return ResponseCodec<Response>::FromValue(json);
}

// The typed error in a Result, for who answers: `result.ok()` is false.
template <typename T, typename E>
Value ErrorToValue(const Result<T, E>& result) {
  return ResponseCodec<Result<T, E>>::ErrorToValue(result);
}
// And for who called, from the data that came with the error.
template <typename R>
absl::StatusOr<R> ValueToError(const Value& json) {
  return ResponseCodec<R>::ErrorFromValue(json);
}

}  // namespace ipc
