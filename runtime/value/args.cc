#include "runtime/value/args.h"

namespace ipc {

const Value& Args::operator[](size_t index) const {
  static const Value* const null = new Value();  // never destroyed: Args may outlive main()
  return index < values_.size() ? values_[index] : *null;
}

}  // namespace ipc
