#include "runtime/process/hello.h"

#include <cstddef>
#include <limits>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "runtime/base/strings.h"
#include "runtime/codec/utf8.h"
#include "runtime/codec/wire_reader.h"
#include "runtime/codec/wire_writer.h"

namespace ipc {
namespace {

// The field numbers of idl/wire.proto.
enum class DigestField : uint32_t { kName = 1, kDigest = 2 };
enum class HelloField : uint32_t { kVersion = 1, kRole = 2, kToken = 3, kSchema = 4, kPipe = 5 };
enum class WelcomeField : uint32_t {
  kVersion = 1,
  kStatus = 2,
  kStatusMessage = 3,
  kPipe = 4,
  kWebContentsId = 5,
  kEmbedderId = 6,
};

// More than a field's tag and number, or its tag and length, ever take.
constexpr size_t kRoomForAField = 20;

// A message, written last field first into a room that is large enough. Zero and empty are not
// written.
class MessageWriter {
 public:
  explicit MessageWriter(size_t room) : bytes_(room, '\0'), writer_(AsSpan(bytes_)) {}

  template <typename Field>
  void Varint(Field field, uint64_t value) {
    if (value == 0) return;
    writer_.Varint(value);
    writer_.Tag(static_cast<uint32_t>(field), WireType::kVarint);
  }
  template <typename Field>
  void Fixed64(Field field, uint64_t value) {
    if (value == 0) return;
    writer_.Fixed64(value);
    writer_.Tag(static_cast<uint32_t>(field), WireType::kFixed64);
  }
  template <typename Field>
  void Bytes(Field field, std::string_view bytes) {
    if (bytes.empty()) return;
    const size_t end = writer_.remaining();
    writer_.Raw(bytes);
    writer_.Length(static_cast<uint32_t>(field), end);
  }
  template <typename Field>
  void Digest(Field field, const SchemaDigest& schema) {
    const size_t end = writer_.remaining();
    Fixed64(DigestField::kDigest, schema.digest);
    Bytes(DigestField::kName, schema.name);
    writer_.Length(static_cast<uint32_t>(field), end);
  }

  std::string Take() { return bytes_.substr(writer_.remaining()); }

 private:
  static absl::Span<uint8_t> AsSpan(std::string& bytes) {
    return {reinterpret_cast<uint8_t*>(bytes.data()), bytes.size()};
  }

