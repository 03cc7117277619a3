#include "runtime/api/renderer_host.h"

#include <unistd.h>

#include <utility>

namespace ipc {

Arrival ArrivalWithoutHello(const Admission& admission, std::string role,
                            std::unique_ptr<Pipe> pipe) {
  Hello hello;
  hello.role = std::move(role);
  return {.admission = admission,
          .hello = std::move(hello),
          .peer = {.pid = getpid()},
          .pipe = std::move(pipe)};
}

}  // namespace ipc
