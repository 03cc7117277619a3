#include "runtime/wire/frame.h"
#include "runtime/wire/plain_header.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/base/strings.h"

namespace ipc {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Encoded = std::vector<uint8_t>;

Encoded Encode(const FrameHeader& header, std::string_view payload = "") {
  Encoded bytes(EncodedHeaderSize(header, payload.size()));
  EncodeHeader(header, payload.size(), absl::MakeSpan(bytes));
  bytes.insert(bytes.end(), payload.begin(), payload.end());
  return bytes;
}

Encoded BytesOf(std::string_view text) { return Encoded(text.begin(), text.end()); }

absl::Status DecodeError(const Encoded& bytes, const Limits& limits = {}) {
  return DecodeFrame(bytes, limits).status();
}

FrameHeader SendHeader() {
  return {.kind = FrameKind::kSend, .channel = "c", .payload_kind = PayloadKind::kTyped};
}

TEST(FrameTest, AChannelMayHaveAnIdBesideItsName) {
  FrameHeader header;
  header.kind = FrameKind::kSend;
  header.channel_id = 1;
  EXPECT_TRUE(CheckFrame(header, 0, {}).ok());

  header.channel = "c";
  EXPECT_TRUE(CheckFrame(header, 0, {}).ok());
}

TEST(FrameTest, EveryFieldSurvives) {
  FrameHeader header;
  header.kind = FrameKind::kPort;
  header.call_id = CallId(UINT64_MAX);
  header.frame_id = FrameId(UINT32_MAX);
  header.sender_id = WebContentsId(300);
  header.remaining_ms = uint64_t{1} << 40;
  header.status = 16;
  header.status_message = "Error: é";
  header.payload_kind = PayloadKind::kJson;
  header.blob_sizes = {0, 1, 3};
  header.port_ids = {PortId(1), PortId(UINT64_MAX)};
  header.credit = UINT64_MAX;

  const Encoded bytes = Encode(header, "[]1333");
  const absl::StatusOr<FrameView> frame = DecodeFrame(bytes);

  ASSERT_TRUE(frame.ok()) << frame.status();
  EXPECT_EQ(frame->header.kind, FrameKind::kPort);
  EXPECT_EQ(frame->header.call_id, header.call_id);
  EXPECT_EQ(frame->header.frame_id, header.frame_id);
  EXPECT_EQ(frame->header.sender_id, header.sender_id);
  EXPECT_EQ(frame->header.remaining_ms, header.remaining_ms);
  EXPECT_EQ(frame->header.status, 16u);
  EXPECT_EQ(frame->header.status_message, "Error: é");
  EXPECT_EQ(frame->header.payload_kind, PayloadKind::kJson);
  EXPECT_THAT(frame->header.blob_sizes, ElementsAre(0, 1, 3));
  EXPECT_THAT(frame->header.port_ids, ElementsAre(PortId(1), PortId(UINT64_MAX)));
  EXPECT_EQ(frame->header.credit, UINT64_MAX);
  EXPECT_EQ(BytesOf("[]1333"), frame->payload.Joined());
}

TEST(FrameTest, TheBytesAreThoseOfTheProtocol) {
  FrameHeader header = SendHeader();
  header.frame_id = kMainFrame;

  // kind: 1, channel: "c", frame_id: 1, payload_kind: 2, payload: "hi"
  EXPECT_EQ(Encode(header, "hi"), BytesOf("\x08\x01\x1a\x01"
                                          "c\x28\x01\x50\x02\x7a\x02hi"));
}

TEST(FrameTest, NumbersOneByOneAreReadAsPackedOnesAre) {
  const auto frame =
      DecodeFrame(BytesOf("\x08\x01\x1a\x01"
                          "c\x50\x01\x58\x01\x58\x02\x7a\x05[]abc"));

  ASSERT_TRUE(frame.ok()) << frame.status();
  EXPECT_THAT(frame->header.blob_sizes, ElementsAre(1, 2));
}

TEST(FrameTest, FieldsOfALaterVersionAreSkipped) {
  Encoded bytes = Encode(SendHeader());
  const Encoded later = BytesOf(
      "\xa0\x06\x01\xa2\x06\x02xx\xa5\x06"
      "1234\xa1\x06"
      "12345678");
  bytes.insert(bytes.end(), later.begin(), later.end());

  EXPECT_TRUE(DecodeFrame(bytes).ok()) << DecodeFrame(bytes).status();
}

TEST(FrameTest, ARefusalNamesTheField) {
  const std::vector<std::pair<std::string_view, std::string_view>> kCases = {
      {"", "kind: unknown"},
      {std::string_view("\x08\x00", 2), "kind: unknown"},
      {"\x08\x12", "kind: no value 18"},
      {"\x0a\x00", "kind: expected wire type varint"},
      {"\x08\x02\x1a\x01"
       "c",
       "call_id: missing"},
      {"\x08\x01", "channel: missing"},
      {"\x08\x01\x1a\x01\xff", "channel: not UTF-8"},
      {"\x08\x01\x1a\x05"
       "c",
       "channel: the bytes end"},
      {"\x08\x01\x20\x80\x80\x80\x80\x10", "channel_id: a number too large"},
      {"\x08\x01\x1a\x01"
       "c\x40\x11",
       "status: no gRPC status code"},
      {"\x08\x04\x10\x01\x4a\x01\xff", "status_message: not UTF-8"},
      {"\x08\x01\x1a\x01"
       "c\x50\x03",
       "payload_kind: no value 3"},
      {"\x08\x01\x1a\x01"
       "c\x7a\x01x",
       "payload: of no kind"},
      {"\x08\x01\x1a\x01"
       "c\x50\x02\x5a\x01\x01\x7a\x01x",
       "blob_size: beside a payload that is not JSON"},
      {"\x08\x01\x1a\x01"
       "c\x50\x01\x5a\x01\x02\x7a\x01x",
       "blob_size: larger than the payload"},
      {"\x08\x01\x1a\x01"
       "c\x50\x01\x5a\x01\x80\x7a\x01x",
       "blob_size: the bytes end"},
      {"\x08\x01\x8b\x01", "wire type 3"},
  };
  for (const auto& [bytes, reason] : kCases) {
    const absl::Status refused = DecodeError(BytesOf(bytes));

    EXPECT_EQ(refused.code(), absl::StatusCode::kInvalidArgument) << reason;
    EXPECT_THAT(std::string(refused.message()), HasSubstr(std::string(reason)));
  }
}

// Of the frames that are told quickly, and of those that are not.
TEST(FrameTest, AnIdInPlaceOfANameChangesNoOtherRule) {
  Limits limits;
  limits.message_bytes = 10;
  for (FrameKind kind : {FrameKind::kSend, FrameKind::kInvoke, FrameKind::kSync}) {
    for (uint64_t call_id : {0, 1}) {
      for (PayloadKind payload_kind : {PayloadKind::kNone, PayloadKind::kJson}) {
        for (size_t payload_size : {0, 1, 10, 11}) {
          FrameHeader by_id{.kind = kind, .call_id = CallId(call_id), .channel_id = 1};
          by_id.payload_kind = payload_kind;
          FrameHeader by_name = by_id;
          by_name.channel = "c";

          EXPECT_EQ(CheckFrame(by_id, payload_size, limits),
                    CheckFrame(by_name, payload_size, limits))
              << int(kind) << " " << call_id << " " << int(payload_kind) << " " << payload_size;
        }
      }
    }
  }
}

TEST(FrameTest, AnAnswerNeedsItsCall) {
  EXPECT_TRUE(CheckFrame({.kind = FrameKind::kReply, .call_id = CallId(1)}, 0, {}).ok());
  EXPECT_FALSE(CheckFrame({.kind = FrameKind::kReply}, 0, {}).ok());
}

TEST(FrameTest, AChannelNameHasUpTo128Bytes) {
  for (size_t size : {1, 127, 128, 129}) {
    const std::string name(size, 'n');
    FrameHeader header = SendHeader();
    header.channel = name;

    EXPECT_EQ(DecodeFrame(Encode(header)).ok(), size <= 128) << size;
    EXPECT_EQ(CheckFrame(header, 0, Limits()).ok(), size <= 128) << size;
  }
}

TEST(FrameTest, APayloadHasUpToTheLimit) {
  Limits limits;
  limits.message_bytes = 100;
  for (size_t size : {99, 100, 101}) {
    const absl::Status decoded = DecodeError(Encode(SendHeader(), std::string(size, 'x')), limits);

    EXPECT_EQ(decoded.ok(), size <= 100) << size;
    if (size > 100) {
      EXPECT_EQ(decoded, absl::OutOfRangeError("101 bytes, the limit is 100"));
    }
  }
}

TEST(FrameTest, AHeaderHasUpToTheLimit) {
  FrameHeader header{.kind = FrameKind::kReply, .call_id = CallId(1)};
  const std::string message(200, 'm');
  header.status_message = message;
  const size_t size = Encode(header).size();
  for (size_t limit : {size - 1, size, size + 1}) {
    Limits limits;
    limits.header_bytes = limit;

    EXPECT_EQ(CheckFrame(header, 0, limits).ok(), limit >= size) << limit;
    EXPECT_EQ(DecodeError(Encode(header), limits).ok(), limit >= size) << limit;
  }
}

TEST(FrameTest, AFieldGivenTwiceStillCountsAgainstTheHeader) {
  Limits limits;
  limits.header_bytes = 100;
  Encoded bytes = Encode(SendHeader(), std::string(90, 'x'));
  const Encoded again = bytes;
  bytes.insert(bytes.end(), again.begin(), again.end());
  ASSERT_TRUE(DecodeFrame(again, limits).ok());

  EXPECT_EQ(DecodeError(bytes, limits).code(), absl::StatusCode::kOutOfRange);
}

TEST(FrameTest, NumbersInAHeaderAreBounded) {
  Limits limits;
  limits.header_bytes = 100;
  Encoded bytes = BytesOf(
      "\x08\x01\x1a\x01"
      "c\x50\x01");
  for (int i = 0; i < 1'000'000; ++i) bytes.insert(bytes.end(), {0x58, 0x00});

  EXPECT_THAT(std::string(DecodeError(bytes, limits).message()), HasSubstr("blob_size: too many"));
}

TEST(FrameTest, EveryKindOfAnyVersionIsKnown) {
  for (uint8_t kind = 1; kind <= 10; ++kind) {
    FrameHeader header{.kind = FrameKind{kind}, .call_id = CallId(1)};
    if (kind <= 3 || header.kind == FrameKind::kBind) header.channel = "c";
    if (header.kind == FrameKind::kBind) header.channel_id = 1;
    if (header.kind == FrameKind::kPort) header.port_ids = {PortId(1)};

    EXPECT_TRUE(DecodeFrame(Encode(header)).ok()) << int{kind};
  }
}

TEST(FrameTest, EachKindHasAsManyPortsAsItNeeds) {
  Limits limits;
  limits.ports_in_message = 3;
  struct Rule {
    FrameKind kind;
    size_t least, most;
  };
  for (const Rule& rule :
       {Rule{FrameKind::kSend, 0, 3}, Rule{FrameKind::kInvoke, 0, 0}, Rule{FrameKind::kSync, 0, 0},
        Rule{FrameKind::kReply, 0, 0}, Rule{FrameKind::kPort, 1, 4}, Rule{FrameKind::kCredit, 0, 1},
        Rule{FrameKind::kPortOpen, 2, 2}, Rule{FrameKind::kPortStart, 1, 1},
        Rule{FrameKind::kPortClose, 1, 1}}) {
    for (size_t count = 0; count <= 5; ++count) {
      FrameHeader header{.kind = rule.kind, .call_id = CallId(1)};
      if (static_cast<int>(rule.kind) <= 3) header.channel = "c";
      header.port_ids.assign(count, PortId(7));
      const bool fits = count >= rule.least && count <= rule.most;

      EXPECT_EQ(CheckFrame(header, 0, limits).ok(), fits) << int(rule.kind) << ": " << count;
      const absl::Status decoded = DecodeError(Encode(header), limits);
      EXPECT_EQ(decoded.ok(), fits) << int(rule.kind) << ": " << count;
      if (!fits) {
        EXPECT_THAT(std::string(decoded.message()), HasSubstr("port_id: "));
      }
    }
  }
}

TEST(FrameTest, ACutOffFrameIsNeverReadBeyondItsEnd) {
  FrameHeader header{.kind = FrameKind::kInvoke, .call_id = CallId(700), .channel = "channel"};
  header.payload_kind = PayloadKind::kJson;
  header.blob_sizes = {3};
  const Encoded whole = Encode(header, "[]abc");
  for (size_t size = 0; size < whole.size(); ++size) {
    const Encoded part(whole.begin(), whole.begin() + static_cast<ptrdiff_t>(size));

    const absl::StatusOr<FrameView> frame = DecodeFrame(part);

    // What is left may be a frame of its own, without a payload.
    if (frame.ok()) {
      EXPECT_EQ(frame->payload.size(), 0u) << size;
    }
  }
}

TEST(FrameTest, WhatRandomBytesAreReadAsIsLegal) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  FrameHeader header{.kind = FrameKind::kInvoke, .call_id = CallId(700), .channel = "channel"};
  header.payload_kind = PayloadKind::kJson;
  header.blob_sizes = {1, 2};
  const Encoded whole = Encode(header, "[]abc");
  for (int i = 0; i < 100'000; ++i) {
    Encoded bytes = whole;
    for (int changes = 1 + static_cast<int>(random() % 3); changes > 0; --changes) {
      bytes[random() % bytes.size()] = static_cast<uint8_t>(random());
    }

    const absl::StatusOr<FrameView> frame = DecodeFrame(bytes);

    if (frame.ok()) {
      ASSERT_TRUE(CheckFrame(frame->header, frame->payload.size(), Limits()).ok());
    }
  }
}

