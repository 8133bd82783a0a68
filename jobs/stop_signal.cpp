#include "jobs/stop_signal.hpp"

#include "jobs/exit_code.hpp"
#include "kernels/core/error.hpp"

#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>

namespace bramble {
namespace {

// Seconds of the monotonic clock at the first signal; 0: none came. Lock-free, so a handler may
// touch it.
std::atomic<long> stop_time_s{0};
static_assert(std::atomic<long>::is_always_lock_free);

// The note: complete once its file is named. Written by a signal handler, which may neither
// allocate nor lock.
std::array<char, 1000> note_text;
std::atomic<std::size_t> note_size{0};
std::atomic<int> note_file{-1};
static_assert(std::atomic<std::size_t>::is_always_lock_free);
static_assert(std::atomic<int>::is_always_lock_free);

void write_note() {
  const int file = note_file.load();
  if (file >= 0) {
    const int error = errno;
    [[maybe_unused]] const ssize_t written = write(file, note_text.data(), note_size.load());
    errno = error;
  }
}

// Launchers deliver one request several times over; a person who insists takes longer.
constexpr long same_request_s = 1;

extern "C" void on_stop_signal(int) {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  long first = 0;
  const long seconds = now.tv_sec > 0 ? static_cast<long>(now.tv_sec) : 1;
  if (stop_time_s.compare_exchange_strong(first, seconds)) {
    write_note();
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

StopNote::StopNote(const std::filesystem::path& file, const std::string& line) {
  const std::string text = line + "\n";
  require(text.size() <= note_text.size(), "the note of a stop is too long");
  std::copy(text.begin(), text.end(), note_text.begin());
  note_size = text.size();
  note_file = open(file.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
}

StopNote::~StopNote() {
  const int file = note_file.exchange(-1);
  if (file >= 0) {
    close(file);
  }
}

bool stop_requested() noexcept { return stop_time_s.load() != 0; }

}  // namespace bramble
