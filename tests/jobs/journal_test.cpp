#include "jobs/journal.hpp"

#include "jobs/communicator.hpp"
#include "kernels/core/error.hpp"
#include "tests/jobs/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bramble {
namespace {

JournalLine line_about(const std::string& id, JournalEvent event, int attempt = 1) {
  JournalLine line;
  line.event = event;
  line.id = id;
  line.attempt = attempt;
  line.device = "cpu";
  return line;
}

TEST(JournalLine, reads_back_as_written) {
  JournalLine line = line_about("0123456789abcdef", JournalEvent::failed, 3);
  line.kind = ItemKind::field;
  line.rank = 7;
  line.stage = "read";
  line.message = "file \"a.h5\":\n\tno voxel size";
  line.summary = "12 spines";
  line.timings = {{.stage = "read", .seconds = 0.25, .num_bytes = 1234567890123}};

  const JournalLine read = journal_line_from_json(to_json_line(line));

  EXPECT_EQ(read.event, JournalEvent::failed);
  EXPECT_EQ(read.kind, ItemKind::field);
  EXPECT_EQ(read.id, line.id);
  EXPECT_EQ(read.attempt, 3);
  EXPECT_EQ(read.rank, 7);
  EXPECT_EQ(read.device, "cpu");
  EXPECT_EQ(read.stage, "read");
  EXPECT_EQ(read.message, line.message);
  EXPECT_EQ(read.summary, line.summary);
  ASSERT_EQ(read.timings.size(), 1u);
  EXPECT_EQ(read.timings[0].seconds, 0.25);
  EXPECT_EQ(read.timings[0].num_bytes, 1234567890123);
}

TEST(JournalLine, is_one_line_that_fits_a_message_whatever_the_reason_holds) {
  JournalLine line = line_about("a", JournalEvent::failed);
  line.message = std::string(1000000, '\x01') + "\n\xff";

  const std::string text = to_json_line(line);

  EXPECT_EQ(text.find('\n'), std::string::npos);
  EXPECT_LT(text.size(), static_cast<std::size_t>(Communicator::max_message_bytes) / 2);
}

TEST(JournalLine, half_a_line_is_refused) {
  const std::string text = to_json_line(line_about("a", JournalEvent::done));

  EXPECT_THROW(journal_line_from_json(text.substr(0, text.size() / 2)), DataError);
  EXPECT_THROW(journal_line_from_json("{}"), DataError);
}

TEST(Journal, lines_come_back_by_attempt_then_rank_then_as_written) {
  const TemporaryFolder folder;
  {
    JournalWriter second(folder.path() / "rank-0001.jsonl");
    second.append(line_about("b", JournalEvent::started, 1));
    JournalWriter first(folder.path() / "rank-0000.jsonl");
    first.append(line_about("a", JournalEvent::started, 2));
    first.append(line_about("a", JournalEvent::done, 2));
  }

  const std::vector<JournalLine> lines = read_journals(folder.path());

  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0].id, "b");
  EXPECT_EQ(lines[1].event, JournalEvent::started);
  EXPECT_EQ(lines[2].event, JournalEvent::done);
}

TEST(Journal, a_line_is_on_disk_when_append_returns) {
  const TemporaryFolder folder;
  JournalWriter writer(folder.path() / "rank-0000.jsonl");

  writer.append(line_about("a", JournalEvent::started));

  EXPECT_EQ(read_journals(folder.path()).size(), 1u);
}

TEST(Journal, a_half_written_last_line_is_passed_over_and_spoils_no_later_one) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "rank-0000.jsonl";
  const std::string whole = to_json_line(line_about("a", JournalEvent::done)) + "\n";
  write_text(path, whole + whole.substr(0, 20));

  const std::size_t num_before = read_journals(folder.path()).size();
  JournalWriter(path).append(line_about("b", JournalEvent::done, 2));
  const std::vector<JournalLine> lines = read_journals(folder.path());

  EXPECT_EQ(num_before, 1u);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[1].id, "b");
}

TEST(Journal, a_file_that_cannot_be_written_is_refused_at_once) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.path() / "rank-0000.jsonl");

  EXPECT_THROW(JournalWriter(folder.path() / "rank-0000.jsonl"), ResourceError);
}

TEST(Journal, a_folder_that_is_not_there_has_no_lines) {
  const TemporaryFolder folder;

  EXPECT_TRUE(read_journals(folder.path() / "journal").empty());
}

}  // namespace
}  // namespace bramble