TEST(FrameTest, BothWaysToWriteAPlainHeaderGiveTheSame) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937_64 random(seed);
  // Of any size, and often 0.
  const auto number = [&] { return random() % 3 == 0 ? 0 : random() >> (random() % 64); };
  for (int i = 0; i < 10'000; ++i) {
    FrameHeader header;
    header.kind = static_cast<FrameKind>(1 + random() % 17);
    header.call_id = CallId(number());
    header.channel_id = static_cast<uint32_t>(number());
    header.frame_id = FrameId(static_cast<uint32_t>(number()));
    header.sender_id = WebContentsId(static_cast<uint32_t>(number()));
    header.remaining_ms = number();
    header.payload_kind = static_cast<PayloadKind>(random() % 3);
    const size_t payload_size = number();
    Encoded expected(EncodedHeaderSize(header, payload_size));
    EncodeHeader(header, payload_size, absl::MakeSpan(expected));

    Encoded written(PlainHeader::kMostBytes);
    written.resize(PlainHeader::Write(header, payload_size, written.data()));

    ASSERT_TRUE(PlainHeader::IsPlain(header));
    ASSERT_EQ(written, expected);
  }
}

TEST(FrameTest, AHeaderWithMoreThanAFewNumbersIsNotPlain) {
  std::vector<FrameHeader> others(8);
  others[0].channel = "c";
  others[1].status = 1;
  others[2].status_message = "text";
  others[3].blob_sizes = {1};
  others[4].port_ids = {PortId(1)};
  others[5].parent_frame_id = FrameId(1);
  others[6].target_id = WebContentsId(1);
  others[7].credit = 1;

  for (const FrameHeader& header : others) EXPECT_FALSE(PlainHeader::IsPlain(header));
  EXPECT_TRUE(PlainHeader::IsPlain(FrameHeader()));
}

