#include "tests/conformance/filler.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <cmath>
#include <limits>
#include <set>
#include <vector>

#include "runtime/value/json_writer.h"

namespace ipc {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::OneofDescriptor;

constexpr int kMaxDepth = 4;  // deeper, only what has to be there

bool IsMessage(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

// Of a map whose keys proto3's map cannot have: real and enum keys, in their order.
bool IsListOfEntries(const FieldDescriptor& field) {
  if (!IsMessage(field) || !field.is_repeated()) return false;
  const google::protobuf::Descriptor& entry = *field.message_type();
  return entry.field_count() == 2 && entry.field(0)->name() == "key" &&
         entry.field(1)->name() == "value";
}

bool IsInMap(const FieldDescriptor& field) {
  return field.containing_type()->options().map_entry();
}

// Values that a receiver accepts: all but the zero that only proto3 asked for.
std::vector<int> ValuesOf(const google::protobuf::EnumDescriptor& type) {
  std::vector<int> numbers;
  for (int i = 0; i < type.value_count(); ++i) {
    const EnumValueDescriptor& value = *type.value(i);
    if (value.name().find("_UNSPECIFIED") == std::string::npos) numbers.push_back(value.number());
  }
  return numbers;
}

}  // namespace

void Filler::Fill(Message& message, int depth) {
  const google::protobuf::Descriptor& type = *message.GetDescriptor();
  for (int i = 0; i < type.real_oneof_decl_count(); ++i) {
    FillOneof(message, *type.oneof_decl(i), depth);
  }
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->real_containing_oneof() == nullptr)
      FillField(message, *type.field(i), depth);
  }
}

void Filler::FillOneof(Message& message, const OneofDescriptor& oneof, int depth) {
  const int64_t last = oneof.field_count() - 1;
  const bool stop = depth >= kMaxDepth && !IsMessage(*oneof.field(0));
  const FieldDescriptor& field =
      *oneof.field(static_cast<int>(stop ? 0 : RandomInRange(random_, 0, last)));
  Set(message, field, RulesOf(field).value, depth);
}

void Filler::FillField(Message& message, const Field& field, int depth) {
  const FieldRules& rules = RulesOf(field);
  if (field.is_map() || IsListOfEntries(field)) return FillMap(message, field, rules, depth);
  if (field.is_repeated()) {
    for (int64_t n = Count(field, rules, depth); n > 0; --n)
      Add(message, field, rules.value, depth);
    return;
  }
  const bool may_be_absent = field.has_optional_keyword() && !rules.has_default;
  const bool is_too_deep = depth >= kMaxDepth && IsMessage(field);
  if (may_be_absent && (is_too_deep || RandomBool(random_))) return;
  Set(message, field, rules.value, depth);
}

int64_t Filler::Count(const Field& field, const FieldRules& rules, int depth) {
  if (rules.count) return *rules.count;
  return depth >= kMaxDepth && IsMessage(field) ? 0 : RandomInRange(random_, 0, 3);
}

// Of two entries with one key, a proto map keeps the last; a list of entries must have no two.
void Filler::FillMap(Message& message, const Field& field, const FieldRules& rules, int depth) {
  const FieldDescriptor& key = *field.message_type()->field(0);
  std::set<double> keys;  // which holds every float and every number of an enum
  for (int64_t n = Count(field, rules, depth); n > 0; --n) {
    double number = static_cast<double>(n);
    if (key.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      number = EnumValue(key);
    } else if (!field.is_map()) {
      number = static_cast<float>(RandomDouble(random_));
    }
    if (!std::isnan(number)) keys.insert(number == 0 ? 0 : number);
  }
  for (double number : keys) {
    Message& entry = *message.GetReflection()->AddMessage(&message, &field);
    const google::protobuf::Reflection& reflection = *entry.GetReflection();
    if (key.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      reflection.SetEnumValue(&entry, &key, static_cast<int>(number));
    } else if (key.cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE) {
      reflection.SetDouble(&entry, &key, number);
    } else if (key.cpp_type() == FieldDescriptor::CPPTYPE_FLOAT) {
      reflection.SetFloat(&entry, &key, static_cast<float>(number));
    } else {
      Set(entry, key, field.is_map() ? rules.key : RulesOf(key).value, depth + 1);
    }
    const FieldDescriptor& value = *field.message_type()->field(1);
    Set(entry, value, field.is_map() ? rules.value : RulesOf(value).value, depth + 1);
  }
}

