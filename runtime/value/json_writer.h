// Value to JSON text: no white space, keys in order, shortest doubles that read back the same,
// NaN and infinities as null.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "runtime/value/value.h"

namespace ipc {

// What to do with bytes, for which JSON has no notation.
struct BytesAsBase64 {};  // {"$bytes":"<base64>"}: for people and logs

// Appends `value` to `text`. Each Bytes found is appended to `blobs` (pointing into `value`) and
// written as {"$bytes": its index}; a member name that begins with `$` gets one more `$`.
// Errors: INVALID_ARGUMENT, "An object could not be cloned." and the path, when it nests deeper
// than `max_depth`.
absl::Status WriteJson(const Value& value, size_t max_depth, std::string* text,
                       std::vector<const Bytes*>* blobs);

std::string ToJson(const Value& value, BytesAsBase64 = {});

}  // namespace ipc
