#include "runtime/value/value.h"

#include <ostream>

#include "runtime/value/json_writer.h"

namespace ipc {
namespace {

constexpr double kTwoTo63 = 9223372036854775808.0;
constexpr double kTwoTo64 = 18446744073709551616.0;

// What an accessor answers for a value of another kind. Never destroyed: values may outlive main().
template <typename T>
const T& Empty() {
  static const T* const empty = new T();
  return *empty;
}

template <typename T>
const T& GetOrEmpty(const auto& data) {
  const T* value = std::get_if<T>(&data);
  return value == nullptr ? Empty<T>() : *value;
}

template <typename T>
T TakeOrEmpty(auto& data) {
  T* value = std::get_if<T>(&data);
  return value == nullptr ? T() : std::move(*value);
}

// Both accept -0.0, which is equal to 0, and refuse NaN, which fails every comparison.
bool FitsInt64(double value) {
  return value >= -kTwoTo63 && value < kTwoTo63 &&
         static_cast<double>(static_cast<int64_t>(value)) == value;
}
bool FitsUint64(double value) {
  return value >= 0 && value < kTwoTo64 &&
         static_cast<double>(static_cast<uint64_t>(value)) == value;
}

}  // namespace

Value::Value(uint64_t value, Unsigned) {
  if (value <= static_cast<uint64_t>(INT64_MAX)) {
    data_ = static_cast<int64_t>(value);
  } else {
    data_ = value;
  }
}

bool Value::is_number() const {
  return kind() == Kind::kInteger || kind() == Kind::kUnsigned || kind() == Kind::kDouble;
}

bool Value::is_int64() const {
  const double* number = std::get_if<double>(&data_);
  return number == nullptr ? kind() == Kind::kInteger : FitsInt64(*number);
}

bool Value::is_uint64() const {
  if (const int64_t* integer = std::get_if<int64_t>(&data_)) return *integer >= 0;
  const double* number = std::get_if<double>(&data_);
  return number == nullptr ? kind() == Kind::kUnsigned : FitsUint64(*number);
}

bool Value::boolean() const { return GetOrEmpty<bool>(data_); }

int64_t Value::int64() const {
  if (!is_int64()) return 0;
  const double* number = std::get_if<double>(&data_);
  return number == nullptr ? std::get<int64_t>(data_) : static_cast<int64_t>(*number);
}

uint64_t Value::uint64() const {
  if (!is_uint64()) return 0;
  if (const int64_t* integer = std::get_if<int64_t>(&data_)) {
    return static_cast<uint64_t>(*integer);
  }
  const double* number = std::get_if<double>(&data_);
  return number == nullptr ? std::get<uint64_t>(data_) : static_cast<uint64_t>(*number);
}

double Value::number() const {
  if (const int64_t* integer = std::get_if<int64_t>(&data_)) return static_cast<double>(*integer);
  if (const uint64_t* integer = std::get_if<uint64_t>(&data_)) return static_cast<double>(*integer);
  return GetOrEmpty<double>(data_);
}

const std::string& Value::string() const { return GetOrEmpty<std::string>(data_); }
const Bytes& Value::bytes() const { return GetOrEmpty<Bytes>(data_); }
const Array& Value::array() const { return GetOrEmpty<Array>(data_); }
const Object& Value::object() const { return GetOrEmpty<Object>(data_); }

const Value& Value::operator[](size_t index) const {
  const Array& elements = array();
  return index < elements.size() ? elements[index] : Empty<Value>();
}

std::string Value::TakeString() && { return TakeOrEmpty<std::string>(data_); }
Bytes Value::TakeBytes() && { return TakeOrEmpty<Bytes>(data_); }
Array Value::TakeArray() && { return TakeOrEmpty<Array>(data_); }
Object Value::TakeObject() && { return TakeOrEmpty<Object>(data_); }

bool operator==(const Value& a, const Value& b) {
  if (!a.is_number() || a.kind() == b.kind()) return a.data_ == b.data_;
  // Numbers of two kinds: one of them is an integer, and only what is exactly an integer equals it.
  if (a.is_int64()) return b.is_int64() && a.int64() == b.int64();
  return a.is_uint64() && b.is_uint64() && a.uint64() == b.uint64();
}

std::ostream& operator<<(std::ostream& out, const Value& value) { return out << ToJson(value); }

std::string_view KindName(Value::Kind kind) {
  switch (kind) {
    case Value::Kind::kNull:
      return "null";
    case Value::Kind::kBool:
      return "boolean";
    case Value::Kind::kInteger:
    case Value::Kind::kUnsigned:
    case Value::Kind::kDouble:
      return "number";
    case Value::Kind::kString:
      return "string";
    case Value::Kind::kBytes:
      return "bytes";
    case Value::Kind::kArray:
      return "array";
    case Value::Kind::kObject:
      return "object";
  }
  return "unknown";
}

}  // namespace ipc
