// What a message has to keep to that proto3 cannot say: the words behind its fields in the .proto
// file, as the generator prints them for people. A filler that follows them proves them right.
//
//   uint32 rank = 2;             // 0 to 255
//   repeated int32 triple = 8;   // exactly 3
//   map<int32, bytes> x = 3;     // keys -128 to 127, values JSON text
#pragma once

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace ipc {

// Of one value.
struct ValueRules {
  std::optional<std::pair<int64_t, int64_t>> range;
  std::optional<int64_t> bytes;
  bool is_json = false;
};

struct FieldRules {
  ValueRules value;  // of each element, of a map's values
  ValueRules key;
  std::optional<int64_t> count;
  bool has_default = false;  // is written always
};

FieldRules ParseRules(const std::string& words);

// The rules of all fields of some .proto files, by the field's full name.
class RuleBook {
 public:
  // Reads what protoc --include_source_info wrote. Throws std::runtime_error when it cannot.
  explicit RuleBook(const std::string& descriptor_set);

  // Of a field that was not read: no rules.
  const FieldRules& Of(const std::string& full_name) const;

 private:
  void Add(const google::protobuf::Descriptor& message);

  std::map<std::string, FieldRules> rules_;
};

}  // namespace ipc
