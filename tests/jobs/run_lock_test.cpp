#include "jobs/run_lock.hpp"

#include "jobs/utc_time.hpp"
#include "kernels/core/error.hpp"
#include "tests/jobs/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <thread>

namespace bramble {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Le;

constexpr LockTiming quick{.beat = 20ms, .silence = 300ms};

// A process of this machine that ended and was waited for.
LockHolder dead_process() {
  LockHolder holder = this_process();
  const pid_t child = fork();
  if (child == 0) {
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  holder.pid = child;
  return holder;
}

LockHolder process_elsewhere() {
  LockHolder holder = this_process();
  holder.host = "node07";
  holder.place = "another boot";
  return holder;
}

std::string refusal_of(const RunFolder& folder) {
  try {
    const RunLock lock(folder, quick);
    return {};
  } catch (const InvalidArgument& error) {
    return error.what();
  }
}

TEST(RunLock, is_there_while_held_and_leaves_nothing) {
  const TemporaryFolder temporary;
  const RunFolder folder(temporary.path() / "out");
  {
    const RunLock lock(folder, quick);

    EXPECT_EQ(lock_holder_from(read_text(folder.lock())).pid, getpid());
    EXPECT_FALSE(lock.taken_over_from());
    EXPECT_FALSE(lock.lost());
    EXPECT_TRUE(living_holder(folder));
  }

  EXPECT_TRUE(fs::is_empty(folder.root()));
  EXPECT_FALSE(living_holder(folder));
}

TEST(RunLock, a_second_run_is_refused_with_who_holds_it_and_what_to_do) {
  const TemporaryFolder temporary;
  const RunFolder folder(temporary.path());
  const RunLock lock(folder, quick);

  const std::string refusal = refusal_of(folder);

  EXPECT_THAT(refusal, AllOf(HasSubstr(temporary.path().string()),
                             HasSubstr("process " + std::to_string(getpid()) + " on "),
                             HasSubstr("bramble status"), HasSubstr("--out another folder"),
                             HasSubstr("run.lock")));
  EXPECT_EQ(std::distance(fs::directory_iterator(temporary.path()), {}), 1);
}

TEST(RunLock, of_a_dead_process_here_is_taken_over_at_once) {
  const TemporaryFolder temporary;
  const RunFolder folder(temporary.path());
  const LockHolder dead = dead_process();
  write_text(folder.lock(), to_text(dead));

  const RunLock lock(folder);

  ASSERT_TRUE(lock.taken_over_from());
  EXPECT_EQ(lock.taken_over_from()->pid, dead.pid);
  EXPECT_EQ(lock_holder_from(read_text(folder.lock())).pid, getpid());
}

TEST(RunLock, a_pid_that_was_given_again_is_another_process) {
  LockHolder reused = this_process();
  reused.process_start = "1";

  EXPECT_EQ(liveness_of(this_process()), Liveness::alive);
  EXPECT_EQ(liveness_of(reused), Liveness::dead);
  EXPECT_EQ(liveness_of(process_elsewhere()), Liveness::unknown);
}

TEST(RunLock, of_a_process_elsewhere_is_taken_over_after_its_silence) {
  const TemporaryFolder temporary;
  const RunFolder folder(temporary.path());
  write_text(folder.lock(), to_text(process_elsewhere()));
  const auto start = std::chrono::steady_clock::now();

  const RunLock lock(folder, quick);

  EXPECT_GE(std::chrono::steady_clock::now() - start, quick.silence / 2);
  ASSERT_TRUE(lock.taken_over_from());
  EXPECT_EQ(lock.taken_over_from()->host, "node07");
}

TEST(RunLock, of_a_process_elsewhere_that_shows_signs_of_life_is_respected) {
  const TemporaryFolder temporary;
  const RunFolder folder(temporary.path());
  write_text(folder.lock(), to_text(process_elsewhere()));
  std::jthread beats([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      fs::last_write_time(folder.lock(), fs::file_time_type::clock::now());
      std::this_thread::sleep_for(10ms);
    }
  });

  EXPECT_THAT(refusal_of(folder), HasSubstr("on node07"));
}

TEST(RunLock, an_unreadable_old_lock_is_taken_over) {
  const TemporaryFolder temporary;
  const RunFolder folder(temporary.path());
  write_text(folder.lock(), "{\"host\": ");
  fs::last_write_time(folder.lock(), fs::file_time_type::clock::now() - 1h);

  const RunLock lock(folder);

  EXPECT_TRUE(lock.taken_over_from());
}

TEST(RunLock, a_holder_touches_its_lock_and_sees_when_another_has_it) {
  const TemporaryFolder temporary;
  const RunFolder folder(temporary.path());
  const std::string others = to_text(process_elsewhere());
  {
    const RunLock lock(folder, quick);
    fs::last_write_time(folder.lock(), fs::file_time_type::clock::now() - 1h);
    const fs::file_time_type old = fs::last_write_time(folder.lock());
    while (fs::last_write_time(folder.lock()) == old) {
      std::this_thread::sleep_for(5ms);
    }
    EXPECT_FALSE(lock.lost());
    write_text(folder.lock(), others);
    while (!lock.lost()) {
      std::this_thread::sleep_for(5ms);
    }
  }

  EXPECT_EQ(read_text(folder.lock()), others);
}

// Holds the lock for a while: 0 when it was alone, 1 when it was refused, 2 when another held it
// too.
int hold(const RunFolder& folder, const fs::path& inside) {
  try {
    const RunLock lock(folder, quick);
    const bool alone = fs::create_directory(inside);
    std::this_thread::sleep_for(20ms);
    fs::remove(inside);
    return alone ? 0 : 2;
  } catch (const InvalidArgument&) {
    return 1;
  }
}

TEST(RunLock, of_many_that_come_at_once_no_two_hold_it) {
  const TemporaryFolder temporary;
  const RunFolder folder(temporary.path() / "out");
  write_text(folder.lock(), to_text(dead_process()));
  std::vector<pid_t> children;
  for (int i = 0; i < 8; ++i) {
    children.push_back(fork());
    if (children.back() == 0) {
      _exit(hold(folder, temporary.path() / "inside"));
    }
  }

  std::vector<int> codes;
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    codes.push_back(WEXITSTATUS(status));
  }

  EXPECT_THAT(codes, AllOf(Contains(0), Each(Le(1))));
  EXPECT_TRUE(fs::is_empty(folder.root()));
}

TEST(RunLock, a_folder_that_cannot_be_made_is_said) {
  const TemporaryFolder temporary;
  write_text(temporary.path() / "file", "");

  EXPECT_THROW(RunLock(RunFolder(temporary.path() / "file" / "out")), ResourceError);
}

TEST(UtcTime, reads_back_as_seconds) {
  EXPECT_EQ(seconds_of_utc("1970-01-02T00:00:01Z"), 86401.0);
  EXPECT_GT(seconds_of_utc(utc_time()), seconds_of_utc("2026-01-01T00:00:00Z"));
  EXPECT_TRUE(std::isnan(seconds_of_utc("yesterday")));
}

}  // namespace
}  // namespace bramble
