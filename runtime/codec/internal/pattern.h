// A compiled regular expression of RE2: matching takes time in proportion to the text, whatever a
// peer sends, and a bounded stack.
//
// Threads     Any, at once.
// Errors      An expression that RE2 does not take is the generator's bug: CHECK.
#pragma once

#include <memory>
#include <string_view>

namespace re2 {
class RE2;
}

namespace ipc::internal {

class Pattern {
 public:
  explicit Pattern(std::string_view expression);
  ~Pattern();

  // All of `text`, which is UTF-8.
  bool Matches(std::string_view text) const;

 private:
  std::unique_ptr<re2::RE2> compiled_;
};

}  // namespace ipc::internal
