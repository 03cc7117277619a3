#include "tests/conformance/vector_file.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "absl/strings/escaping.h"

namespace ipc {
namespace {

std::string BytesOf(const std::string& hex) {
  std::istringstream words(hex);
  std::string bytes;
  for (std::string word; words >> word;) {
    const size_t star = word.find('*');
    const std::string once = absl::HexStringToBytes(word.substr(0, star));
    const int times = star == std::string::npos ? 1 : std::stoi(word.substr(star + 1));
    for (int i = 0; i < times; ++i) bytes += once;
  }
  return bytes;
}

// The first word of a line, which is cut off.
std::string TakeWord(std::string& line) {
  const size_t space = line.find(' ');
  std::string word = line.substr(0, space);
  line = space == std::string::npos ? "" : line.substr(space + 1);
  return word;
}

class Reader {
 public:
  void Line(std::string line, const std::string& where) {
    if (line.empty() || line[0] == '#') return;
    const std::string word = TakeWord(line);
    if (word == "type") {
      last_ = {};
      last_.type = line;
    } else if (word == "value") {
      last_.where = where;
      last_.text = line;
    } else if (word == "bytes") {
      last_.bytes = BytesOf(line);
    } else if (word == "json") {
      last_.json = line;
      Add(Vector::Kind::kValue, "", where);
    } else if (word == "read") {
      Add(Vector::Kind::kRead, BytesOf(line), where);
    } else if (word == "differs") {
      Add(Vector::Kind::kDiffers, BytesOf(line), where);
    } else if (word == "read_json") {
      Add(Vector::Kind::kReadJson, line, where);
    } else if (word == "refuse") {
      AddRefusal(Vector::Kind::kRefuse, line, where);
    } else if (word == "refuse_json") {
      AddRefusal(Vector::Kind::kRefuseJson, line, where);
    } else {
      throw std::runtime_error(where + ": unknown word " + word);
    }
  }

  std::vector<Vector> Take() { return std::move(vectors_); }

 private:
  void Add(Vector::Kind kind, std::string input, const std::string& where) {
    Vector& added = vectors_.emplace_back(last_);
    added.kind = kind;
    added.where = where;
    added.input = std::move(input);
  }
  void AddRefusal(Vector::Kind kind, std::string line, const std::string& where) {
    const std::string error = TakeWord(line);
    const std::string path = TakeWord(line);
    Add(kind, kind == Vector::Kind::kRefuse ? BytesOf(line) : line, where);
    vectors_.back().error = error;
    vectors_.back().path = path == "-" ? "" : path;
  }

  Vector last_;  // the type, and its last value
  std::vector<Vector> vectors_;
};

}  // namespace

std::vector<Vector> ReadVectors(const std::filesystem::path& file) {
  std::ifstream in(file);
  Reader reader;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    reader.Line(line, file.filename().string() + ":" + std::to_string(++number));
  }
  return reader.Take();
}

}  // namespace ipc
