// As the generator prints shapes.ipc: one type for each thing that the codec can do.
#pragma once

#include <array>
#include <cstdint>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/codec/box.h"
#include "runtime/codec/declare.h"
#include "runtime/value/value.h"

namespace shapes {

enum class Color : int32_t {
  kRed = 0,
  kGreen = 1,
  kBlue = 5,
};
// The value's name as in the .ipc file; empty for a number that has none.
std::string_view ToString(Color value);
std::ostream& operator<<(std::ostream& out, Color value);

// Extensible; numbers that this program does not know become kUnknown.
enum class Sound : int32_t {
  kUnknown = 1,
  kBark = 2,
  kMeow = -3,
};
std::string_view ToString(Sound value);
std::ostream& operator<<(std::ostream& out, Sound value);

// Extensible without a default, as mojom once was: unknown numbers are kept.
enum class Code : int32_t {
  kOk = 0,
  kLarge = 1000,
};
std::string_view ToString(Code value);
std::ostream& operator<<(std::ostream& out, Code value);

struct Point {
  int32_t x = 0;
  int32_t y = 0;

  friend bool operator==(const Point&, const Point&) = default;
};
std::ostream& operator<<(std::ostream& out, const Point& value);

class Shape {
 public:
  enum class Tag { kDot, kLabel, kCorners, kNested };

  static Shape Dot(Point value);
  static Shape Label(std::string value);
  static Shape Corners(std::vector<Point> value);
  static Shape Nested(ipc::Box<Shape> value);

  Tag tag() const { return static_cast<Tag>(value_.index()); }
  bool is_dot() const { return tag() == Tag::kDot; }
  const Point& dot() const { return std::get<0>(value_); }
  Point& dot() { return std::get<0>(value_); }
  bool is_label() const { return tag() == Tag::kLabel; }
  const std::string& label() const { return std::get<1>(value_); }
  std::string& label() { return std::get<1>(value_); }
  bool is_corners() const { return tag() == Tag::kCorners; }
  const std::vector<Point>& corners() const { return std::get<2>(value_); }
  std::vector<Point>& corners() { return std::get<2>(value_); }
  bool is_nested() const { return tag() == Tag::kNested; }
  const ipc::Box<Shape>& nested() const { return std::get<3>(value_); }
  ipc::Box<Shape>& nested() { return std::get<3>(value_); }

  // Calls `f` with the member that is set.
  template <typename F>
  decltype(auto) visit(F&& f) const {
    return std::visit(std::forward<F>(f), value_);
  }

  friend bool operator==(const Shape&, const Shape&) = default;

 private:
  template <typename T>
  friend struct ipc::UnionCodec;

  std::variant<Point, std::string, std::vector<Point>, ipc::Box<Shape>> value_;
};
std::ostream& operator<<(std::ostream& out, const Shape& value);

// Extensible; a member that this program does not know becomes other, empty.
class Event {
 public:
  enum class Tag { kClick, kOther };

  static Event Click(Point value);
  static Event Other(std::string value);

  Tag tag() const { return static_cast<Tag>(value_.index()); }
  bool is_click() const { return tag() == Tag::kClick; }
  const Point& click() const { return std::get<0>(value_); }
  Point& click() { return std::get<0>(value_); }
  bool is_other() const { return tag() == Tag::kOther; }
  const std::string& other() const { return std::get<1>(value_); }
  std::string& other() { return std::get<1>(value_); }

  // Calls `f` with the member that is set.
  template <typename F>
  decltype(auto) visit(F&& f) const {
    return std::visit(std::forward<F>(f), value_);
  }

  friend bool operator==(const Event&, const Event&) = default;

 private:
  template <typename T>
  friend struct ipc::UnionCodec;

  std::variant<Point, std::string> value_;
};
std::ostream& operator<<(std::ostream& out, const Event& value);

// Both kinds of extensible types, and an enum of large numbers.
struct Report {
  Code code = Code::kOk;
  std::vector<Event> events;

  friend bool operator==(const Report&, const Report&) = default;
};
std::ostream& operator<<(std::ostream& out, const Report& value);

// Every scalar, implicit.
struct Scalars {
  bool flag = false;
  int8_t tiny = 0;
  int16_t small = 0;
  int32_t medium = 0;
  int64_t large = 0;
  uint8_t utiny = 0;
  uint16_t usmall = 0;
  uint32_t umedium = 0;
  uint64_t ularge = 0;
  float single = 0;
  double real = 0;
  Color color = Color::kRed;
  std::string text;
  ipc::Bytes blob;