  std::string bytes_;
  WireWriter writer_;
};

bool Expect(WireReader& in, WireType expected, uint32_t tag) {
  const auto got = static_cast<WireType>(tag & 7);
  return got == expected || in.FailWireType(expected, got);
}

// Calls `read` with `in` narrowed to the string or message that follows.
template <typename Read>
bool InLength(WireReader& in, uint32_t tag, Read read) {
  WireReader::Outer outer;
  if (!Expect(in, WireType::kLength, tag) || !in.Open(outer)) return false;
  const bool ok = read();
  in.Close(outer);
  return ok;
}

bool ReadVarint(WireReader& in, uint32_t& value) {
  uint64_t number = 0;
  if (!in.Varint(number)) return false;
  if (number > std::numeric_limits<uint32_t>::max()) {
    return in.Fail(DecodeError::kOutOfRange, "a number too large");
  }
  value = static_cast<uint32_t>(number);
  return true;
}

bool ReadNumber(WireReader& in, uint32_t tag, uint32_t& value) {
  return Expect(in, WireType::kVarint, tag) && ReadVarint(in, value);
}

bool ReadBytes(WireReader& in, uint32_t tag, std::string& value) {
  return InLength(in, tag, [&] {
    value = in.Rest();
    return true;
  });
}

bool ReadText(WireReader& in, uint32_t tag, std::string& value) {
  if (!ReadBytes(in, tag, value)) return false;
  return IsUtf8(value) || in.Fail(DecodeError::kBadUtf8, "not UTF-8");
}

// What fields are called in errors, by their numbers.
constexpr std::string_view kDigestFields[] = {"", "name", "digest"};
constexpr std::string_view kHelloFields[] = {"", "version", "role", "token", "schema", "pipe"};
constexpr std::string_view kWelcomeFields[] = {
    "", "version", "status", "status_message", "pipe", "web_contents_id", "embedder_id"};

// Calls `read_field` with each tag until the end of what `in` is narrowed to.
template <typename ReadField>
bool ReadFields(WireReader& in, absl::Span<const std::string_view> names, ReadField read_field) {
  uint32_t tag = 0;
  while (!in.at_end()) {
    if (!in.NextTag(tag)) return false;
    if (read_field(tag)) continue;
    const uint32_t field = tag >> 3;
    if (field < names.size()) in.InField(names[field]);
    return false;
  }
  return true;
}

bool ReadDigest(WireReader& in, uint32_t tag, SchemaDigest& schema) {
  return InLength(in, tag, [&] {
    return ReadFields(in, kDigestFields, [&](uint32_t inner) {
      switch (static_cast<DigestField>(inner >> 3)) {
        case DigestField::kName:
          return ReadText(in, inner, schema.name);
        case DigestField::kDigest:
          return Expect(in, WireType::kFixed64, inner) && in.Fixed64(schema.digest);
      }
      return in.Skip(inner);  // of a later version
    });
  });
}

bool ReadPipe(WireReader& in, std::vector<PipeKind>& pipes) {
  uint32_t kind = 0;
  if (!ReadVarint(in, kind)) return false;
  pipes.push_back(static_cast<PipeKind>(kind));
  return true;
}

// Packed, as protobuf writes them, or one by one.
bool ReadPipes(WireReader& in, uint32_t tag, std::vector<PipeKind>& pipes) {
  if (static_cast<WireType>(tag & 7) == WireType::kVarint) return ReadPipe(in, pipes);
  return InLength(in, tag, [&] {
    while (!in.at_end()) {
      if (!ReadPipe(in, pipes)) return false;
    }
    return true;
  });
}

absl::Status TakeProblem(WireReader& in, std::string_view message) {
  in.InField(message);
  return in.TakeProblem().ToStatus();
}

}  // namespace

std::string EncodeHello(const Hello& hello) {
  size_t room = hello.role.size() + hello.token.size() + 3 * kRoomForAField +
                hello.pipes.size() * kRoomForAField;
  for (const SchemaDigest& schema : hello.schemas) room += schema.name.size() + 3 * kRoomForAField;

  MessageWriter writer(room);
  for (auto pipe = hello.pipes.rbegin(); pipe != hello.pipes.rend(); ++pipe) {
    writer.Varint(HelloField::kPipe, static_cast<uint32_t>(*pipe));
  }
  for (auto schema = hello.schemas.rbegin(); schema != hello.schemas.rend(); ++schema) {
    writer.Digest(HelloField::kSchema, *schema);
  }
  writer.Bytes(HelloField::kToken, hello.token);
  writer.Bytes(HelloField::kRole, hello.role);
  writer.Varint(HelloField::kVersion, hello.version);
  return writer.Take();
}

absl::StatusOr<Hello> DecodeHello(absl::Span<const uint8_t> bytes) {
  Hello hello;
  hello.version = 0;
  WireReader in(bytes);
  const bool ok = ReadFields(in, kHelloFields, [&](uint32_t tag) {
    switch (static_cast<HelloField>(tag >> 3)) {
      case HelloField::kVersion:
        return ReadNumber(in, tag, hello.version);
      case HelloField::kRole:
        return ReadText(in, tag, hello.role);
      case HelloField::kToken:
        return ReadBytes(in, tag, hello.token);
      case HelloField::kSchema:
        return ReadDigest(in, tag, hello.schemas.emplace_back());
      case HelloField::kPipe:
        return ReadPipes(in, tag, hello.pipes);
    }
    return in.Skip(tag);  // of a later version
  });
  if (!ok) return TakeProblem(in, "hello");
  return hello;
}

std::string EncodeWelcome(const Welcome& welcome) {
  const absl::string_view message = welcome.status.message();
  MessageWriter writer(message.size() + 6 * kRoomForAField);
  writer.Varint(WelcomeField::kEmbedderId, welcome.embedder_id.value());
  writer.Varint(WelcomeField::kWebContentsId, welcome.web_contents_id.value());
  writer.Varint(WelcomeField::kPipe, static_cast<uint32_t>(welcome.pipe));
  writer.Bytes(WelcomeField::kStatusMessage, ToStd(message));
  writer.Varint(WelcomeField::kStatus, static_cast<uint64_t>(welcome.status.raw_code()));
  writer.Varint(WelcomeField::kVersion, welcome.version);
  return writer.Take();
}

absl::StatusOr<Welcome> DecodeWelcome(absl::Span<const uint8_t> bytes) {
  uint32_t version = 0;
  uint32_t code = 0;
  std::string message;
  uint32_t pipe = 0;
  uint32_t id = 0;
  uint32_t embedder_id = 0;
  WireReader in(bytes);
  const bool ok = ReadFields(in, kWelcomeFields, [&](uint32_t tag) {
    switch (static_cast<WelcomeField>(tag >> 3)) {
      case WelcomeField::kVersion:
        return ReadNumber(in, tag, version);
      case WelcomeField::kStatus:
        return ReadNumber(in, tag, code);
      case WelcomeField::kStatusMessage:
        return ReadText(in, tag, message);
      case WelcomeField::kPipe:
        return ReadNumber(in, tag, pipe);
      case WelcomeField::kWebContentsId:
        return ReadNumber(in, tag, id);
      case WelcomeField::kEmbedderId:
        return ReadNumber(in, tag, embedder_id);
    }
    return in.Skip(tag);  // of a later version
  });
  if (!ok) return TakeProblem(in, "welcome");
  return Welcome{.version = version,
                 .status = absl::Status(static_cast<absl::StatusCode>(code), message),
                 .pipe = static_cast<PipeKind>(pipe),
                 .web_contents_id = WebContentsId(id),
                 .embedder_id = WebContentsId(embedder_id)};
}

absl::Status CheckVersions(uint32_t renderer, uint32_t main) {
  if (renderer == main) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("the renderer speaks protocol version ",
                                                    renderer, ", main speaks version ", main));
}

}  // namespace ipc
