#include "tests/unit/codec/shapes.h"

#include <array>
#include <ostream>
#include <tuple>
#include <utility>

#include "runtime/codec/define.h"
#include "runtime/codec/print.h"
#include "tests/unit/codec/shapes_tables.h"

namespace shapes {

std::string_view ToString(Color value) { return ipc::EnumName(value); }

std::string_view ToString(Sound value) { return ipc::EnumName(value); }

std::string_view ToString(Code value) { return ipc::EnumName(value); }

std::ostream& operator<<(std::ostream& out, Color value) {
  ipc::PrintEnum(out, value);
  return out;
}

std::ostream& operator<<(std::ostream& out, Sound value) {
  ipc::PrintEnum(out, value);
  return out;
}

std::ostream& operator<<(std::ostream& out, Code value) {
  ipc::PrintEnum(out, value);
  return out;
}

std::ostream& operator<<(std::ostream& out, const Point& value) {
  ipc::PrintTyped(out, value);
  return out;
}

Shape Shape::Dot(Point value) {
  Shape shape;
  shape.value_.emplace<0>(std::move(value));
  return shape;
}

Shape Shape::Label(std::string value) {
  Shape shape;
  shape.value_.emplace<1>(std::move(value));
  return shape;
}

Shape Shape::Corners(std::vector<Point> value) {
  Shape shape;
  shape.value_.emplace<2>(std::move(value));
  return shape;
}

Shape Shape::Nested(ipc::Box<Shape> value) {
  Shape shape;
  shape.value_.emplace<3>(std::move(value));
  return shape;
}

std::ostream& operator<<(std::ostream& out, const Shape& value) {
  ipc::PrintTyped(out, value);
  return out;
}

Event Event::Click(Point value) {
  Event event;
  event.value_.emplace<0>(std::move(value));
  return event;
}

Event Event::Other(std::string value) {
  Event event;
  event.value_.emplace<1>(std::move(value));
  return event;
}

std::ostream& operator<<(std::ostream& out, const Event& value) {
  ipc::PrintTyped(out, value);
  return out;
}

std::ostream& operator<<(std::ostream& out, const Report& value) {
  ipc::PrintTyped(out, value);
  return out;
}

std::ostream& operator<<(std::ostream& out, const Scalars& value) {
  ipc::PrintTyped(out, value);
  return out;
}

std::ostream& operator<<(std::ostream& out, const Presences& value) {
  ipc::PrintTyped(out, value);
  return out;
}

std::ostream& operator<<(std::ostream& out, const Lists& value) {
  ipc::PrintTyped(out, value);
  return out;
}

std::ostream& operator<<(std::ostream& out, const Node& value) {
  ipc::PrintTyped(out, value);
  return out;
}

std::ostream& operator<<(std::ostream& out, const Shuffled& value) {
  ipc::PrintTyped(out, value);
  return out;
}

std::ostream& operator<<(std::ostream& out, const DrawParams& value) {
  ipc::PrintTyped(out, value);
  return out;
}

std::ostream& operator<<(std::ostream& out, const LogParams& value) {
  ipc::PrintTyped(out, value);
  return out;
}

std::ostream& operator<<(std::ostream& out, const EmptyParams& value) {
  ipc::PrintTyped(out, value);
  return out;
}

std::ostream& operator<<(std::ostream& out, const VersionResponse& value) {
  ipc::PrintTyped(out, value);
  return out;
}

}  // namespace shapes

template struct ipc::EnumCodec<shapes::Color>;
template struct ipc::EnumCodec<shapes::Sound>;
template struct ipc::EnumCodec<shapes::Code>;
template struct ipc::StructCodec<shapes::Point>;
template struct ipc::UnionCodec<shapes::Shape>;
template struct ipc::UnionCodec<shapes::Event>;
template struct ipc::StructCodec<shapes::Report>;
template struct ipc::StructCodec<shapes::Scalars>;
template struct ipc::StructCodec<shapes::Presences>;
template struct ipc::StructCodec<shapes::Lists>;
template struct ipc::StructCodec<shapes::Node>;
template struct ipc::StructCodec<shapes::Shuffled>;
template struct ipc::StructCodec<shapes::DrawParams>;
template struct ipc::StructCodec<shapes::LogParams>;
template struct ipc::StructCodec<shapes::EmptyParams>;
template struct ipc::StructCodec<shapes::VersionResponse>;
