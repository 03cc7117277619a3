// The handlers of an emitter, at most one a channel.
//
// Ownership   Owns the callables; one that is running is kept until it returns.
// Threads     One sequence. A callable may add and remove handlers, itself included.
// From        electron-contract rules 4 and 6.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "runtime/base/channel_map.h"
#include "runtime/base/strings.h"
#include "runtime/bindings/subscription.h"

namespace ipc {

template <typename Callable>
class Handlers {
 public:
  // Errors: INVALID_ARGUMENT without a channel, as for who sends; ALREADY_EXISTS, "Attempted to
  // register a second handler for 'CH'".
  absl::Status Add(std::string_view channel, Callable callable) {
    return Insert(channel, Entry{std::move(callable), Calls::kAll});
  }
  absl::Status AddOnce(std::string_view channel, Callable callable) {
    return Insert(channel, Entry{std::move(callable), Calls::kFirst});
  }
  // What a callable holds may call back in here when it is destroyed: that comes last.
  void Remove(std::string_view channel) { auto removed = entries_.extract(channel); }

  void RemoveAll() { auto removed = std::exchange(entries_, {}); }

  // Removes the handler that `channel` has now, and no later one.
  Subscription Scope(std::string_view channel) {
    return Subscription([weak_self = std::weak_ptr<Handlers*>(self_),
                         channel = std::string(channel),
                         entry = std::weak_ptr<Entry>(entries_.at(channel))] {
      auto self = weak_self.lock();
      if (!self) return;
      auto found = (*self)->entries_.find(channel);
      if (found != (*self)->entries_.end() && found->second == entry.lock()) {
        (*self)->Remove(channel);
      }
    });
  }

  bool contains(std::string_view channel) const { return entries_.contains(channel); }

  // The handler to call, taken out when it was added for one call; null when there is none.
  std::shared_ptr<Callable> Find(std::string_view channel) {
    if (entries_.empty()) return nullptr;  // as most emitters are; no need to hash the name
    auto found = entries_.find(channel);
    if (found == entries_.end()) return nullptr;
    std::shared_ptr<Entry> entry = found->second;
    if (entry->calls == Calls::kFirst) entries_.erase(found);
    return std::shared_ptr<Callable>(entry, &entry->callable);
  }

 private:
  enum class Calls { kAll, kFirst };
  struct Entry {
    Callable callable;
    Calls calls;
  };

  absl::Status Insert(std::string_view channel, Entry entry) {
    if (channel.empty()) return absl::InvalidArgumentError("channel: missing");
    if (contains(channel)) {
      return absl::AlreadyExistsError(
          absl::StrCat("Attempted to register a second handler for '", ToAbsl(channel), "'"));
    }
    entries_.try_emplace(channel, std::make_shared<Entry>(std::move(entry)));
    return absl::OkStatus();
  }

  ChannelMap<std::shared_ptr<Entry>> entries_;
  std::shared_ptr<Handlers*> self_ = std::make_shared<Handlers*>(this);
};

}  // namespace ipc