  friend bool operator==(const Scalars&, const Scalars&) = default;
};
std::ostream& operator<<(std::ostream& out, const Scalars& value);

// Presence: nullable, defaults, required.
struct Presences {
  std::optional<int32_t> number;
  std::optional<std::string> text;
  std::optional<Color> color;
  std::optional<Point> point;
  std::optional<ipc::Bytes> blob;
  std::optional<std::vector<int32_t>> numbers;
  std::optional<std::map<std::string, int32_t>> counts;
  int32_t seven = 7;
  std::string hello = "hello";
  Color blue = Color::kBlue;
  Point origin;
  Sound sound = Sound::kUnknown;

  friend bool operator==(const Presences&, const Presences&) = default;
};
std::ostream& operator<<(std::ostream& out, const Presences& value);

// Arrays and maps, of everything.
struct Lists {
  std::vector<int32_t> numbers;
  std::vector<bool> flags;
  std::vector<double> reals;
  std::vector<Color> colors;
  std::vector<std::string> texts;
  std::vector<ipc::Bytes> blobs;
  std::vector<Point> points;
  std::vector<std::optional<int32_t>> maybe_numbers;
  std::vector<std::optional<Point>> maybe_points;
  std::vector<std::vector<int32_t>> rows;
  std::array<int32_t, 3> triple = {};
  std::array<uint8_t, 4> address = {};
  std::array<std::string, 2> pair;
  std::map<std::string, int32_t> counts;
  std::map<int32_t, Point> points_by_id;
  std::map<bool, std::vector<int32_t>> rows_by_flag;
  std::map<Color, std::string> names;
  std::map<double, std::string> marks;
  std::vector<ipc::Value> anything;

  friend bool operator==(const Lists&, const Lists&) = default;
};
std::ostream& operator<<(std::ostream& out, const Lists& value);

// Contains itself.
struct Node {
  std::string name;
  ipc::Box<Node> next;
  std::vector<Node> children;

  friend bool operator==(const Node&, const Node&) = default;
};
std::ostream& operator<<(std::ostream& out, const Node& value);

// Ordinals that are not in the order of declaration, and a number that takes two bytes.
struct Shuffled {
  std::string third;
  Shape second;
  int32_t first = 0;
  ipc::Value thirtieth;

  friend bool operator==(const Shuffled&, const Shuffled&) = default;
};
std::ostream& operator<<(std::ostream& out, const Shuffled& value);

// Parameters of `send Draw(Point at, Color color, string? label, int32? width)`.
struct DrawParams {
  Point at;
  Color color = Color::kRed;
  std::optional<std::string> label;
  std::optional<int32_t> width;

  friend bool operator==(const DrawParams&, const DrawParams&) = default;
};
std::ostream& operator<<(std::ostream& out, const DrawParams& value);

// Parameters of `send Log(string level, any... args)`.
struct LogParams {
  std::string level;
  std::vector<ipc::Value> args;

  friend bool operator==(const LogParams&, const LogParams&) = default;
};
std::ostream& operator<<(std::ostream& out, const LogParams& value);

// Of a channel without parameters.
struct EmptyParams {
  friend bool operator==(const EmptyParams&, const EmptyParams&) = default;
};
std::ostream& operator<<(std::ostream& out, const EmptyParams& value);

// `=> (string version)`.
struct VersionResponse {
  std::string version;

  friend bool operator==(const VersionResponse&, const VersionResponse&) = default;
};
std::ostream& operator<<(std::ostream& out, const VersionResponse& value);

}  // namespace shapes

extern template struct ipc::EnumCodec<shapes::Color>;
extern template struct ipc::EnumCodec<shapes::Sound>;
extern template struct ipc::EnumCodec<shapes::Code>;
extern template struct ipc::StructCodec<shapes::Point>;
extern template struct ipc::UnionCodec<shapes::Shape>;
extern template struct ipc::UnionCodec<shapes::Event>;
extern template struct ipc::StructCodec<shapes::Report>;
extern template struct ipc::StructCodec<shapes::Scalars>;
extern template struct ipc::StructCodec<shapes::Presences>;
extern template struct ipc::StructCodec<shapes::Lists>;
extern template struct ipc::StructCodec<shapes::Node>;
extern template struct ipc::StructCodec<shapes::Shuffled>;
extern template struct ipc::StructCodec<shapes::DrawParams>;
extern template struct ipc::StructCodec<shapes::LogParams>;
extern template struct ipc::StructCodec<shapes::EmptyParams>;
extern template struct ipc::StructCodec<shapes::VersionResponse>;
