#include "runtime/value/json_writer.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "runtime/base/strings.h"
#include "runtime/value/base64.h"
#include "runtime/value/internal/json_depth.h"
#include "runtime/value/internal/json_path.h"

namespace ipc {
namespace {

// Names that begin with one have one more: `$bytes` is ours.
constexpr char kMark = '$';

constexpr std::string_view kReplacementCharacter = "\xEF\xBF\xBD";

bool IsUtf8(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

// Every maximal piece that is UTF-8 as it is, every other byte as U+FFFD.
std::string Repaired(std::string_view text) {
  std::string repaired;
  while (!text.empty()) {
    size_t size = 1;
    while (size < 4 && size < text.size() && !IsUtf8(text.substr(0, size))) ++size;
    const std::string_view character = text.substr(0, size);
    const bool is_good = IsUtf8(character);
    repaired += is_good ? character : kReplacementCharacter;
    text.remove_prefix(is_good ? size : 1);
  }
  return repaired;
}

// What follows the backslash for characters that have a short escape; 0 for those that have none.
char ShortEscape(char c) {
  switch (c) {
    case '"':
    case '\\':
      return c;
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return 0;
  }
}

bool NeedsEscape(char c) { return static_cast<unsigned char>(c) < ' ' || c == '"' || c == '\\'; }

constexpr uint64_t InEachByte(uint8_t byte) { return byte * uint64_t{0x0101010101010101}; }

// Whether eight characters are all printable ASCII but quotes and backslashes. A byte that is not
// sets its highest bit in one of the terms; a borrow can only come from such a byte.
bool IsPlainWord(uint64_t word) {
  const uint64_t without_quotes = word ^ InEachByte('"');
  const uint64_t without_backslashes = word ^ InEachByte('\\');
  const uint64_t not_plain = word | (word - InEachByte(' ')) | (word + InEachByte(1)) |
                             (without_quotes - InEachByte(1)) |
                             (without_backslashes - InEachByte(1));
  return (not_plain & InEachByte(0x80)) == 0;
}

// True for the usual string: ASCII that stands in JSON as it is.
bool IsPlain(std::string_view content) {
  uint64_t word;
  for (; content.size() >= sizeof word; content.remove_prefix(sizeof word)) {
    std::memcpy(&word, content.data(), sizeof word);
    if (!IsPlainWord(word)) return false;
  }
  word = InEachByte(' ');
  std::memcpy(&word, content.data(), content.size());
  return IsPlainWord(word);
}

void AppendEscape(char c, std::string* text) {
  if (const char escape = ShortEscape(c)) {
    *text += {'\\', escape};
    return;
  }
  constexpr std::string_view kHex = "0123456789abcdef";
  const auto code = static_cast<unsigned char>(c);
  *text += {'\\', 'u', '0', '0', kHex[code >> 4], kHex[code & 15]};
}

// The inside of a string; `content` is UTF-8.
void AppendEscaped(std::string_view content, std::string* text) {
  for (;;) {
    const auto plain = std::find_if(content.begin(), content.end(), NeedsEscape);
    text->append(content.begin(), plain);
    if (plain == content.end()) return;
    AppendEscape(*plain, text);
    content.remove_prefix(static_cast<size_t>(plain - content.begin()) + 1);
  }
}

// A string of two parts that stand in JSON as they are; the text grows once.
void AppendQuoted(std::string_view prefix, std::string_view content, std::string* text) {
  const size_t begin = text->size();
  text->resize(begin + prefix.size() + content.size() + 2, '"');
  prefix.copy(text->data() + begin + 1, prefix.size());
  content.copy(text->data() + begin + 1 + prefix.size(), content.size());
}

template <typename Number>
void AppendNumber(Number number, std::string* text) {
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  text->append(digits.data(), end.ptr);
}

void AppendDouble(double number, std::string* text) {
  if (!std::isfinite(number)) {
    *text += "null";
  } else if (number == 0 && std::signbit(number)) {
    *text += "-0.0";  // "-0" is an integer to many readers, which have no such integer
  } else {
    AppendNumber(number, text);
  }
}

// Writes one value. What the two kinds of text do differently is in its subclasses.
class Writer {
 public:
  Writer(const JsonLimits& limits, std::string* text)
      : text_(*text),
        limits_(limits),
        max_depth_(std::min(limits.max_depth, internal::kDeepestJson)),
        begin_(text->size()) {}
  virtual ~Writer() = default;

  bool Write(const Value& value, size_t depth = 0);
  bool WriteArgs(const Args& args);

  // How it went: `is_written` is what Write() returned, `root` stands for the value in paths.
  absl::Status Finish(bool is_written, std::string_view root) const;

 protected:
  virtual bool WriteBytes(const Bytes& bytes) = 0;
  // Both may write something else instead and return true.
  virtual bool OnTooDeep() {
    problem_ = absl::StrCat(" nests deeper than ", max_depth_);
    return false;
  }
  virtual bool OnBadUtf8(std::string_view content) = 0;

  std::string& text_;
  std::string problem_;

 private:
  bool WriteString(std::string_view content, std::string_view prefix = {});
  bool WriteArray(const Array& elements, size_t depth);
  bool WriteObject(const Object& object, size_t depth);

  const JsonLimits& limits_;
  const size_t max_depth_;
  const size_t begin_;
  size_t nodes_ = 0;
  internal::JsonPath path_;
};

absl::Status Writer::Finish(bool is_written, std::string_view root) const {
  if (!is_written) {
    const std::string path = path_.Below(root);
    return absl::InvalidArgumentError(absl::StrCat("An object could not be cloned. (",
                                                   path.empty() ? "value" : path, problem_, ")"));
  }
  if (nodes_ > limits_.max_nodes) {
    return absl::OutOfRangeError(absl::StrCat("more than ", limits_.max_nodes, " values"));
  }
  const size_t size = text_.size() - begin_;
  if (size > limits_.max_bytes) {
    return absl::OutOfRangeError(
        absl::StrCat(size, " bytes of JSON text, the limit is ", limits_.max_bytes));
  }
  return absl::OkStatus();
}

bool Writer::Write(const Value& value, size_t depth) {
  ++nodes_;
  switch (value.kind()) {
    case Value::Kind::kNull:
      text_ += "null";
      return true;
    case Value::Kind::kBool:
      text_ += value.boolean() ? "true" : "false";
      return true;
    case Value::Kind::kInteger:
      AppendNumber(value.int64(), &text_);
      return true;
    case Value::Kind::kUnsigned:
      AppendNumber(value.uint64(), &text_);
      return true;
    case Value::Kind::kDouble:
      AppendDouble(value.number(), &text_);
      return true;
    case Value::Kind::kString:
      return WriteString(value.string());
    case Value::Kind::kBytes:
      return depth < max_depth_ ? WriteBytes(value.bytes()) : OnTooDeep();
    case Value::Kind::kArray:
      return WriteArray(value.array(), depth);
    case Value::Kind::kObject:
      return WriteObject(value.object(), depth);
  }
  return false;
}

bool Writer::WriteArgs(const Args& args) {
  ++nodes_;
  return WriteArray(args.values(), 0);
}

bool Writer::WriteString(std::string_view content, std::string_view prefix) {
  if (IsPlain(content)) {
    AppendQuoted(prefix, content, &text_);
    return true;
  }
  text_ += '"';
  text_ += prefix;
  if (IsUtf8(content)) {
    AppendEscaped(content, &text_);
  } else if (!OnBadUtf8(content)) {
    return false;
  }
  text_ += '"';
  return true;
}

bool Writer::WriteArray(const Array& elements, size_t depth) {
  if (depth >= max_depth_) return OnTooDeep();
  char separator = '[';
  for (size_t i = 0; i < elements.size(); ++i) {
    text_ += std::exchange(separator, ',');
    if (!Write(elements[i], depth + 1)) {
      path_.PrependIndex(i);
      return false;
    }
  }
  if (elements.empty()) text_ += separator;
  text_ += ']';
  return true;
}

bool Writer::WriteObject(const Object& object, size_t depth) {
  if (depth >= max_depth_) return OnTooDeep();
  char separator = '{';
  for (const auto& [name, value] : object) {
    text_ += std::exchange(separator, ',');
    const std::string_view prefix(&kMark, name.starts_with(kMark) ? 1 : 0);
    const bool is_written = WriteString(name, prefix) && (text_ += ':', Write(value, depth + 1));
    if (!is_written) {
      path_.PrependName(name);
      return false;
    }
  }
  if (object.empty()) text_ += separator;
  text_ += '}';
  return true;
}

class WireWriter final : public Writer {
 public:
  WireWriter(const JsonLimits& limits, std::string* text, std::vector<const Bytes*>* blobs)
      : Writer(limits, text), blobs_(*blobs) {}

 private:
  bool WriteBytes(const Bytes& bytes) override {
    text_ += "{\"$bytes\":";
    AppendNumber(blobs_.size(), &text_);
    text_ += '}';
    blobs_.push_back(&bytes);
    return true;
  }
  bool OnBadUtf8(std::string_view) override {
    problem_ = " is not UTF-8";
    return false;
  }

  std::vector<const Bytes*>& blobs_;
};

class PeopleWriter final : public Writer {
 public:
  explicit PeopleWriter(std::string* text) : Writer(kLimits, text) {}

 private:
  static constexpr JsonLimits kLimits{.max_depth = internal::kDeepestJson};

  bool WriteBytes(const Bytes& bytes) override {
    absl::StrAppend(&text_, "{\"$bytes\":\"", ToBase64(bytes), "\"}");
    return true;
  }
  bool OnTooDeep() override {
    text_ += "null";
    return true;
  }
  bool OnBadUtf8(std::string_view content) override {
    AppendEscaped(Repaired(content), &text_);
    return true;
  }
};

}  // namespace

absl::Status WriteJson(const Value& value, const JsonLimits& limits, std::string* text,
                       std::vector<const Bytes*>* blobs) {
  WireWriter writer(limits, text, blobs);
  return writer.Finish(writer.Write(value), "");
}

absl::Status WriteJson(const Args& args, const JsonLimits& limits, std::string* text,
                       std::vector<const Bytes*>* blobs) {
  WireWriter writer(limits, text, blobs);
  return writer.Finish(writer.WriteArgs(args), "args");
}

std::string ToJson(const Value& value) {
  std::string text;
  PeopleWriter(&text).Write(value);
  return text;
}

}  // namespace ipc
