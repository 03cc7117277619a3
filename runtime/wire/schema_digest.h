// A set of channels and the digest of its definition: how two sides notice that they were built
// from different versions of one .ipc file. Generated code makes them (NotesSchema()).
#pragma once

#include <cstdint>
#include <string>

namespace ipc {

struct SchemaDigest {
  std::string name;  // "notes.Notes"
  uint64_t digest = 0;

  friend bool operator==(const SchemaDigest&, const SchemaDigest&) = default;
};

}  // namespace ipc
