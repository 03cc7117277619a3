// vectors/*.txt, in the format that README.md describes.
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
