// The tables of shapes.h. A generated .cc has them itself, in front of everything that uses them;
// here they stand apart, for tests of parameters and responses, which need them too.
#pragma once

#include <array>
#include <string_view>

#include "runtime/codec/tables.h"
#include "tests/unit/codec/shapes.h"

template <>
struct ipc::EnumOf<shapes::Color> {
  using T = shapes::Color;
  static constexpr std::string_view kName = "shapes.Color";
  static constexpr auto kValues = std::array{
      EnumValue(T::kRed, "kRed"),
      EnumValue(T::kGreen, "kGreen"),
      EnumValue(T::kBlue, "kBlue"),
  };
};

template <>
struct ipc::EnumOf<shapes::Sound> {
  using T = shapes::Sound;
  static constexpr std::string_view kName = "shapes.Sound";
  static constexpr auto kValues = std::array{
      EnumValue(T::kUnknown, "kUnknown"),
      EnumValue(T::kBark, "kBark"),
      EnumValue(T::kMeow, "kMeow"),
  };
  static constexpr T kDefault = T::kUnknown;
};

template <>
struct ipc::EnumOf<shapes::Code> {
  using T = shapes::Code;
  static constexpr std::string_view kName = "shapes.Code";
  static constexpr auto kValues = std::array{
      EnumValue(T::kOk, "kOk"),
      EnumValue(T::kLarge, "kLarge"),
  };
  static constexpr bool kKeepsUnknown = true;
};

template <>
struct ipc::FieldsOf<shapes::Point> {
  using T = shapes::Point;
  static constexpr std::string_view kName = "shapes.Point";
  static constexpr auto kFields = Rows{
      Field(1, "x", &T::x),
      Field(2, "y", &T::y),
  };
};

template <>
struct ipc::UnionOf<shapes::Shape> {
  static constexpr std::string_view kName = "shapes.Shape";
  static constexpr auto kMembers = Rows{
      Member<0>(1, "dot"),
      Member<1>(2, "label"),
      Member<2>(3, "corners"),
      Member<3>(4, "nested"),
  };
};

template <>
struct ipc::UnionOf<shapes::Event> {
  static constexpr std::string_view kName = "shapes.Event";
  static constexpr auto kMembers = Rows{
      Member<0>(1, "click"),
      Member<1>(2, "other"),
  };
  static constexpr size_t kDefault = 1;
};

template <>
struct ipc::FieldsOf<shapes::Report> {
  using T = shapes::Report;
  static constexpr std::string_view kName = "shapes.Report";
  static constexpr auto kFields = Rows{
      Field(1, "code", &T::code),
      Field(2, "events", &T::events),
  };
};

template <>
struct ipc::FieldsOf<shapes::Scalars> {
  using T = shapes::Scalars;
  static constexpr std::string_view kName = "shapes.Scalars";
  static constexpr auto kFields = Rows{
      Field(1, "flag", &T::flag),     Field(2, "tiny", &T::tiny),
      Field(3, "small", &T::small),   Field(4, "medium", &T::medium),
      Field(5, "large", &T::large),   Field(6, "utiny", &T::utiny),
      Field(7, "usmall", &T::usmall), Field(8, "umedium", &T::umedium),
      Field(9, "ularge", &T::ularge), Field(10, "single", &T::single),
      Field(11, "real", &T::real),    Field(12, "color", &T::color),
      Field(13, "text", &T::text),    Field(14, "blob", &T::blob),
  };
};

template <>
struct ipc::FieldsOf<shapes::Presences> {
  using T = shapes::Presences;
  static constexpr std::string_view kName = "shapes.Presences";
  static constexpr auto kFields = Rows{
      Field(1, "number", &T::number),
      Field(2, "text", &T::text),
      Field(3, "color", &T::color),
      Field(4, "point", &T::point),
      Field(5, "blob", &T::blob),
      Field(6, "numbers", &T::numbers),
      Field(7, "counts", &T::counts),
      Field(8, "seven", &T::seven, Presence::kExplicit),
      Field(9, "hello", &T::hello, Presence::kExplicit),
      Field(10, "blue", &T::blue, Presence::kExplicit),
      Field(11, "origin", &T::origin, Presence::kRequired),
      Field(12, "sound", &T::sound, Presence::kRequired),
  };
};

template <>
struct ipc::FieldsOf<shapes::Lists> {
  using T = shapes::Lists;
  static constexpr std::string_view kName = "shapes.Lists";
  static constexpr auto kFields = Rows{
      Field(1, "numbers", &T::numbers),
      Field(2, "flags", &T::flags),
      Field(3, "reals", &T::reals),
      Field(4, "colors", &T::colors),
      Field(5, "texts", &T::texts),
      Field(6, "blobs", &T::blobs),
      Field(7, "points", &T::points),
      Field(8, "maybe_numbers", &T::maybe_numbers),
      Field(9, "maybe_points", &T::maybe_points),
      Field(10, "rows", &T::rows),
      Field(11, "triple", &T::triple),
      Field(12, "address", &T::address),
      Field(13, "pair", &T::pair),
      Field(14, "counts", &T::counts),
      Field(15, "points_by_id", &T::points_by_id),
      Field(16, "rows_by_flag", &T::rows_by_flag),
      Field(17, "names", &T::names),
      Field(18, "marks", &T::marks),
      Field(19, "anything", &T::anything),
  };
};

template <>
struct ipc::FieldsOf<shapes::Node> {
  using T = shapes::Node;
  static constexpr std::string_view kName = "shapes.Node";
  static constexpr auto kFields = Rows{
      Field(1, "name", &T::name),
      Field(2, "next", &T::next),
      Field(3, "children", &T::children),
  };
};

template <>
struct ipc::FieldsOf<shapes::Shuffled> {
  using T = shapes::Shuffled;
  static constexpr std::string_view kName = "shapes.Shuffled";
  static constexpr auto kFields = Rows{
      Field(3, "third", &T::third),
      Field(2, "second", &T::second, Presence::kRequired),
      Field(1, "first", &T::first),
      Field(30, "thirtieth", &T::thirtieth),
  };
};

template <>
struct ipc::FieldsOf<shapes::DrawParams> {
  using T = shapes::DrawParams;
  static constexpr std::string_view kName = "shapes.DrawParams";
  static constexpr auto kFields = Rows{
      Field(1, "at", &T::at, Presence::kRequired),
      Field(2, "color", &T::color),
      Field(3, "label", &T::label),
      Field(4, "width", &T::width),
  };
};

template <>
struct ipc::FieldsOf<shapes::LogParams> {
  using T = shapes::LogParams;
  static constexpr std::string_view kName = "shapes.LogParams";
  static constexpr auto kFields = Rows{
      Field(1, "level", &T::level),
      Field(2, "args", &T::args, Presence::kRest),
  };
};

template <>
struct ipc::FieldsOf<shapes::EmptyParams> {
  static constexpr std::string_view kName = "shapes.EmptyParams";
  static constexpr auto kFields = Rows{};
};

template <>
struct ipc::FieldsOf<shapes::VersionResponse> {
  using T = shapes::VersionResponse;
  static constexpr std::string_view kName = "shapes.VersionResponse";
  static constexpr auto kFields = Rows{
      Field(1, "version", &T::version),
  };
};