// A field that no version knows makes DecodeFrame() read a frame the long way.
TEST(FrameTest, BothWaysToReadAFrameGiveTheSame) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  FrameHeader header{.kind = FrameKind::kInvoke, .call_id = CallId(70'000), .channel_id = 3};
  header.frame_id = FrameId(1);
  header.remaining_ms = 30'000;
  header.payload_kind = PayloadKind::kTyped;
  const Encoded whole = Encode(header, "payload");
  for (int i = 0; i < 100'000; ++i) {
    Encoded bytes = whole;
    for (int changes = static_cast<int>(random() % 3); changes > 0; --changes) {
      bytes[random() % bytes.size()] = static_cast<uint8_t>(random());
    }
    Encoded the_long_way = BytesOf("\x88\x01\x01");  // field 17
    the_long_way.insert(the_long_way.end(), bytes.begin(), bytes.end());

    const absl::StatusOr<FrameView> frame = DecodeFrame(bytes);
    const absl::StatusOr<FrameView> same = DecodeFrame(the_long_way);

    ASSERT_EQ(frame.status(), same.status());
    if (!frame.ok()) continue;
    ASSERT_EQ(frame->payload.Joined(), same->payload.Joined());
    ASSERT_EQ(Encode(frame->header), Encode(same->header));
  }
}

TEST(FrameTest, ARunOutsideOfThePayloadIsRefused) {
  FrameHeader header;
  header.kind = FrameKind::kPing;
  header.call_id = CallId(1);
  const Encoded bytes = Encode(header);
  Bytes run(100, uint8_t{0});

  for (size_t offset = 0; offset <= bytes.size(); ++offset) {
    EXPECT_FALSE(DecodeFrame(PartedBytes(bytes, offset, &run)).ok()) << offset;
  }
}

TEST(FrameTest, AnOwnedFrameOutlivesItsBytes) {
  Encoded bytes = Encode(SendHeader(), "payload");
  OwnedFrame owned(*DecodeFrame(bytes));
  std::fill(bytes.begin(), bytes.end(), uint8_t{0});

  const OwnedFrame moved = std::move(owned);

  EXPECT_EQ(moved.view().header.channel, "c");
  const std::vector<uint8_t> payload = moved.view().payload.Joined();
  EXPECT_EQ(BytesOf("payload"), Encoded(payload.begin(), payload.end()));
  EXPECT_EQ(moved.byte_size(), 8u);
}

}  // namespace
}  // namespace ipc
