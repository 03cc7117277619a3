#include "tests/loops/foreign_loops.h"

#include <stdexcept>
#include <utility>

namespace ipc {
namespace {

// GLib's poll function takes no data, and each thread runs one GMainContext here.
thread_local int glib_wakeups = 0;

gint CountingPoll(GPollFD* fds, guint count, gint timeout) {
  const gint ready = g_poll(fds, count, timeout);
  ++glib_wakeups;
  return ready;
}

void Require(bool is_so, const char* what) {
  if (!is_so) throw std::runtime_error(what);
}

template <typename T>
T ValueOrThrow(absl::StatusOr<T> value) {
  Require(value.ok(), value.status().ToString().c_str());
  return *std::move(value);
}

}  // namespace

GlibUnderTest::GlibUnderTest()
    : context_(g_main_context_new()), loop_(g_main_loop_new(context_, FALSE)) {
  glib_wakeups = 0;
  g_main_context_set_poll_func(context_, &CountingPoll);
}

GlibUnderTest::~GlibUnderTest() {
  adapter_.reset();
  g_main_loop_unref(loop_);
  g_main_context_unref(context_);
}

void GlibUnderTest::RunWhatIsReady() {
  while (g_main_context_iteration(context_, FALSE)) continue;
}

void GlibUnderTest::After(milliseconds time, Task task) {
  GSource* source = g_timeout_source_new(static_cast<guint>(time.count()));
  GSourceFunc run = [](gpointer held) -> gboolean {
    (*static_cast<Task*>(held))();
    return G_SOURCE_REMOVE;
  };
  g_source_set_callback(source, run, new Task(std::move(task)),
                        [](gpointer held) { delete static_cast<Task*>(held); });
  g_source_attach(source, context_);
  g_source_unref(source);
}

int GlibUnderTest::wakeups() { return glib_wakeups; }

UvUnderTest::UvUnderTest() {
  Require(uv_loop_init(&loop_) == 0, "uv_loop_init");
  uv_check_init(&loop_, &after_poll_);
  after_poll_.data = this;
  uv_check_start(&after_poll_,
                 [](uv_check_t* check) { ++static_cast<UvUnderTest*>(check->data)->wakeups_; });
  uv_unref(reinterpret_cast<uv_handle_t*>(&after_poll_));
}

UvUnderTest::~UvUnderTest() {
  adapter_.reset();
  uv_close(reinterpret_cast<uv_handle_t*>(&after_poll_), nullptr);
  RunWhatIsReady();
  if (uv_loop_close(&loop_) != 0) std::terminate();  // a handle of somebody's is still open
}

void UvUnderTest::Attach(EventLoop& loop, Task on_quit) {
  adapter_ = ValueOrThrow(UvLoop::Create(loop, &loop_, std::move(on_quit)));
}

void UvUnderTest::After(milliseconds time, Task task) {
  auto* timer = new uv_timer_t;
  uv_timer_init(&loop_, timer);
  timer->data = new Task(std::move(task));
  uv_timer_cb run = [](uv_timer_t* due) {
    std::unique_ptr<Task> held(static_cast<Task*>(due->data));
    uv_close(reinterpret_cast<uv_handle_t*>(due),
             [](uv_handle_t* closed) { delete reinterpret_cast<uv_timer_t*>(closed); });
    (*held)();
  };
  uv_timer_start(timer, run, static_cast<uint64_t>(time.count()), 0);
}

void AsioUnderTest::Attach(EventLoop& loop, Task on_quit) {
  adapter_ = ValueOrThrow(AsioLoop::Create(loop, context_, std::move(on_quit)));
}

void AsioUnderTest::Run() {
  context_.restart();
  while (context_.run_one() > 0) ++wakeups_;
}

void AsioUnderTest::RunWhatIsReady() {
  context_.restart();
  context_.poll();
}

void AsioUnderTest::After(milliseconds time, Task task) {
  auto timer = std::make_shared<asio::steady_timer>(context_, time);
  timer->async_wait([timer, task = std::make_shared<Task>(std::move(task))](
                        const asio::error_code&) { (*task)(); });
}

}  // namespace ipc
