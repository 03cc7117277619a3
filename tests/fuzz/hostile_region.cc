#include "tests/fuzz/hostile_region.h"

#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <string>

#include "runtime/transport/shm/layout.h"
#include "runtime/wire/frame.h"

namespace ipc::fuzz {
namespace {

using internal::RecordHeader;
using internal::RegionHeader;

constexpr size_t kMostPieces = 64;

// Of a parted frame: its header, and the payload beside its run.
constexpr size_t kHeadBytes = 17;
constexpr size_t kBeside = 100;

std::string EncodeFrame(size_t payload_size, FrameKind kind) {
  FrameHeader header;
  header.kind = kind;
  header.payload_kind = PayloadKind::kTyped;
  if (kind == FrameKind::kSend) header.channel = "channel";
  if (kind != FrameKind::kSend) header.call_id = CallId(1);
  std::string bytes(EncodedHeaderSize(header, payload_size), '\0');
  EncodeHeader(header, payload_size, {reinterpret_cast<uint8_t*>(bytes.data()), bytes.size()});
  return bytes.append(payload_size, 'x');
}

}  // namespace

HostileRegion::HostileRegion(Victim::Peer& peer, std::mt19937_64& dice)
    : peer_(peer),
      dice_(dice),
      writer_(peer.own.ring(), peer.own.ring_bytes(),
              {&peer.own.header().sending.written, &peer.victims.header().receiving.read}),
      reader_(peer.victims.ring(), peer.victims.ring_bytes(),
              {&peer.victims.header().sending.written, &peer.own.header().receiving.read}) {}

void HostileRegion::ActDecently() {
  if (run_left_ > 0 && Roll(50) != 0) return Roll(4) == 0 ? ReadEverything() : WriteRun();
  switch (Roll(6)) {
    case 0:
      return ReadEverything();
    case 1:
      return Ring();
    case 2:
      return WriteHead({.offset = static_cast<uint32_t>(kHeadBytes + Roll(kBeside)),
                        .run_size = internal::kLeastRun + static_cast<uint32_t>(Roll(200'000))});
    default:
      return WriteFrame();
  }
}

void HostileRegion::WriteFrame() {
  constexpr size_t kSizes[] = {0, 1, 64, 1000, 20'000, 200'000, (1 << 20) - 1};
  constexpr FrameKind kKinds[] = {FrameKind::kSend, FrameKind::kPing, FrameKind::kReply};
  const std::string frame = EncodeFrame(kSizes[Roll(std::size(kSizes))], kKinds[Roll(3)]);
  // One that does not fit is begun now and then, and never ended.
  const bool fits = writer_.HasRoom(frame.size() + kMostPieces * internal::RecordRoom(8));
  if (!fits && Roll(50) != 0) return Ring();
  const size_t least = 1 + frame.size() / kMostPieces;
  const size_t most = internal::LargestRecord(writer_.ring_bytes()) - sizeof(RecordHeader);
  for (size_t at = 0; at < frame.size();) {
    const size_t piece = std::min(least + Roll(Roll(2) == 0 ? least : most), most);
    const auto size = static_cast<uint32_t>(std::min(frame.size() - at, piece));
    uint8_t* const room = writer_.Reserve(size);
    if (room == nullptr) return Ring();
    std::memcpy(room, frame.data() + at, size);
    at += size;
    writer_.Commit(size, static_cast<uint32_t>(frame.size() - at));
  }
  Ring();
}

void HostileRegion::WriteHead(const internal::PartedHead& head) {
  std::string frame = EncodeFrame(head.run_size % (2 << 20) + kBeside, FrameKind::kSend);
  frame.resize(kHeadBytes + kBeside);
  frame.insert(0, reinterpret_cast<const char*>(&head), sizeof head);
  const auto size = static_cast<uint32_t>(frame.size());
  uint8_t* const room = writer_.Reserve(size);
  if (room == nullptr) return Ring();
  std::memcpy(room, frame.data(), size);
  writer_.Commit(size, internal::kParted);
  run_left_ = head.run_size;
  WriteRun();
}

void HostileRegion::WriteRun() {
  const size_t most = internal::LargestRecord(writer_.ring_bytes()) - sizeof(RecordHeader);
  while (run_left_ > 0) {
    const auto size = static_cast<uint32_t>(std::min<uint64_t>(run_left_, 1 + Roll(most)));
    uint8_t* const room = writer_.Reserve(size);
    if (room == nullptr) break;
    std::memset(room, 'r', size);
    run_left_ -= size;
    writer_.Commit(size, run_left_);
  }
  Ring();
}

void HostileRegion::ReadEverything() {
  while (reader_.Peek() == internal::RingReader::Look::kRecord) reader_.Advance();
  Ring();
}

void HostileRegion::Ring() {
  const char byte = 0;
  [[maybe_unused]] const ssize_t sent =
      send(peer_.socket.get(), &byte, 1, MSG_DONTWAIT | MSG_NOSIGNAL);
  char heard[64];
  [[maybe_unused]] const ssize_t got = recv(peer_.socket.get(), heard, sizeof heard, MSG_DONTWAIT);
}

void HostileRegion::ActMaliciously() {
  switch (Roll(17) / 4) {  // the last one seldom: it nearly always ends the pipe
    case 0:
      SpoilCursor();
      break;
    case 1:
      SpoilRecordHeader();
      break;
    case 2:
      SpoilAnyByte();
      break;
    case 3:
      Flicker();
      break;
    case 4:
      WriteHead(
          {.offset = static_cast<uint32_t>(Value()), .run_size = static_cast<uint32_t>(Value())});
      break;
  }
  Ring();
}

uint64_t HostileRegion::Value() {
  const uint64_t written = peer_.own.header().sending.written;
  const uint64_t values[] = {0,
                             1,
                             8,
                             16,
                             UINT32_MAX,
                             UINT64_MAX,
                             UINT64_MAX - 7,
                             dice_(),
                             written + 8,
                             written - 8,
                             written + peer_.own.ring_bytes(),
                             written + 8 * Roll(10'000),
                             uint64_t{1} << Roll(64)};
  return values[Roll(std::size(values))];
}

void HostileRegion::SpoilCursor() {
  RegionHeader& header = peer_.own.header();
  switch (Roll(6)) {
    case 0:
      header.sending.written = Value();
      break;
    case 1:
      header.receiving.read = Value();
      break;
    case 2:
      header.ending.end = static_cast<uint32_t>(Roll(4));
      break;
    case 3:
      header.waiting.asleep = static_cast<uint32_t>(Value());
      break;
    case 4:
      header.waiting.processor = static_cast<uint32_t>(Value());
      break;
    case 5:
      header.farewell.code = static_cast<uint32_t>(Value());
      header.farewell.size = static_cast<uint32_t>(Value());
      break;
  }
}

void HostileRegion::SpoilRecordHeader() {
  // Of a record that is there, most likely: what is written last.
  const uint64_t written = peer_.own.header().sending.written & ~uint64_t{7};
  const uint64_t at = (written - 8 * Roll(64)) & (peer_.own.ring_bytes() - 1);
  const RecordHeader header{.size = static_cast<uint32_t>(Value()),
                            .rest = static_cast<uint32_t>(Value())};
  std::memcpy(peer_.own.ring() + at, &header, sizeof header);
}

void HostileRegion::SpoilAnyByte() {
  uint8_t* const begin =
      Roll(2) == 0 ? reinterpret_cast<uint8_t*>(&peer_.own.header()) : peer_.own.ring();
  const size_t size = begin == peer_.own.ring() ? peer_.own.ring_bytes() : sizeof(RegionHeader);
  for (uint64_t i = Roll(8); i < 8; ++i) begin[Roll(size)] = static_cast<uint8_t>(dice_());
}

void HostileRegion::Flicker() {
  auto* const words = reinterpret_cast<std::atomic<uint64_t>*>(peer_.own.ring());
  const uint64_t written = peer_.own.header().sending.written;
  const uint64_t first = ((written - 8 * Roll(256)) & (peer_.own.ring_bytes() - 1)) / 8;
  const uint64_t honest = words[first];
  for (int i = 0; i < 2000; ++i) {
    words[first].store(i % 2 == 0 ? Value() : honest, std::memory_order_relaxed);
  }
}

}  // namespace ipc::fuzz
