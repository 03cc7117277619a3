// JSON text to Value. Strict RFC 8259: UTF-8, the whole input, no duplicate names, no lone
// surrogates; bounded in size, depth and nodes, since the text may come from a hostile peer.
//
// It reads what json_writer.h writes: {"$bytes": ...} as bytes, a name that begins with `$$` as
// one with a `$` less. Integers from -2^63 to 2^64-1 stay exact; those beyond become doubles.
//
// Errors: INVALID_ARGUMENT, "items[3]: a reason" (the path of the value, where one is known), or
// OUT_OF_RANGE for a limit, naming it.
#pragma once

#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "runtime/value/json_limits.h"
#include "runtime/value/value.h"

namespace ipc {

// Reads text that carries its bytes itself, as {"$bytes":"<base64>"}: what ToJson() writes. Any
// other name with a single `$` in front stays as it is.
absl::StatusOr<Value> ReadJson(std::string_view text, const JsonLimits& limits = {});

// Reads text from the wire, whose bytes are beside it: {"$bytes": i} is a copy of blobs[i]. The
// text must refer to each blob exactly once, so a peer never gets more copied than it sent. All
// other names with a single `$` in front are refused: they are kept for later. The blob that is
// `yielded`, if one is, is moved instead.
absl::StatusOr<Value> ReadJsonWithBlobs(std::string_view text,
                                        absl::Span<const absl::Span<const uint8_t>> blobs,
                                        const JsonLimits& limits = {}, Bytes* yielded = nullptr);

}  // namespace ipc
