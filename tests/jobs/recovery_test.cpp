#include "tests/jobs/run_study.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

// The whole program when processes die, archives are broken, or two runs meet.
namespace bramble {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Recovery : public Run {};

// How often the journals of a run folder hold a text.
std::size_t count_in_journals(const fs::path& folder, const std::string& text) {
  std::size_t count = 0;
  std::error_code not_there;
  for (const auto& entry : fs::directory_iterator(folder / "journal", not_there)) {
    const std::string journal = read_text(entry.path());
    for (std::size_t at = journal.find(text); at != std::string::npos;
         at = journal.find(text, at + 1)) {
      ++count;
    }
  }
  return count;
}

constexpr const char* started_stack = "\"event\":\"started\",\"id\":\"";

// The id in the first line that says that a stack was started.
std::string first_started_stack(const fs::path& folder) {
  constexpr std::size_t num_digits = 16;
  const std::string journal = read_text(folder / "journal" / "rank-0000.jsonl");
  const std::size_t at = journal.find(started_stack);
  return at == std::string::npos
             ? ""
             : journal.substr(at + std::string(started_stack).size(), num_digits);
}

TEST_F(Recovery, a_stack_that_twice_took_its_process_down_is_quarantined) {
  const std::string command = arguments("out", "--threads 1");
  signal_after_first_result(command, SIGKILL,
                            [&] { return count_in_journals(out("out"), started_stack); });
  const std::string id = first_started_stack(out("out"));
  const int second = signal_after_first_result(
      command, SIGKILL, [&] { return count_in_journals(out("out"), started_stack + id) / 2; });
  const std::size_t num_before = num_stack_results("out");
  const Finished resumed = run_bramble(command);
  const Finished again = run_bramble(command);

  EXPECT_TRUE(WIFSIGNALED(second));
  EXPECT_EQ(num_before, 3u) << "the suspect comes last";
  EXPECT_EQ(resumed.exit_code, 3) << resumed.err;
  EXPECT_EQ(again.exit_code, 3) << again.err;
  EXPECT_EQ(count_in_journals(out("out"), started_stack + id), 2u) << "it is not run again";
  EXPECT_THAT(read_text(out("out") / "tables" / "stacks.tsv"),
              AllOf(HasSubstr("quarantined"), HasSubstr("bramble retry")));
  EXPECT_THAT(resumed.err, HasSubstr("took its process down twice"));

  const Finished status = run_bramble("status --json " + out("out").string());
  const Finished retried = run_bramble("retry " + out("out").string() + " --device cpu");
  const Finished whole = run_bramble(arguments("whole"));

  EXPECT_EQ(status.exit_code, 0) << status.err;
  EXPECT_THAT(status.out, AllOf(HasSubstr("\"num_done\": 3"), HasSubstr("\"num_quarantined\": 1"),
                                HasSubstr("\"state\": \"some failed\"")));
  EXPECT_EQ(retried.exit_code, 0) << retried.err;
  EXPECT_EQ(count_in_journals(out("out"), started_stack + id), 3u);
  EXPECT_EQ(whole.exit_code, 0) << whole.err;
  EXPECT_EQ(differing_files(lasting_files(out("whole")), lasting_files(out("out"))), "");
}

TEST_F(Recovery, a_rank_that_ends_because_another_died_does_not_blame_its_stack) {
  const std::string command = std::string("OMPI_ALLOW_RUN_AS_ROOT=1 ") +
                              "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMP_WAIT_POLICY=passive " +
                              BRAMBLE_MPIEXEC + " --bind-to none --oversubscribe -n 2 " +
                              BRAMBLE_PROGRAM + " " + arguments("out", "--threads 1");
  std::thread killer([&] {
    while (count_in_journals(out("out"), started_stack) < 2) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    const std::string lock = read_text(out("out") / "run.lock");
    kill(std::stoi(lock.substr(lock.find("\"pid\":") + 6)), SIGKILL);
  });
  const Finished run = run_shell(command);
  killer.join();

  EXPECT_NE(run.exit_code, 0);
  EXPECT_THAT(read_text(out("out") / "journal" / "rank-0001.jsonl"), HasSubstr("stopping"));
  EXPECT_THAT(read_text(out("out") / "journal" / "rank-0000.jsonl"), Not(HasSubstr("stopping")));
}

TEST_F(Recovery, a_second_run_into_the_folder_is_refused_and_the_first_goes_on) {
  Finished second;
  signal_after_first_result(arguments("busy", "--threads 1"), SIGTERM, [&] {
    if (!fs::exists(out("busy") / "run.lock")) {
      return std::size_t{0};
    }
    second = run_bramble(arguments("busy"));
    return std::size_t{1};
  });

  EXPECT_EQ(second.exit_code, 2);
  EXPECT_THAT(second.err, AllOf(HasSubstr("another run works in this folder (process "),
                                HasSubstr("bramble status")));
  EXPECT_FALSE(fs::exists(out("busy") / "run.lock"));
}

TEST_F(Recovery, a_retry_of_mended_archives_gives_the_files_of_a_run_that_never_failed) {
  write_text(config(), "[restore]\niterations = \"auto\"\n");
  const fs::path good = folder_.path() / "good.h5";
  fs::copy_file(any_archive(), good);
  fs::resize_file(any_archive(), fs::file_size(good) / 2);
  const Finished broken = run_bramble(arguments("out"));
  const Finished vain = run_bramble("retry " + out("out").string() + " --device cpu");
  fs::copy_file(good, any_archive(), fs::copy_options::overwrite_existing);
  const Finished retried = run_ranks(2, "retry " + out("out").string() + " --device cpu");
  const Finished whole = run_bramble(arguments("whole"));

  EXPECT_EQ(broken.exit_code, 3) << broken.err;
  EXPECT_EQ(vain.exit_code, 3) << vain.err;
  EXPECT_EQ(retried.exit_code, 0) << retried.err;
  ASSERT_EQ(whole.exit_code, 0) << whole.err;
  EXPECT_EQ(differing_files(lasting_files(out("whole")), lasting_files(out("out"))), "");
}

TEST_F(Recovery, a_retry_leaves_alone_what_did_not_fail) {
  ASSERT_EQ(run_bramble(arguments("out")).exit_code, 0);
  const auto files = lasting_files(out("out"));
  const std::string result = std::find_if(files.begin(), files.end(), [](const auto& file) {
                               return file.first.starts_with("stacks/");
                             })->first;
  write_text(out("out") / result, "a disk that lies");
  const std::size_t num_started = count_in_journals(out("out"), started_stack);

  const Finished nowhere = run_bramble("retry " + out("nowhere").string());
  const Finished retried = run_bramble("retry " + out("out").string() + " --device cpu");

  EXPECT_EQ(nowhere.exit_code, 2);
  EXPECT_FALSE(fs::exists(out("nowhere")));
  EXPECT_EQ(retried.exit_code, 0) << retried.err;
  EXPECT_EQ(differing_files(files, lasting_files(out("out"))), "");
  EXPECT_EQ(count_in_journals(out("out"), started_stack), num_started + 2)
      << "one stack and its field";
}

TEST_F(Recovery, too_many_failures_end_it_with_what_is_done_so_far) {
  write_text(fs::path(study()) / "text.h5", "this is not HDF5");

  const Finished strict = run_bramble(arguments("out", "--max-failures 0"));
  const Finished lenient = run_bramble(arguments("out", "--max-failures 1"));

  EXPECT_EQ(strict.exit_code, 3);
  EXPECT_THAT(strict.err, HasSubstr("1 failed, more than --max-failures 0"));
  EXPECT_THAT(read_text(out("out") / "tables" / "stacks.tsv"), HasSubstr("text.h5"));
  EXPECT_EQ(lenient.exit_code, 3);
  EXPECT_THAT(lenient.err, Not(HasSubstr("--max-failures")));
  EXPECT_EQ(num_stack_results("out"), 4u);
}

}  // namespace
}  // namespace bramble
