#include "jobs/timings.hpp"

#include "tests/jobs/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

JournalLine done(const std::string& id, int attempt, double seconds) {
  JournalLine line;
  line.event = JournalEvent::done;
  line.id = id;
  line.attempt = attempt;
  line.rank = attempt;
  line.device = "cpu";
  line.timings = {{.stage = "read", .seconds = seconds, .num_bytes = 10},
                  {.stage = "analyse", .seconds = 1, .num_bytes = 0}};
  return line;
}

TEST(Timings, hold_the_latest_attempt_of_each_item_by_id) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "timings.tsv";
  JournalLine looked_at_again = done("aa", 3, 0);
  looked_at_again.timings.clear();

  write_timings(path,
                {done("bb", 1, 0.5), done("aa", 1, 0.25), done("aa", 2, 0.75), looked_at_again});

  EXPECT_EQ(read_text(path),
            "stack_id\tstage\tseconds\tbytes\tdevice\trank\n"
            "aa\tread\t0.750000\t10\tcpu\t2\n"
            "aa\tanalyse\t1.000000\t0\tcpu\t2\n"
            "bb\tread\t0.500000\t10\tcpu\t1\n"
            "bb\tanalyse\t1.000000\t0\tcpu\t1\n");
}

}  // namespace
}  // namespace bramble
