// Value to JSON text: no white space, members in order, the shortest doubles that read back the
// same, NaN and infinities as null.
//
// JSON has no notation for bytes: {"$bytes": ...} stands for them. A member name that begins with
// `$` gets one more `$`, so that nobody's data is taken for ours.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "runtime/value/args.h"
#include "runtime/value/json_limits.h"
#include "runtime/value/value.h"

namespace ipc {

// For the wire, where bytes travel beside the text: appends `value` to `text`, and each Bytes in
// it to `blobs` (pointing into `value`), for which the text says {"$bytes":<index in blobs>}.
//
// Errors: INVALID_ARGUMENT, "An object could not be cloned. (items[3] nests deeper than 64)", or
// "... (items[3] is not UTF-8)" for a string or member name that no peer would accept; OUT_OF_RANGE
// for the other limits. What was appended by then is of no use.
absl::Status WriteJson(const Value& value, const JsonLimits& limits, std::string* text,
                       std::vector<const Bytes*>* blobs);

// The same for the array of a message's arguments; paths begin with `args`: "args[1].items[3]".
absl::Status WriteJson(const Args& args, const JsonLimits& limits, std::string* text,
                       std::vector<const Bytes*>* blobs);

// For people, logs and a typed `any`: bytes as {"$bytes":"<base64>"}. Never fails: what is not
// UTF-8 becomes U+FFFD, what nests deeper than 512 becomes null.
std::string ToJson(const Value& value);

}  // namespace ipc
