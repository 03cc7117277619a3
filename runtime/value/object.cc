#include <algorithm>
#include <utility>

#include "runtime/value/value.h"

namespace ipc {
namespace {

// Above this many members, sorting costs less than comparing each with each.
constexpr size_t kFew = 12;

std::vector<const Object::Member*> SortedByName(const std::vector<Object::Member>& members) {
  std::vector<const Object::Member*> sorted;
  sorted.reserve(members.size());
  for (const auto& member : members) sorted.push_back(&member);
  std::sort(sorted.begin(), sorted.end(),
            [](const auto* a, const auto* b) { return a->first < b->first; });
  return sorted;
}

const Value& Null() {
  static const Value* const null = new Value();
  return *null;
}

}  // namespace

Object::Object(std::initializer_list<Member> members) {
  members_.reserve(members.size());
  for (const auto& [name, value] : members) Set(name, value);
}

const Value* Object::Find(std::string_view name) const {
  for (const auto& member : members_) {
    if (member.first == name) return &member.second;
  }
  return nullptr;
}

const Value& Object::operator[](std::string_view name) const {
  const Value* found = Find(name);
  return found == nullptr ? Null() : *found;
}

Value& Object::Set(std::string name, Value value) {
  for (auto& member : members_) {
    if (member.first == name) return member.second = std::move(value);
  }
  return Append(std::move(name), std::move(value));
}

Value& Object::Append(std::string name, Value value) {
  return members_.emplace_back(std::move(name), std::move(value)).second;
}

void Object::Reserve(size_t size) { members_.reserve(size); }

const std::string* Object::FindDuplicate() const {
  if (size() <= kFew) {
    for (auto member = members_.begin(); member != members_.end(); ++member) {
      for (auto earlier = members_.begin(); earlier != member; ++earlier) {
        if (earlier->first == member->first) return &member->first;
      }
    }
    return nullptr;
  }
  const auto sorted = SortedByName(members_);
  const auto twin =
      std::adjacent_find(sorted.begin(), sorted.end(),
                         [](const auto* a, const auto* b) { return a->first == b->first; });
  return twin == sorted.end() ? nullptr : &(*twin)->first;
}

bool operator==(const Object& a, const Object& b) {
  if (a.size() != b.size()) return false;
  if (a.size() <= kFew) {
    return std::all_of(a.begin(), a.end(), [&](const Object::Member& member) {
      const Value* other = b.Find(member.first);
      return other != nullptr && *other == member.second;
    });
  }
  const auto sorted_a = SortedByName(a.members_);
  const auto sorted_b = SortedByName(b.members_);
  return std::equal(sorted_a.begin(), sorted_a.end(), sorted_b.begin(),
                    [](const auto* x, const auto* y) { return *x == *y; });
}

}  // namespace ipc
