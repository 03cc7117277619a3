// vectors/*.txt: what a type's values are as protobuf text, as bytes and as JSON, and what is none
// of its values.
//
//   type Small              every line below is about this type of vectors.ipc
//   value i8: -1            a value, as protobuf's text format: of any other program with the
//   .proto bytes 08 ffffffffffffffffff01 json {"i8":-1,"u8":0,"i16":0,"u16":0} read 08 01 08 ...
//   other bytes with the last value, to libprotobuf too differs 08 01 ...       other bytes with
//   the last value, to us alone read_json {"i8":-1.0}   other JSON with the last value refuse
//   kOutOfRange i8 08 8001 refuse_json kOutOfRange i8 {"i8":128}
//
// A refusal says its DecodeError and the path, `-` for the whole. In hex, `1200*3` is 120012001200.
// Lines that begin with # are comments.
//
// Errors      A line that is none of these: std::runtime_error, with its place.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ipc {

struct Vector {
  enum class Kind { kValue, kRead, kDiffers, kReadJson, kRefuse, kRefuseJson };

  Kind kind = Kind::kValue;
  std::string where;  // "numbers.txt:12"
  std::string type;

  // kValue and those that read the same.
  std::string text;
  std::string bytes;
  std::string json;

  // What is read or refused otherwise: bytes, or JSON.
  std::string input;
  std::string error;
  std::string path;
};

std::vector<Vector> ReadVectors(const std::filesystem::path& file);

}  // namespace ipc