void Filler::Set(Message& message, const Field& field, const ValueRules& rules, int depth) {
  using Limits32 = std::numeric_limits<int32_t>;
  const google::protobuf::Reflection& to = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return to.SetBool(&message, &field, RandomBool(random_));
    case FieldDescriptor::CPPTYPE_INT32:
      return to.SetInt32(&message, &field,
                         static_cast<int32_t>(Integer(rules, Limits32::min(), Limits32::max())));
    case FieldDescriptor::CPPTYPE_UINT32:
      return to.SetUInt32(
          &message, &field,
          static_cast<uint32_t>(Integer(rules, 0, std::numeric_limits<uint32_t>::max())));
    case FieldDescriptor::CPPTYPE_INT64:
      return to.SetInt64(&message, &field, static_cast<int64_t>(RandomBits(random_)));
    case FieldDescriptor::CPPTYPE_UINT64:
      return to.SetUInt64(&message, &field, RandomBits(random_));
    case FieldDescriptor::CPPTYPE_FLOAT:
      return to.SetFloat(&message, &field, static_cast<float>(RandomDouble(random_)));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return to.SetDouble(&message, &field, RandomDouble(random_));
    case FieldDescriptor::CPPTYPE_ENUM:
      return to.SetEnumValue(&message, &field, EnumValue(field));
    case FieldDescriptor::CPPTYPE_STRING:
      return to.SetString(&message, &field, String(field, rules));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Fill(*to.MutableMessage(&message, &field), depth + 1);
  }
}

void Filler::Add(Message& message, const Field& field, const ValueRules& rules, int depth) {
  using Limits32 = std::numeric_limits<int32_t>;
  const google::protobuf::Reflection& to = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return to.AddBool(&message, &field, RandomBool(random_));
    case FieldDescriptor::CPPTYPE_INT32:
      return to.AddInt32(&message, &field,
                         static_cast<int32_t>(Integer(rules, Limits32::min(), Limits32::max())));
    case FieldDescriptor::CPPTYPE_UINT32:
      return to.AddUInt32(
          &message, &field,
          static_cast<uint32_t>(Integer(rules, 0, std::numeric_limits<uint32_t>::max())));
    case FieldDescriptor::CPPTYPE_INT64:
      return to.AddInt64(&message, &field, static_cast<int64_t>(RandomBits(random_)));
    case FieldDescriptor::CPPTYPE_UINT64:
      return to.AddUInt64(&message, &field, RandomBits(random_));
    case FieldDescriptor::CPPTYPE_FLOAT:
      return to.AddFloat(&message, &field, static_cast<float>(RandomDouble(random_)));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return to.AddDouble(&message, &field, RandomDouble(random_));
    case FieldDescriptor::CPPTYPE_ENUM:
      return to.AddEnumValue(&message, &field, EnumValue(field));
    case FieldDescriptor::CPPTYPE_STRING:
      return to.AddString(&message, &field, String(field, rules));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Fill(*to.AddMessage(&message, &field), depth + 1);
  }
}

const FieldRules& Filler::RulesOf(const Field& field) const { return rules_.Of(field.full_name()); }

std::string Filler::String(const Field& field, const ValueRules& rules) {
  if (rules.is_json) {
    const std::string json = ToJson(RandomValue(random_, 3));
    // As every zero that nothing asks for, null is not written.
    const bool is_asked_for = field.has_presence() || field.is_repeated() || IsInMap(field);
    return json == "null" && !is_asked_for ? "" : json;
  }
  if (field.type() == FieldDescriptor::TYPE_STRING) return RandomText(random_);
  return RandomBytes(random_, rules.bytes.value_or(RandomInRange(random_, 0, 9)));
}

int64_t Filler::Integer(const ValueRules& rules, int64_t from, int64_t to) {
  if (rules.range) {
    from = rules.range->first;
    to = rules.range->second;
  }
  switch (RandomInRange(random_, 0, 4)) {
    case 0:
      return from;
    case 1:
      return to;
    case 2:
      return 0;
    case 3:
      return RandomInRange(random_, from / 64, to / 64);
    default:
      return RandomInRange(random_, from, to);
  }
}

int Filler::EnumValue(const Field& field) {
  const std::vector<int> values = ValuesOf(*field.enum_type());
  return values[static_cast<size_t>(
      RandomInRange(random_, 0, static_cast<int64_t>(values.size()) - 1))];
}

}  // namespace ipc
