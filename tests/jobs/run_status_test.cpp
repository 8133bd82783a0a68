#include "jobs/run_status.hpp"

#include "io/manifest_file.hpp"
#include "jobs/journal.hpp"
#include "jobs/run_lock.hpp"
#include "jobs/utc_time.hpp"
#include "kernels/core/error.hpp"
#include "tests/jobs/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;

// A run of four stacks of 100 voxels in one field, and one file that is no archive.
class Status : public ::testing::Test {
 protected:
  void SetUp() override {
    Manifest manifest;
    for (const char* id : {"aa", "bb", "cc", "dd"}) {
      ManifestEntry entry;
      entry.identity.stack_id = id;
      entry.identity.subject_id = "M01";
      entry.identity.session_id = id;
      entry.identity.fov = "chunk-01";
      entry.identity.file = "a.h5";
      entry.acquisition.extent = {1, 10, 10};
      manifest.stacks.push_back(entry);
    }
    ManifestEntry unreadable;
    unreadable.identity.file = "text.h5";
    unreadable.problem = "text.h5: not HDF5";
    manifest.stacks.push_back(unreadable);
    manifest.fields = {{.field_id = "ff",
                        .subject_id = "M01",
                        .fov = "chunk-01",
                        .stack_ids = {"aa", "bb", "cc", "dd"}}};
    write_text(folder_.run_toml(), "");
    write_manifest(folder_.manifest(), manifest);
  }

  void write(JournalEvent event, const std::string& id, const std::string& time, int attempt = 1) {
    JournalLine line;
    line.event = event;
    line.id = id;
    line.attempt = attempt;
    line.device = "cpu";
    line.stage = "read";
    line.message = "no light";
    line.timings = {{.stage = "read", .seconds = 2, .num_bytes = 0},
                    {.stage = "trace", .seconds = id == "aa" ? 3.0 : 5.0, .num_bytes = 0}};
    // JournalWriter would add the present time.
    std::string text = to_json_line(line);
    text.insert(text.size() - 1, ",\"time\":\"" + time + "\"");
    journal_ += text + "\n";
    write_text(folder_.journal(0), journal_);
    if (event == JournalEvent::done) {
      write_text(folder_.stack_result(id), "");
    }
  }

  TemporaryFolder temporary_;
  RunFolder folder_{temporary_.path()};
  std::string journal_;
};

TEST_F(Status, of_a_run_that_goes_on_tells_pace_and_what_it_is_at) {
  const RunLock lock(folder_);
  write(JournalEvent::started, "aa", "2026-11-24T08:00:00Z");
  write(JournalEvent::done, "aa", "2026-11-24T08:00:05Z");
  write(JournalEvent::started, "bb", "2026-11-24T08:00:05Z");
  write(JournalEvent::failed, "bb", "2026-11-24T08:00:12Z");
  write(JournalEvent::started, "cc", "2026-11-24T08:00:12Z");

  const RunStatus status = read_status(folder_, seconds_of_utc("2026-11-24T08:00:20Z"));

  EXPECT_EQ(state_of(status), "running");
  EXPECT_EQ(status.num_stacks, 4);
  EXPECT_EQ(status.num_done, 1);
  EXPECT_EQ(status.num_failed, 1);
  EXPECT_EQ(status.num_running, 1);
  EXPECT_EQ(status.num_left, 1);
  EXPECT_EQ(status.num_unusable, 1);
  EXPECT_EQ(status.stacks_per_minute, 6);
  EXPECT_EQ(status.seconds_left, 20);
  ASSERT_EQ(status.running.size(), 1u);
  EXPECT_EQ(status.running[0].name, "stack sub-M01 cc chunk-01");
  EXPECT_EQ(status.running[0].seconds, 8);
  ASSERT_EQ(status.slowest.size(), 1u);
  EXPECT_EQ(status.slowest[0].seconds, 5);
  EXPECT_THAT(status.failures, AllOf(Contains("text.h5: not HDF5"),
                                     Contains("stack sub-M01 bb chunk-01: a.h5: read: no light")));
}

TEST_F(Status, of_a_dead_run_is_interrupted_and_gives_no_time_left) {
  write(JournalEvent::started, "aa", "2026-11-24T08:00:00Z");
  write(JournalEvent::done, "aa", "2026-11-24T08:00:05Z");
  write(JournalEvent::started, "bb", "2026-11-24T08:00:05Z");
  write(JournalEvent::started, "bb", "2026-11-24T09:00:00Z", 2);

  const RunStatus status = read_status(folder_, seconds_of_utc("2026-11-25T08:00:00Z"));

  EXPECT_EQ(state_of(status), "interrupted");
  EXPECT_EQ(status.attempt, 2);
  EXPECT_EQ(status.num_done, 1);
  EXPECT_EQ(status.num_quarantined, 1);
  EXPECT_EQ(status.num_running, 0);
  EXPECT_EQ(status.num_left, 2);
  EXPECT_TRUE(std::isnan(status.seconds_left));
  EXPECT_THAT(status.failures, Contains(HasSubstr("bramble retry")));
}

TEST_F(Status, of_a_finished_run_tells_whether_anything_failed) {
  for (const char* id : {"aa", "bb", "cc", "dd"}) {
    write(JournalEvent::started, id, "2026-11-24T08:00:00Z");
    write(JournalEvent::done, id, "2026-11-24T08:00:30Z");
  }
  write_text(folder_.field_result("ff"), "");

  const RunStatus status = read_status(folder_, seconds_of_utc("2026-11-24T08:10:00Z"));

  EXPECT_EQ(state_of(status), "some failed") << "a file was refused";
  EXPECT_EQ(status.num_done, 4);
  EXPECT_EQ(status.num_fields_done, 1);
  EXPECT_EQ(status.stacks_per_minute, 8);
  EXPECT_EQ(status.slowest.size(), 4u);
  EXPECT_EQ(status.slowest[0].seconds, 7);
}

TEST(StatusOfFolder, that_is_only_locked_is_running_and_any_other_is_refused) {
  const TemporaryFolder temporary;
  const RunFolder folder(temporary.path());
  EXPECT_THROW(read_status(folder, 0), InvalidArgument);
  const RunLock lock(folder);

  const RunStatus status = read_status(folder, 0);

  EXPECT_EQ(state_of(status), "running");
  EXPECT_FALSE(status.is_begun);
}

}  // namespace
}  // namespace bramble
