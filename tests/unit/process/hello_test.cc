// Hello and Welcome as bytes, beside what protobuf would write for idl/wire.proto.
#include "runtime/process/hello.h"

#include <random>
#include <string>
#include <string_view>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace ipc {
namespace {

using ::testing::StartsWith;

absl::Span<const uint8_t> AsBytes(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

Hello FullHello() {
  Hello hello;
  hello.role = "editor";
  hello.token = std::string("\x00\xff", 2);
  hello.schemas = {{"a", 1}, {"notes.Notes", 0xfedcba9876543210}};
  hello.pipes = {PipeKind::kSharedMemory, PipeKind::kGrpc};
  return hello;
}

TEST(HelloTest, TheBytesAreThoseOfTheProto) {
  Hello hello;
  hello.role = "r";
  hello.token = "t";
  hello.schemas = {{"n", 0x0102}};
  hello.pipes = {PipeKind::kGrpc};

  EXPECT_EQ(EncodeHello(hello), std::string("\x08\x01"
                                            "\x12\x01r"
                                            "\x1a\x01t"
                                            "\x22\x0c\x0a\x01n\x11\x02\x01\0\0\0\0\0\0"
                                            "\x28\x01",
                                            24));
}

TEST(HelloTest, ComesBackAsItWas) {
  EXPECT_EQ(DecodeHello(AsBytes(EncodeHello(FullHello()))).value(), FullHello());
}

TEST(HelloTest, PipesMayBePackedAsProtobufPacksThem) {
  const auto hello = DecodeHello(AsBytes("\x2a\x03\x02\x01\x63"));

  EXPECT_EQ(hello.value().pipes,
            (std::vector<PipeKind>{PipeKind::kSharedMemory, PipeKind::kGrpc, PipeKind{99}}));
}

TEST(HelloTest, FieldsOfALaterVersionAreSkipped) {
  const std::string bytes = EncodeHello(FullHello()) + "\x7a\x03new" + "\x70\x05";

  EXPECT_EQ(DecodeHello(AsBytes(bytes)).value(), FullHello());
}

TEST(HelloTest, AMissingVersionIsZero) { EXPECT_EQ(DecodeHello({}).value().version, 0u); }

TEST(HelloTest, ARefusalNamesTheField) {
  const auto refusal = [](std::string_view bytes) {
    return std::string(DecodeHello(AsBytes(bytes)).status().message());
  };

  EXPECT_THAT(refusal("\x0a\x01x"), StartsWith("hello.version: "));
  EXPECT_THAT(refusal("\x08\xff\xff\xff\xff\x7f"), StartsWith("hello.version: "));
  EXPECT_THAT(refusal("\x12\x01\xff"), StartsWith("hello.role: "));
  EXPECT_THAT(refusal("\x12\x09x"), StartsWith("hello.role: "));
  EXPECT_THAT(refusal("\x18\x01"), StartsWith("hello.token: "));
  EXPECT_THAT(refusal("\x20\x01"), StartsWith("hello.schema: "));
  EXPECT_THAT(refusal("\x22\x02\x0a\x05"), StartsWith("hello.schema.name: "));
  EXPECT_THAT(refusal("\x22\x03\x0a\x01\xff"), StartsWith("hello.schema.name: "));
  EXPECT_THAT(refusal("\x22\x02\x10\x01"), StartsWith("hello.schema.digest: "));
  EXPECT_THAT(refusal("\x2a\x01\xff"), StartsWith("hello.pipe: "));
  EXPECT_THAT(refusal("\xff"), StartsWith("hello: "));
}

TEST(HelloTest, EveryTruncationIsRefusedOrShorter) {
  const std::string whole = EncodeHello(FullHello());

  for (size_t size = 0; size < whole.size(); ++size) {
    const auto hello = DecodeHello(AsBytes(std::string_view(whole).substr(0, size)));
    EXPECT_FALSE(hello.ok() && *hello == FullHello()) << size;
  }
}

TEST(HelloTest, RandomBytesNeverDoHarm) {
  constexpr unsigned kSeed = 2;
  SCOPED_TRACE(testing::Message() << "seed " << kSeed);
  std::mt19937 random(kSeed);

  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = EncodeHello(FullHello());
    for (int change = 0; change < 4; ++change) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    const auto hello = DecodeHello(AsBytes(bytes));
    EXPECT_TRUE(!hello.ok() || DecodeHello(AsBytes(EncodeHello(*hello))).ok()) << i;
  }
}

TEST(WelcomeTest, ComesBackAsItWas) {
  Welcome welcome;
  welcome.pipe = PipeKind::kGrpc;
  welcome.web_contents_id = WebContentsId(12345);
  Welcome refusal;
  refusal.status = absl::PermissionDeniedError("wrong token");

  EXPECT_EQ(DecodeWelcome(AsBytes(EncodeWelcome(welcome))).value(), welcome);
  EXPECT_EQ(DecodeWelcome(AsBytes(EncodeWelcome(refusal))).value(), refusal);
}

TEST(WelcomeTest, ARefusalNamesTheField) {
  const absl::Status status = DecodeWelcome(AsBytes("\x1a\x01\xff")).status();

  EXPECT_TRUE(absl::IsInvalidArgument(status));
  EXPECT_THAT(std::string(status.message()), StartsWith("welcome.status_message: "));
}

}  // namespace
}  // namespace ipc
