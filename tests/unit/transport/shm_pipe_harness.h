// One pipe in shared memory whose peer is the test itself.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/transport/shm/region.h"
#include "runtime/transport/shm/ring.h"
#include "runtime/transport/shm/shm_pipe.h"
#include "tests/unit/transport/pipe_harness.h"

namespace ipc::testing {

// The encoded frame that SendText() would send.
inline std::string EncodedText(std::string_view text, FrameKind kind = FrameKind::kSend) {
  FrameHeader header;
  header.kind = kind;
  header.payload_kind = PayloadKind::kTyped;
  if (kind == FrameKind::kSend) {
    header.channel = "channel";
  } else {
    header.call_id = CallId(1);
  }
  std::string bytes(EncodedHeaderSize(header, text.size()), '\0');
  EncodeHeader(header, text.size(), {reinterpret_cast<uint8_t*>(bytes.data()), bytes.size()});
  return bytes.append(text);
}

// One pipe, whose peer is the test itself, with the peer's region in its hands.
class ShmPipeTest : public ::testing::Test {
 protected:
  void Connect(const Limits& limits = {}) {
    SocketPair sockets = MakeSocketPair();
    socket_ = std::move(sockets.right);
    OwnRegion::Created ours = *OwnRegion::Create();
    OwnRegion::Created pipes = *OwnRegion::Create();
    theirs_.emplace(*PeerRegion::Map(pipes.fd));
    PeerRegion from_here = *PeerRegion::Map(ours.fd);
    ours_.emplace(std::move(ours.region));
    end_.pipe = *MakeShmPipe(*sequence_->loop(), std::move(sockets.left), std::move(pipes.region),
                             std::move(from_here), limits);
    writer_.emplace(ours_->ring(), ours_->ring_bytes(),
                    internal::RingWriter::Cursors{&header().sending.written,
                                                  &theirs_->header().receiving.read});
    reader_.emplace(theirs_->ring(), theirs_->ring_bytes(),
                    internal::RingReader::Cursors{&theirs_->header().sending.written,
                                                  &header().receiving.read});
    end_.Start();
  }

  // --- The peer's part.

  internal::RegionHeader& header() { return ours_->header(); }
  void WriteRecord(std::string_view bytes, uint32_t rest = 0) {
    uint8_t* const room = writer_->Reserve(static_cast<uint32_t>(bytes.size()));
    ASSERT_NE(room, nullptr);
    std::memcpy(room, bytes.data(), bytes.size());
    writer_->Commit(static_cast<uint32_t>(bytes.size()), rest);
  }
  struct Record {
    uint32_t size;
    uint32_t rest;
    FrameKind kind;  // of a whole frame
  };
  std::vector<Record> ReadRecords() {
    std::vector<Record> records;
    while (reader_->Peek() == internal::RingReader::Look::kRecord) {
      const internal::RingReader::Record& record = reader_->record();
      const bool is_whole = record.header.rest == 0 || record.header.rest == internal::kAside;
      const auto frame = DecodeFrame(absl::MakeConstSpan(record.bytes, record.header.size));
      records.push_back({record.header.size, record.header.rest,
                         is_whole && frame.ok() ? frame->header.kind : FrameKind{}});
      reader_->Advance();
    }
    return records;
  }
  void SayRead() { reader_->Settle(); }
  size_t CountRings() {
    char rings[256];
    const ssize_t got = recv(socket_.get(), rings, sizeof rings, MSG_DONTWAIT);
    return got < 0 ? 0 : static_cast<size_t>(got);
  }
  void RingForPipe() { ASSERT_EQ(send(socket_.get(), "", 1, 0), 1); }
  void SayAsleep(uint32_t asleep) { header().waiting.asleep = asleep; }

  // --- The pipe's.

  void RunLoop() {
    for (int i = 0; i < 20; ++i) sequence_->loop()->Dispatch();
  }
  absl::Status EndReason() {
    RunLoop();
    EXPECT_TRUE(end_.is_ended);
    return end_.end_reason;
  }

  const std::shared_ptr<Sequence> sequence_ =
      std::make_shared<Sequence>(Sequence::Kind::kThisThread);
  End end_{sequence_};
  UniqueFd socket_;
  std::optional<OwnRegion> ours_;
  std::optional<PeerRegion> theirs_;
  std::optional<internal::RingWriter> writer_;
  std::optional<internal::RingReader> reader_;
};

// A peer without manners.
class HostileShmTest : public ShmPipeTest {
 protected:
  void ExpectEnd(std::string_view reason) {
    RingForPipe();
    const absl::Status end = EndReason();
    EXPECT_EQ(end.code(), absl::StatusCode::kInvalidArgument) << end;
    EXPECT_THAT(std::string(end.message()), ::testing::HasSubstr(std::string(reason)));
  }
};

}  // namespace ipc::testing
