#include "runtime/value/json_reader.h"

#include <simdjson.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "runtime/base/strings.h"
#include "runtime/value/base64.h"
#include "runtime/value/internal/big_integers.h"
#include "runtime/value/internal/json_depth.h"
#include "runtime/value/internal/json_path.h"

namespace ipc {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;
using Blobs = absl::Span<const absl::Span<const uint8_t>>;

constexpr std::string_view kBytesName = "$bytes";

// A parser keeps the memory of the largest text it has read. Each thread keeps one for the usual
// texts; a larger one gets a parser of its own, whose memory goes with it.
constexpr size_t kUsualBytes = 256 << 10;

std::string_view Reason(simdjson::error_code error) {
  switch (error) {
    case simdjson::EMPTY:
      return "no JSON at all";
    case simdjson::UTF8_ERROR:
      return "not UTF-8";
    case simdjson::STRING_ERROR:
      return "a string with a bad escape or a lone surrogate";
    case simdjson::UNCLOSED_STRING:
      return "a string without an end";
    case simdjson::UNESCAPED_CHARS:
      return "a string with a control character that is not escaped";
    case simdjson::NUMBER_ERROR:
      return "a malformed number, or one that no double holds";
    default:
      return "not JSON";
  }
}

// Turns simdjson's document into a Value, counting what that costs.
class Reader {
 public:
  Reader(const JsonLimits& limits, const Blobs* blobs, Bytes* yielded)
      : limits_(limits),
        max_depth_(std::min(limits.max_depth, internal::kDeepestJson)),
        yielded_(yielded),
        blobs_(blobs),
        is_blob_taken_(blobs == nullptr ? 0 : blobs->size()) {}

  absl::StatusOr<Value> Read(element root);
  absl::Status TooDeep() const {
    return absl::OutOfRangeError(absl::StrCat("nested deeper than ", max_depth_));
  }

 private:
  // False once something is wrong; each level then adds its step to path_.
  bool ReadValue(element from, size_t depth, Value* to);
  bool ReadArray(simdjson::dom::array from, size_t depth, Value* to);
  bool ReadObject(simdjson::dom::object from, size_t depth, Value* to);
  bool ReadName(std::string_view from, std::string* to);
  bool ReadBytes(element from, Value* to);
  bool ReadBlob(element from, Value* to);

  // Counts values before there is memory for them.
  bool Spend(size_t nodes);
  bool Fail(absl::Status error);
  bool Fail(std::string_view reason) { return Fail(absl::InvalidArgumentError(ToAbsl(reason))); }

