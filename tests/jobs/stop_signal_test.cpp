#include "jobs/stop_signal.hpp"

#include "kernels/core/error.hpp"
#include "tests/jobs/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bramble {
namespace {

// Signals change a process for good: each case has one of its own.
template <class Body>
int in_child(const Body& body) {
  const pid_t child = fork();
  if (child == 0) {
    _exit(body());
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(StopSignal, the_first_one_writes_the_note_once_and_the_process_goes_on) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "journal";
  write_text(file, "before\n");

  const int code = in_child([&] {
    catch_stop_signals();
    const StopNote note(file, "told to stop");
    const bool requested_before = stop_requested();
    raise(SIGTERM);
    raise(SIGUSR1);
    return !requested_before && stop_requested() ? 0 : 1;
  });

  EXPECT_EQ(code, 0);
  EXPECT_EQ(read_text(file), "before\ntold to stop\n");
}

TEST(StopSignal, a_note_that_is_gone_is_not_written) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "journal";
  write_text(file, "before\n");

  const int code = in_child([&] {
    catch_stop_signals();
    { const StopNote note(file, "told to stop"); }
    raise(SIGTERM);
    return stop_requested() ? 0 : 1;
  });

  EXPECT_EQ(code, 0);
  EXPECT_EQ(read_text(file), "before\n");
}

TEST(StopSignal, a_note_that_is_too_long_is_refused) {
  EXPECT_THROW(StopNote("nowhere", std::string(1000, 'x')), InvalidArgument);
}

}  // namespace
}  // namespace bramble
