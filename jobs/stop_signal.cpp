#include "jobs/stop_signal.hpp"

#include "jobs/exit_code.hpp"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <atomic>

namespace bramble {
namespace {

// Seconds of the monotonic clock at the first signal; 0: none came. Lock-free, so a handler may
// touch it.
std::atomic<long> stop_time_s{0};
static_assert(std::atomic<long>::is_always_lock_free);

// Launchers deliver one request several times over; a person who insists takes longer.
constexpr long same_request_s = 1;

extern "C" void on_stop_signal(int) {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  long first = 0;
  const long seconds = now.tv_sec > 0 ? static_cast<long>(now.tv_sec) : 1;
  if (stop_time_s.compare_exchange_strong(first, seconds)) {
    return;
  }
  if (seconds - first > same_request_s) {
    _exit(static_cast<int>(ExitCode::interrupted));
  }
}

}  // namespace

void catch_stop_signals() {
  struct sigaction action {};
  action.sa_handler = on_stop_signal;
  action.sa_flags = SA_RESTART;
  for (const int signal : {SIGTERM, SIGINT, SIGUSR1}) {
    sigaction(signal, &action, nullptr);
  }
}

bool stop_requested() noexcept { return stop_time_s.load() != 0; }

}  // namespace bramble
