#include "tests/bench/subjects/ours/renderer_client.h"

#include <string>
#include <utility>
#include <vector>

#include "tests/bench/subjects/ours/bench.ipc.h"
#include "tests/bench/subjects/ours/loop_client.h"
#include "tests/bench/subjects/ours/small_object.h"
#include "tests/bench/subjects/texts.h"

namespace bench {
namespace {

class TypedClient final : public LoopClient {
 public:
  TypedClient(ipc::RendererProcess& renderer, const Session& session)
      : LoopClient(renderer),
        stub_(renderer.ipc_renderer()),
        is_small_(session.is_small()),
        text_(SmallText()),
        bytes_(is_small_ ? 0 : session.bytes, 'x') {}

 private:
  void Call() override {
    if (is_small_) {
      stub_.Echo(kNumber, text_).Then([this](const auto& answer) { OnAnswer(answer.status()); });
    } else {
      stub_.EchoLarge(std::move(bytes_)).Then([this](auto answer) {
        if (answer.ok()) Keep(std::move(answer->bytes));
        OnAnswer(answer.status());
      });
    }
  }
  absl::Status Note() override { return stub_.Note(kNumber, text_); }
  void Flush() override {
    stub_.Flush().Then([this](const absl::Status& status) { OnAnswer(status); });
  }
  void Listen() override {
    stub_.OnNews([this](ipc::IpcRendererEvent&, uint64_t, const std::string&) { SayHeard(); });
    SayHeard();
  }
  void SayHeard() {
    if (absl::Status status = stub_.Heard(); !status.ok()) Die(status.ToString());
  }

  // They go again. Fewer would be faster, and no figure.
  void Keep(std::vector<uint8_t> bytes) {
    if (bytes.size() != size_) Die("an answer of another size");
    bytes_ = std::move(bytes);
  }

  BenchIpcRenderer stub_;
  const bool is_small_;
  const std::string text_;
  std::vector<uint8_t> bytes_;
  const size_t size_ = bytes_.size();
};

class UntypedClient final : public LoopClient {
 public:
  UntypedClient(ipc::RendererProcess& renderer, const Session& session)
      : LoopClient(renderer),
        ipc_(renderer.ipc_renderer()),
        is_small_(session.is_small()),
        bytes_(is_small_ ? 0 : session.bytes, 'x') {}

 private:
  void Call() override {
    auto answer = is_small_ ? ipc_.Invoke("echo", "ping", 42, object_)
                            : ipc_.Invoke("echo", ipc::Bytes(bytes_));
    std::move(answer).Then([this](const auto& value) { OnAnswer(value.status()); });
  }
  absl::Status Note() override { return ipc_.Send("note", "ping", 42, object_); }
  void Flush() override {
    ipc_.Invoke("flush").Then([this](const auto& value) { OnAnswer(value.status()); });
  }
  void Listen() override {
    ipc_.On("news", [this](ipc::IpcRendererEvent&, const ipc::Args&) { SayHeard(); });
    SayHeard();
  }
  void SayHeard() {
    if (absl::Status status = ipc_.Send("heard"); !status.ok()) Die(status.ToString());
  }

  ipc::IpcRenderer& ipc_;
  const bool is_small_;
  const ipc::Object object_ = SmallObject();
  const ipc::Bytes bytes_;
};

class SyncClient final : public BlockingClient {
 public:
  SyncClient(ipc::RendererProcess& renderer, const Session& session)
      : stub_(renderer.ipc_renderer()),
        is_small_(session.is_small()),
        text_(SmallText()),
        bytes_(is_small_ ? 0 : session.bytes, 'x') {}

 private:
  void RoundTrip() override {
    const absl::Status status = is_small_ ? stub_.EchoSync(kNumber, text_).status() : EchoLarge();
    if (!status.ok()) Die(status.ToString());
  }
  absl::Status EchoLarge() {
    auto answer = stub_.EchoLargeSync(std::move(bytes_));
    if (answer.ok()) Keep(std::move(answer->bytes));
    return answer.status();
  }

  // They go again. Fewer would be faster, and no figure.
  void Keep(std::vector<uint8_t> bytes) {
    if (bytes.size() != size_) Die("an answer of another size");
    bytes_ = std::move(bytes);
  }

  BenchIpcRenderer stub_;
  const bool is_small_;
  const std::string text_;
  std::vector<uint8_t> bytes_;
  const size_t size_ = bytes_.size();
};

}  // namespace

std::unique_ptr<Client> MakeRendererClient(Calls calls, ipc::RendererProcess& renderer,
                                           const Session& session) {
  switch (calls) {
    case Calls::kTyped:
      return std::make_unique<TypedClient>(renderer, session);
    case Calls::kUntyped:
      return std::make_unique<UntypedClient>(renderer, session);
    case Calls::kSync:
      return std::make_unique<SyncClient>(renderer, session);
  }
  Die("no such calls");
}

}  // namespace bench