  const JsonLimits& limits_;
  const size_t max_depth_;
  Bytes* const yielded_;
  const Blobs* const blobs_;  // null: bytes are in the text
  std::vector<bool> is_blob_taken_;
  size_t taken_blobs_ = 0;
  size_t nodes_ = 0;
  absl::Status error_;
  internal::JsonPath path_;
};

absl::StatusOr<Value> Reader::Read(element root) {
  Value value;
  if (!Spend(1) || !ReadValue(root, 0, &value)) {
    const std::string path = path_.Below("");
    if (path.empty()) return error_;
    return absl::Status(error_.code(), absl::StrCat(path, ": ", error_.message()));
  }
  if (taken_blobs_ != is_blob_taken_.size()) {
    return absl::InvalidArgumentError("bytes that the text does not refer to");
  }
  return value;
}

bool Reader::ReadValue(element from, size_t depth, Value* to) {
  switch (from.type()) {
    case element_type::NULL_VALUE:
      return true;
    case element_type::BOOL:
      *to = from.get_bool().value_unsafe();
      return true;
    case element_type::INT64:
      *to = from.get_int64().value_unsafe();
      return true;
    case element_type::UINT64:
      *to = from.get_uint64().value_unsafe();
      return true;
    case element_type::DOUBLE:
      *to = from.get_double().value_unsafe();
      return true;
    case element_type::STRING:
      *to = from.get_string().value_unsafe();
      return true;
    case element_type::ARRAY:
      return ReadArray(from.get_array().value_unsafe(), depth, to);
    case element_type::OBJECT:
      return ReadObject(from.get_object().value_unsafe(), depth, to);
  }
  return Fail("not JSON");
}

bool Reader::ReadArray(simdjson::dom::array from, size_t depth, Value* to) {
  if (depth >= max_depth_) return Fail(TooDeep());
  if (!Spend(from.size())) return false;
  Array elements;
  elements.reserve(from.size());
  for (const element child : from) {
    if (!ReadValue(child, depth + 1, &elements.emplace_back())) {
      path_.PrependIndex(elements.size() - 1);
      return false;
    }
  }
  *to = std::move(elements);
  return true;
}

bool Reader::ReadObject(simdjson::dom::object from, size_t depth, Value* to) {
  if (depth >= max_depth_) return Fail(TooDeep());
  if (from.size() == 1 && (*from.begin()).key == kBytesName) {
    return ReadBytes((*from.begin()).value, to);
  }
  if (!Spend(from.size())) return false;
  Object object;
  object.Reserve(from.size());
  for (const auto member : from) {
    std::string name;
    if (!ReadName(member.key, &name)) return false;
    if (!ReadValue(member.value, depth + 1, &object.Append(std::move(name), Value()))) {
      path_.PrependName(member.key);
      return false;
    }
  }
  if (const std::string* twice = object.FindDuplicate()) {
    path_.PrependName(*twice);
    return Fail("a name that is there already");
  }
  *to = std::move(object);
  return true;
}

bool Reader::ReadName(std::string_view from, std::string* to) {
  const bool is_escaped = from.starts_with("$$");
  const bool is_reserved = from == kBytesName || (blobs_ != nullptr && from.starts_with('$'));
  if (is_reserved && !is_escaped) {
    path_.PrependName(from);
    return Fail("a name that begins with `$` is written with one more `$`");
  }
  *to = from.substr(is_escaped ? 1 : 0);
  return true;
}

bool Reader::ReadBytes(element from, Value* to) {
  if (blobs_ != nullptr) return ReadBlob(from, to);
  std::optional<Bytes> bytes;
  if (from.is_string()) bytes = FromBase64(from.get_string().value_unsafe());
  if (!bytes) return Fail("`$bytes` is not base64");
  *to = *std::move(bytes);
  return true;
}

bool Reader::ReadBlob(element from, Value* to) {
  uint64_t index = 0;
  if (from.get_uint64().get(index) != simdjson::SUCCESS || index >= blobs_->size()) {
    return Fail("`$bytes` refers to no bytes");
  }
  if (is_blob_taken_[index]) return Fail("`$bytes` refers to bytes that have their place already");
  is_blob_taken_[index] = true;
  ++taken_blobs_;
  const auto& blob = (*blobs_)[index];
  const bool is_yielded = yielded_ != nullptr && blob.data() == yielded_->data();
  *to = is_yielded ? std::move(*yielded_) : Bytes(blob.begin(), blob.end());
  return true;
}

bool Reader::Spend(size_t nodes) {
  nodes_ += nodes;
  if (nodes_ <= limits_.max_nodes) return true;
  return Fail(absl::OutOfRangeError(absl::StrCat("more than ", limits_.max_nodes, " values")));
}

bool Reader::Fail(absl::Status error) {
  error_ = std::move(error);
  return false;
}

absl::StatusOr<Value> Parse(simdjson::dom::parser& parser, std::string_view text,
                            const JsonLimits& limits, const Blobs* blobs, Bytes* yielded) {
  Reader reader(limits, blobs, yielded);
  element root;
  auto error = parser.parse(text.data(), text.size()).get(root);
  if (error == simdjson::NUMBER_ERROR) {
    // simdjson refuses integers beyond 64 bits, which are doubles to us.
    if (const auto rewritten = internal::BigIntegersAsDoubles(text)) {
      error = parser.parse(*rewritten).get(root);
    }
  }
  if (error == simdjson::SUCCESS) return reader.Read(root);
  if (error == simdjson::DEPTH_ERROR) return reader.TooDeep();
  if (error == simdjson::MEMALLOC) return absl::ResourceExhaustedError("out of memory");
  return absl::InvalidArgumentError(ToAbsl(Reason(error)));
}

absl::StatusOr<Value> Parse(std::string_view text, const JsonLimits& limits, const Blobs* blobs,
                            Bytes* yielded) {
  if (text.size() > limits.max_bytes) {
    return absl::OutOfRangeError(
        absl::StrCat(text.size(), " bytes of JSON text, the limit is ", limits.max_bytes));
  }
  // simdjson copies from the pointer, which is null for a frame without a payload.
  if (text.empty()) return absl::InvalidArgumentError(ToAbsl(Reason(simdjson::EMPTY)));
  if (text.size() > kUsualBytes) {
    simdjson::dom::parser parser;
    return Parse(parser, text, limits, blobs, yielded);
  }
  thread_local simdjson::dom::parser parser;
  return Parse(parser, text, limits, blobs, yielded);
}

}  // namespace

absl::StatusOr<Value> ReadJson(std::string_view text, const JsonLimits& limits) {
  return Parse(text, limits, nullptr, nullptr);
}

absl::StatusOr<Value> ReadJsonWithBlobs(std::string_view text, Blobs blobs,
                                        const JsonLimits& limits, Bytes* yielded) {
  return Parse(text, limits, &blobs, yielded);
}

}  // namespace ipc
