// Memory that a server and one client share, by a file in the session's folder.
//
// Ownership   Unmapped when it goes; the runner removes the file.
#pragma once

#include <cstddef>
#include <string>

namespace bench {

class Region {
 public:
  // The server makes it, zeroed; the client opens it.
  static Region Create(const std::string& path, size_t size);
  static Region Open(const std::string& path, size_t size);
  Region(Region&& other) noexcept;
  Region& operator=(Region&&) = delete;
  ~Region();

  template <typename T>
  T& As() const {
    return *static_cast<T*>(start_);
  }

 private:
  Region(const std::string& path, int flags, size_t size);

  void* start_ = nullptr;
  size_t size_ = 0;
};

}  // namespace bench
