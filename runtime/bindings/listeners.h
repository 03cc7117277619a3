// The listeners of an emitter, by channel, with the rules of Node's EventEmitter.
//
// Ownership   Owns the callables. A Subscription may outlive it.
// Threads     One sequence. A callable may add and remove listeners, itself included.
// From        electron-contract rules 3 to 5, 18 and 19. Channels are plain keys; no name is
//             special.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "runtime/base/channel_map.h"
#include "runtime/base/ids.h"
#include "runtime/base/log.h"
#include "runtime/bindings/subscription.h"

namespace ipc {

// Node's warning about a channel of `emitter` with `count` listeners.
std::string LeakWarning(std::string_view emitter, std::string_view channel, size_t count,
                        size_t max);

// What is logged of a listener that names no channel.
std::string NoChannelText(std::string_view emitter);

template <typename Callable>
class Listeners {
 public:
  static constexpr size_t kDefaultMaxListeners = 10;

  // `emitter` is what the warning calls it that `log` hears once of a channel with many listeners.
  Listeners(std::string emitter, LogSink log)
      : emitter_(std::move(emitter)), log_(std::move(log)) {}

  // A channel without a name, on which nobody can send, is logged, and has no listeners: the id is
  // 0.
  ListenerId Append(std::string_view channel, Callable callable) {
    return Insert(channel, MakeEntry(std::move(callable), Calls::kAll), Position::kLast);
  }
  ListenerId AppendOnce(std::string_view channel, Callable callable) {
    return Insert(channel, MakeEntry(std::move(callable), Calls::kFirst), Position::kLast);
  }
  ListenerId Prepend(std::string_view channel, Callable callable) {
    return Insert(channel, MakeEntry(std::move(callable), Calls::kAll), Position::kFirst);
  }
  // Unlike one that Remove() took out, a listener whose Subscription is gone is not even called by
  // the emit in progress: what it refers to may be gone too.
  Subscription AppendScoped(std::string_view channel, Callable callable) {
    std::shared_ptr<Entry> added = MakeEntry(std::move(callable), Calls::kAll);
    Insert(channel, added, Position::kLast);
    // Weak: the callable may own this very Subscription.
    return Subscription([weak_self = std::weak_ptr<Listeners*>(self_),
                         channel = std::string(channel), weak_entry = std::weak_ptr<Entry>(added)] {
      std::shared_ptr<Entry> entry = weak_entry.lock();
      if (!entry) return;
      entry->is_revoked = true;
      if (auto self = weak_self.lock()) (*self)->Remove(channel, entry->id);
    });
  }

  // An id that `channel` does not have is ignored.
  void Remove(std::string_view channel, ListenerId id) {
    auto found = channels_.find(channel);
    if (found == channels_.end()) return;
    auto& entries = found->second.entries;
    auto entry = std::find_if(entries.begin(), entries.end(),
                              [id](const auto& entry) { return entry->id == id; });
    if (entry == entries.end()) return;
    // What a callable holds may call back in here when it is destroyed: that comes last.
    std::shared_ptr<Entry> removed = std::move(*entry);
    entries.erase(entry);
    if (entries.empty()) channels_.erase(found);
  }
  void RemoveAll(std::string_view channel) { auto removed = channels_.extract(channel); }
  void RemoveAll() { auto removed = std::exchange(channels_, {}); }

  size_t count(std::string_view channel) const {
    auto found = channels_.find(channel);
    return found == channels_.end() ? 0 : found->second.entries.size();
  }
  std::vector<std::string> channels() const {
    std::vector<std::string> names;
    for (const auto& [name, channel] : channels_) names.push_back(name);
    std::sort(names.begin(), names.end());
    return names;
  }
  // 0: no limit.
  void set_max(size_t max) { max_ = max; }

  // Runs `call` with each listener of `channel`, in order, over a copy of the list. Returns how
  // many there were.
  template <typename F>
  size_t Emit(std::string_view channel, F call) {
    if (channels_.empty()) return 0;  // as most emitters are; no need to hash the name
    auto found = channels_.find(channel);
    if (found == channels_.end()) return 0;
    absl::InlinedVector<std::shared_ptr<Entry>, 8> entries(found->second.entries.begin(),
                                                           found->second.entries.end());
    for (const std::shared_ptr<Entry>& entry : entries) {
      if (entry->is_revoked) continue;
      if (entry->calls == Calls::kFirst) {
        entry->is_revoked = true;
        Remove(channel, entry->id);
      }
      call(entry->callable);
    }
    return entries.size();
  }

 private:
  enum class Calls { kAll, kFirst };
  enum class Position { kFirst, kLast };
  struct Entry {
    ListenerId id;
    Callable callable;
    Calls calls;
    bool is_revoked = false;  // never call again
  };
  struct Channel {
    std::vector<std::shared_ptr<Entry>> entries;
    bool has_warned = false;
  };

  std::shared_ptr<Entry> MakeEntry(Callable callable, Calls calls) {
    last_id_ = ListenerId(last_id_.value() + 1);
    return std::make_shared<Entry>(Entry{last_id_, std::move(callable), calls});
  }

  ListenerId Insert(std::string_view name, const std::shared_ptr<Entry>& entry, Position position) {
    if (name.empty()) {
      log_(LogLevel::kError, NoChannelText(emitter_));
      return ListenerId();
    }
    Channel& channel = channels_[name];
    auto& entries = channel.entries;
    entries.insert(position == Position::kFirst ? entries.begin() : entries.end(), entry);
    if (max_ != 0 && entries.size() > max_ && !channel.has_warned) {
      channel.has_warned = true;
      log_(LogLevel::kWarning, LeakWarning(emitter_, name, entries.size(), max_));
    }
    return entry->id;
  }

  const std::string emitter_;
  const LogSink log_;
  size_t max_ = kDefaultMaxListeners;
  ListenerId last_id_;
  ChannelMap<Channel> channels_;
  std::shared_ptr<Listeners*> self_ = std::make_shared<Listeners*>(this);
};

}  // namespace ipc
