// Fills protobuf messages with random values, through reflection: any message of any .proto that
// the generator prints.
//
// Ownership   Refers to the random engine and the rules, which outlive it.
// Threads     One.
#pragma once

#include <google/protobuf/message.h>

#include "tests/conformance/random_values.h"
#include "tests/conformance/rules.h"

namespace ipc {

class Filler {
 public:
  Filler(RandomEngine& random, const RuleBook& rules) : random_(random), rules_(rules) {}

  // `message` is empty before, and one that an .ipc type can hold after.
  void Fill(google::protobuf::Message& message) { Fill(message, 0); }

 private:
  using Field = google::protobuf::FieldDescriptor;
  using Message = google::protobuf::Message;

  void Fill(Message& message, int depth);
  void FillField(Message& message, const Field& field, int depth);
  void FillOneof(Message& message, const google::protobuf::OneofDescriptor& oneof, int depth);
  void FillMap(Message& message, const Field& field, const FieldRules& rules, int depth);
  void Set(Message& message, const Field& field, const ValueRules& rules, int depth);
  void Add(Message& message, const Field& field, const ValueRules& rules, int depth);

  const FieldRules& RulesOf(const Field& field) const;
  std::string String(const Field& field, const ValueRules& rules);
  int64_t Integer(const ValueRules& rules, int64_t from, int64_t to);
  int EnumValue(const Field& field);
  int64_t Count(const Field& field, const FieldRules& rules, int depth);

  RandomEngine& random_;
  const RuleBook& rules_;
};

}  // namespace ipc
