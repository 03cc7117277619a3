#include "runtime/api/message_channel.h"

#include "runtime/api/main_process.h"
#include "runtime/api/renderer_process.h"

namespace ipc {

MessageChannel::MessageChannel(MainProcess& main) : MessageChannel(main.ports_.OpenChannel()) {}

MessageChannel::MessageChannel(RendererProcess& renderer)
    : MessageChannel(renderer.ports_.OpenChannel()) {}

}  // namespace ipc
