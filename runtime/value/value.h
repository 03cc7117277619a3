// One JSON value: what an untyped channel carries, and what a typed `any` holds.
//
// The kinds are JSON's, plus bytes, which travel beside the text. An object keeps its keys in the
// order they were added. Integers from -2^63 to 2^64-1 are kept exactly; integer and double are one
// number to whoever reads: 1 == 1.0, and either accessor reads both when that is exact.
//
// Ownership   A value: copies are deep.
// Threads     As an int.
// Errors      Reading the wrong kind is safe: an accessor answers its type's zero, operator[] a
//             null Value, as JavaScript answers undefined. Ask is_x() where it matters.
// From        electron-contract "JSON values": JSON.stringify's rules for NaN and infinities
//             (written as null) apply when a Value is written, not when it is made.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace ipc {

class Value;

using Bytes = std::vector<uint8_t>;
using Array = std::vector<Value>;

// The members of an object, in the order they were added; at most one of a name.
class Object {
 public:
  using Member = std::pair<std::string, Value>;

  Object() = default;
  Object(std::initializer_list<Member> members);  // of two with one name, the last counts

  // The member, or null when there is none. Searches from the front.
  const Value* Find(std::string_view name) const;
  // The member, or a null Value.
  const Value& operator[](std::string_view name) const;
  // Replaces the member of that name where it stands, or adds one at the end.
  Value& Set(std::string name, Value value);
  // Adds a member whose name is known to be new: no search. For readers that have checked.
  Value& Append(std::string name, Value value);
  void Reserve(size_t size);

  // A name that two members have, after Append() of names not known to be new; else null.
  const std::string* FindDuplicate() const;

  size_t size() const;
  bool empty() const { return size() == 0; }
  std::vector<Member>::const_iterator begin() const;
  std::vector<Member>::const_iterator end() const;

  // Equal when they have equal members, in any order.
  friend bool operator==(const Object& a, const Object& b);

 private:
  std::vector<Member> members_;
};

class Value {
 public:
  enum class Kind { kNull, kBool, kInteger, kUnsigned, kDouble, kString, kBytes, kArray, kObject };

  Value() = default;  // null
  Value(std::nullptr_t) {}
  template <std::same_as<bool> T>  // no pointer becomes true
  Value(T value) : data_(value) {}
  template <std::signed_integral T>
  Value(T value) : data_(static_cast<int64_t>(value)) {}
  template <std::unsigned_integral T>
    requires(!std::same_as<T, bool>)
  Value(T value) : Value(static_cast<uint64_t>(value), Unsigned{}) {}
  Value(double value) : data_(value) {}
  Value(const char* value) : data_(std::string(value)) {}
  Value(std::string_view value) : data_(std::string(value)) {}
  Value(std::string value) : data_(std::move(value)) {}
  Value(Bytes value) : data_(std::move(value)) {}
  Value(Array value) : data_(std::move(value)) {}
  Value(Object value) : data_(std::move(value)) {}

  // kUnsigned only for integers from 2^63 on; smaller ones are kInteger.
  Kind kind() const { return static_cast<Kind>(data_.index()); }
  bool is_null() const { return kind() == Kind::kNull; }
  bool is_bool() const { return kind() == Kind::kBool; }
  bool is_number() const;
  bool is_int64() const;   // a number that an int64_t holds exactly
  bool is_uint64() const;  // a number that a uint64_t holds exactly
  bool is_string() const { return kind() == Kind::kString; }
  bool is_bytes() const { return kind() == Kind::kBytes; }
  bool is_array() const { return kind() == Kind::kArray; }
  bool is_object() const { return kind() == Kind::kObject; }

  bool boolean() const;
  int64_t int64() const;    // 0 unless is_int64()
  uint64_t uint64() const;  // 0 unless is_uint64()
  double number() const;    // the nearest double
  const std::string& string() const;
  const Bytes& bytes() const;
  const Array& array() const;
  const Object& object() const;

  // The element or member, or a null Value.
  const Value& operator[](size_t index) const;
  const Value& operator[](std::string_view name) const { return object()[name]; }
  const Value& operator[](int index) const { return (*this)[static_cast<size_t>(index)]; }
  const Value& operator[](const char* name) const { return object()[name]; }

  // Moves the content out; empty of another kind.
  std::string TakeString() &&;
  Bytes TakeBytes() &&;
  Array TakeArray() &&;
  Object TakeObject() &&;

  // Numbers compare by number, objects without regard to order; NaN equals nothing.
  friend bool operator==(const Value& a, const Value& b);
  // Prints ToJson() of it; see json_writer.h.
  friend std::ostream& operator<<(std::ostream& out, const Value& value);

 private:
  struct Unsigned {};
  Value(uint64_t value, Unsigned);

  std::variant<std::monostate, bool, int64_t, uint64_t, double, std::string, Bytes, Array, Object>
      data_;
};

// What error texts call it: null, boolean, number, string, bytes, array, object.
std::string_view KindName(Value::Kind kind);

inline size_t Object::size() const { return members_.size(); }
inline std::vector<Object::Member>::const_iterator Object::begin() const {
  return members_.begin();
}
inline std::vector<Object::Member>::const_iterator Object::end() const { return members_.end(); }

}  // namespace ipc
