// Renderers that send whatever they like. Main lives, keeps a bounded amount of it, and goes on.

#include <chrono>
#include <future>

#include "tests/support/text_payload.h"
#include "tests/unit/api/api_fixture.h"
#include "tests/unit/api/raw_renderer.h"

namespace ipc {
namespace {

using testing::HasSubstr;
using testing::IsSupersetOf;
using testing::SizeIs;

class HostileTest : public ApiTest {
 protected:
  // Runs `script` as a renderer, to its end and that of its WebContents.
  void RunRenderer(std::function<void(RawPeer&)> script) {
    RawRenderer renderer(main().loop(), path_, std::move(script));
    RunUntil([&] { return renderer.is_done() && main().GetAllWebContents().empty(); });
  }

  std::string path_ = Listen();
};

FrameHeader FrameAdded(uint32_t id, uint32_t parent) {
  FrameHeader added = Header(FrameKind::kFrameAdded, 0);
  added.frame_id = FrameId(id);
  added.parent_frame_id = FrameId(parent);
  return added;
}

FrameHeader FrameRemoved(uint32_t id) {
  FrameHeader removed = Header(FrameKind::kFrameRemoved, 0);
  removed.frame_id = FrameId(id);
  return removed;
}

TEST_F(HostileTest, AFloodOfCallsThatAreCancelledAtOnceIsBounded) {
  constexpr size_t kCalls = 3000;
  const size_t limit = Limits().calls_in_flight;
  std::vector<Resolver<Value>> owed;
  ASSERT_TRUE(ipc_main()
                  .Handle("ch", [&](auto&, const Args&) { return owed.emplace_back().promise(); })
                  .ok());
  size_t refused = 0;

  RunRenderer([&](RawPeer& peer) {
    for (size_t id = 1; id <= kCalls; ++id) {
      EXPECT_TRUE(peer.Send(Header(FrameKind::kInvoke, id, "ch"), TextPayload("[]")).ok());
      EXPECT_TRUE(peer.Send(Header(FrameKind::kCancel, id)).ok());
      // Let main read: a queue of our own that is full is not what this is about.
      if (id > limit) peer.RunUntil([&] { return peer.count(FrameKind::kReply) == id - limit; });
    }
    refused = peer.count(FrameKind::kReply);
  });

  EXPECT_THAT(owed, SizeIs(limit));
  EXPECT_EQ(refused, kCalls - limit);
}

TEST_F(HostileTest, AFrameThatBreaksTheProtocolEndsThatRenderer) {
  const std::vector<std::function<void(RawPeer&)>> scripts = {
      [](RawPeer& peer) { EXPECT_TRUE(peer.Send(Header(FrameKind::kReply, 1)).ok()); },
      [](RawPeer& peer) {
        FrameHeader post = Header(FrameKind::kPort, 0);
        post.port_ids = {PortId(1)};
        EXPECT_TRUE(peer.Send(post).ok());
      },
      [](RawPeer& peer) { EXPECT_TRUE(peer.Send(Header(FrameKind::kCredit, 0)).ok()); },
      [](RawPeer& peer) {
        FrameHeader bind = Header(FrameKind::kBind, 0, "ch");
        bind.channel_id = 1;
        EXPECT_TRUE(peer.Send(bind).ok());
      },
      [](RawPeer& peer) {
        FrameHeader send = Header(FrameKind::kSend, 0);
        send.channel_id = 7;
        EXPECT_TRUE(peer.Send(send).ok());
      },
      [](RawPeer& peer) {
        FrameHeader send = Header(FrameKind::kSend, 0, "ch");
        send.frame_id = FrameId(2);
        EXPECT_TRUE(peer.Send(send).ok());
      },
      [](RawPeer& peer) {
        FrameHeader sync = Header(FrameKind::kSync, 1, "ch");
        sync.frame_id = FrameId(2);
        EXPECT_TRUE(peer.Send(sync).ok());
      },
      [](RawPeer& peer) { EXPECT_TRUE(peer.Send(FrameAdded(1, 1)).ok()); },
      [](RawPeer& peer) { EXPECT_TRUE(peer.Send(FrameAdded(2, 7)).ok()); },
      [](RawPeer& peer) { EXPECT_TRUE(peer.Send(FrameAdded(2, 2)).ok()); },
      [](RawPeer& peer) {
        EXPECT_TRUE(peer.Send(FrameAdded(2, 1)).ok());
        EXPECT_TRUE(peer.Send(FrameRemoved(2)).ok());
        EXPECT_TRUE(peer.Send(FrameAdded(2, 1)).ok());
      },
      [](RawPeer& peer) { EXPECT_TRUE(peer.Send(FrameRemoved(1)).ok()); },
      [](RawPeer& peer) { EXPECT_TRUE(peer.Send(FrameRemoved(2)).ok()); },
      [](RawPeer& peer) {
        for (uint32_t id = 2; id <= Limits().frames + 1; ++id) {
          if (!peer.Send(FrameAdded(id, id - 1)).ok()) return;
        }
      },
      [](RawPeer& peer) {
        FrameHeader send = Header(FrameKind::kSendTo, 0, "ch");
        send.target_id = WebContentsId(1);
        send.frame_id = FrameId(2);
        EXPECT_TRUE(peer.Send(send).ok());
      },
  };

  for (const auto& script : scripts) {
    RunRenderer([&](RawPeer& peer) {
      script(peer);
      peer.RunUntilClosed();
    });
  }

  EXPECT_THAT(log(), SizeIs(scripts.size()));
  EXPECT_THAT(log(), testing::Each(HasSubstr("has ended: ")));
}

TEST_F(HostileTest, ACallIdThatIsInUseEndsThatRendererAndStopsTheHandler) {
  std::optional<Resolver<Value>> owed;
  std::stop_token stop;
  ASSERT_TRUE(ipc_main()
                  .Handle("ch",
                          [&](IpcMainInvokeEvent& event, const Args&) {
                            stop = event.stop_token();
                            return owed.emplace().promise();
                          })
                  .ok());

  RunRenderer([](RawPeer& peer) {
    for (int i = 0; i < 2; ++i) {
      EXPECT_TRUE(peer.Send(Header(FrameKind::kInvoke, 1, "ch"), TextPayload("[]")).ok());
    }
    peer.RunUntilClosed();
  });

  EXPECT_TRUE(stop.stop_requested());
}

TEST_F(HostileTest, MainDoesNotWaitForARendererThatBreaksTheProtocolAndDoesNotRead) {
  main().web_contents_created().Add([](WebContents& contents) {
    contents.did_attach().Add([&contents] {
      const std::string large(1 << 20, 'x');
      for (int i = 0; i < 7; ++i) EXPECT_TRUE(contents.Send("large", large).ok());
    });
  });
  std::promise<void> main_is_done;
  RawRenderer renderer(main().loop(), path_, [&](RawPeer& peer) {
    EXPECT_TRUE(peer.Send(Header(FrameKind::kReply, 1)).ok());
    main_is_done.get_future().wait_for(std::chrono::seconds(10));
  });

  RunUntil([&] { return !log().empty() && main().GetAllWebContents().empty(); });
  main_is_done.set_value();

  // Less than the quarter of a second that a peer is given to read what main said last.
  EXPECT_LT(std::chrono::ceil<milliseconds>(longest_turn()).count(), 200);
}

TEST_F(HostileTest, BadArgumentsAreAnsweredThoughOnlyAnObserverListens) {
  main().web_contents_created().Add([](WebContents& contents) {
    contents.ipc_message_sync().Add([](IpcMainEvent&, std::string_view, const Args&) { FAIL(); });
    contents.ipc_message().Add([](IpcMainEvent&, std::string_view, const Args&) { FAIL(); });
  });
  absl::Status end;

  RunRenderer([&](RawPeer& peer) {
    EXPECT_TRUE(peer.Send(Header(FrameKind::kSend, 0, "ch"), TextPayload("{}")).ok());
    EXPECT_TRUE(peer.Send(Header(FrameKind::kSync, 1, "ch"), TextPayload("[")).ok());
    peer.RunUntil([&] { return peer.count(FrameKind::kReply) == 1; });
    end = peer.last_end();
  });

  EXPECT_EQ(end, absl::InvalidArgumentError("Error: not JSON"));
  const std::string line = "Error occurred in listener for 'ch' of WebContents #1: ";
  EXPECT_THAT(log(), IsSupersetOf({line + "Error: args: not an array", line + "Error: not JSON"}));
}

TEST_F(HostileTest, AChannelNameCannotForgeALineOfTheLog) {
  RunRenderer([&](RawPeer& peer) {
    EXPECT_TRUE(peer.Send(Header(FrameKind::kSync, 1, "ch\nipc: error: all is lost\x1b[2J")).ok());
    peer.RunUntil([&] { return peer.count(FrameKind::kReply) == 1; });
  });

  for (const std::string& line : log()) {
    EXPECT_EQ(line.find_first_of("\n\x1b"), std::string::npos) << line;
  }
}

TEST_F(HostileTest, AFloodOfPingsAndUnknownCancelsIsAnsweredAndForgotten) {
  constexpr size_t kRounds = 20;
  constexpr size_t kPings = 1000;
  size_t pongs = 0;

  RunRenderer([&](RawPeer& peer) {
    for (size_t round = 1; round <= kRounds; ++round) {
      for (size_t id = 1; id <= kPings; ++id) {
        EXPECT_TRUE(peer.Send(Header(FrameKind::kPing, id)).ok());
        EXPECT_TRUE(peer.Send(Header(FrameKind::kCancel, id)).ok());
      }
      peer.RunUntil([&] { return peer.count(FrameKind::kPong) == round * kPings; });
    }
    pongs = peer.count(FrameKind::kPong);
  });

  EXPECT_EQ(pongs, kRounds * kPings);
}

}  // namespace
}  // namespace ipc
