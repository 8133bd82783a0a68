#include "kernels/core/device.hpp"
#include "tests/jobs/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>

// The whole program, from archives to tables, on a tiny synthetic study.
namespace bramble {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* one_animal = "--select sub=K01";

// Two animals, two sessions: four stacks in four archives, two fields.
class Run : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(run_bramble("phantom " + study() + " --preset tiny").exit_code, 0);
    write_text(config(), "[restore]\niterations = 2\n");
  }

  std::string study() const { return (folder_.path() / "study").string(); }
  fs::path out(const std::string& name) const { return folder_.path() / name; }
  std::string arguments(const std::string& name, const std::string& more = "") const {
    return "run " + study() + " --device cpu --progress none --out " + out(name).string() +
           " --config " + config().string() + " " + more;
  }
  // Few iterations: nothing here depends on how well a stack is restored.
  fs::path config() const { return folder_.path() / "project.toml"; }
  fs::path any_archive() const { return fs::path(study()) / "sub-K01_ses-d01.h5"; }
  std::size_t num_stack_results(const std::string& name) const {
    std::size_t count = 0;
    std::error_code not_there;
    for (const auto& entry : fs::recursive_directory_iterator(out(name) / "stacks", not_there)) {
      count += entry.path().extension() == ".h5" ? 1 : 0;
    }
    return count;
  }

  TemporaryFolder folder_;
};

// Starts the program alone, signals it as soon as its first stack result is there, and returns how
// it ended.
int signal_after_first_result(const std::string& arguments, int signal,
                              const std::function<std::size_t()>& num_results) {
  const pid_t child = fork();
  if (child == 0) {
    const std::string command = std::string("exec ") + BRAMBLE_PROGRAM + " " + arguments;
    const int null = open("/dev/null", O_WRONLY);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    _exit(127);
  }
  int status = 0;
  while (num_results() == 0 && waitpid(child, &status, WNOHANG) == 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  kill(child, signal);
  waitpid(child, &status, 0);
  return status;
}

TEST_F(Run, any_number_of_ranks_and_threads_gives_the_same_files) {
  const Finished one = run_bramble(arguments("one", "--threads 1"));
  const Finished two = run_ranks(2, arguments("two", "--threads 1"));
  const Finished three = run_ranks(3, arguments("three", "--threads 2"));

  ASSERT_EQ(one.exit_code, 0) << one.err;
  ASSERT_EQ(two.exit_code, 0) << two.err;
  ASSERT_EQ(three.exit_code, 0) << three.err;
  const auto files = lasting_files(out("one"));
  EXPECT_TRUE(files.contains("tables/spines.tsv"));
  EXPECT_EQ(num_stack_results("one"), 4u);
  EXPECT_EQ(differing_files(files, lasting_files(out("two"))), "");
  EXPECT_EQ(differing_files(files, lasting_files(out("three"))), "");
  EXPECT_THAT(one.out, HasSubstr("report.html"));
}

TEST_F(Run, what_trials_decide_is_the_same_for_any_number_of_ranks) {
  write_text(config(), "[restore]\niterations = \"auto\"\n");

  const Finished one = run_bramble(arguments("one", "--threads 1"));
  const Finished three = run_ranks(3, arguments("three", "--threads 1"));

  ASSERT_EQ(one.exit_code, 0) << one.err;
  ASSERT_EQ(three.exit_code, 0) << three.err;
  EXPECT_THAT(read_text(out("one") / "conditions.json"), HasSubstr("held_out_log_likelihood"));
  const std::string log = read_text(out("three") / "log.txt");
  EXPECT_THAT(log, HasSubstr("held-out log-likelihood gained 0 "));
  EXPECT_THAT(log, HasSubstr("residual mean"));
  EXPECT_THAT(log, HasSubstr("um wide, stretched"));
  EXPECT_EQ(differing_files(lasting_files(out("one")), lasting_files(out("three"))), "");
}

TEST_F(Run, killed_half_way_and_resumed_gives_the_same_files) {
  const int status = signal_after_first_result(arguments("killed", "--threads 1"), SIGKILL,
                                               [&] { return num_stack_results("killed"); });
  const std::size_t num_before = num_stack_results("killed");
  const Finished resumed = run_ranks(2, arguments("killed"));
  const Finished whole = run_bramble(arguments("whole"));

  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_GE(num_before, 1u);
  EXPECT_LT(num_before, 4u);
  ASSERT_EQ(resumed.exit_code, 0) << resumed.err;
  ASSERT_EQ(whole.exit_code, 0) << whole.err;
  EXPECT_EQ(differing_files(lasting_files(out("whole")), lasting_files(out("killed"))), "");
  EXPECT_THAT(read_text(out("killed") / "log.txt"), HasSubstr("its folder was taken over"));
}

TEST_F(Run, a_stop_signal_ends_it_with_75_and_the_same_command_goes_on) {
  const int status = signal_after_first_result(arguments("stopped", "--threads 1"), SIGTERM,
                                               [&] { return num_stack_results("stopped"); });
  const bool had_tables = fs::exists(out("stopped") / "tables");
  const Finished resumed = run_bramble(arguments("stopped"));

  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 75);
  EXPECT_FALSE(had_tables);
  EXPECT_EQ(resumed.exit_code, 0) << resumed.err;
  EXPECT_TRUE(fs::exists(out("stopped") / "tables" / "spines.tsv"));
}

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

TEST_F(Run, a_stack_that_twice_took_its_process_down_is_quarantined) {
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

  const Finished retried = run_bramble("retry " + out("out").string() + " --device cpu");
  const Finished whole = run_bramble(arguments("whole"));

  EXPECT_EQ(retried.exit_code, 0) << retried.err;
  EXPECT_EQ(count_in_journals(out("out"), started_stack + id), 3u);
  EXPECT_EQ(whole.exit_code, 0) << whole.err;
  EXPECT_EQ(differing_files(lasting_files(out("whole")), lasting_files(out("out"))), "");
}

TEST_F(Run, a_rank_that_ends_because_another_died_does_not_blame_its_stack) {
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

TEST_F(Run, a_second_run_into_the_folder_is_refused_and_the_first_goes_on) {
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

TEST_F(Run, a_finished_folder_is_not_computed_again_and_reduce_repeats_its_tables) {
  const Finished first = run_bramble(arguments("out", one_animal));
  const auto files = lasting_files(out("out"));
  const std::string timings = read_text(out("out") / "timings.tsv");
  const Finished again = run_bramble(arguments("out", one_animal));
  const bool same_timings = read_text(out("out") / "timings.tsv") == timings;
  fs::remove_all(out("out") / "tables");
  const Finished reduced = run_bramble("reduce " + out("out").string());

  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_TRUE(same_timings);
  EXPECT_EQ(reduced.exit_code, 0) << reduced.err;
  EXPECT_EQ(reduced.out, first.out);
  EXPECT_EQ(differing_files(files, lasting_files(out("out"))), "");
}

TEST_F(Run, other_parameters_are_refused_with_what_differs) {
  ASSERT_EQ(run_bramble(arguments("out", one_animal)).exit_code, 0);
  write_text(config(), "[restore]\niterations = 1\n");

  const Finished refused = run_bramble(arguments("out", one_animal));

  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("restore.iterations: 2 there, 1 here"));
}

TEST_F(Run, a_changed_archive_is_analysed_again) {
  ASSERT_EQ(run_bramble(arguments("out", one_animal)).exit_code, 0);
  fs::remove_all(study());
  ASSERT_EQ(run_bramble("phantom " + study() + " --preset tiny --seed 2").exit_code, 0);

  const Finished again = run_bramble(arguments("out", one_animal));
  const Finished fresh = run_bramble(arguments("fresh", one_animal));

  ASSERT_EQ(again.exit_code, 0) << again.err;
  ASSERT_EQ(fresh.exit_code, 0) << fresh.err;
  EXPECT_EQ(differing_files(lasting_files(out("fresh")), lasting_files(out("out"))), "");
}

TEST_F(Run, a_rank_that_cannot_go_on_ends_the_job_with_its_reason) {
  ASSERT_EQ(run_bramble(arguments("out", one_animal)).exit_code, 0);
  fs::create_directory(out("out") / "journal" / "rank-0001.jsonl");

  const Finished run = run_ranks(2, arguments("out"));

  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, HasSubstr("rank-0001.jsonl: the journal cannot be written"));
}

// Takes the voxel size from every stack of an archive.
void delete_voxel_sizes(const fs::path& archive) {
  const auto delete_of = [](hid_t file, const char* name, const H5O_info_t* info, void*) {
    const bool is_stack =
        info->type == H5O_TYPE_DATASET && std::string(name).find("/images/") != std::string::npos;
    return is_stack ? H5Adelete_by_name(file, name, "element_size_um", H5P_DEFAULT) : 0;
  };
  const hid_t file = H5Fopen(archive.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  ASSERT_GE(file, 0);
  EXPECT_GE(H5Ovisit(file, H5_INDEX_NAME, H5_ITER_NATIVE, delete_of, nullptr), 0);
  H5Fclose(file);
}

TEST_F(Run, bad_archives_fail_by_name_and_the_rest_is_done) {
  const fs::path without_size = any_archive();
  const fs::path text = fs::path(study()) / "text.h5";
  const fs::path truncated = fs::path(study()) / "truncated.h5";
  write_text(text, "this is not HDF5");
  fs::copy_file(without_size, truncated);
  fs::resize_file(truncated, fs::file_size(truncated) / 2);
  delete_voxel_sizes(without_size);

  const Finished run = run_ranks(2, arguments("out"));

  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, AllOf(HasSubstr(text.string()), HasSubstr(truncated.string()),
                             HasSubstr(without_size.string())));
  const std::string rows = read_text(out("out") / "tables" / "stacks.tsv");
  EXPECT_THAT(rows, AllOf(HasSubstr("text.h5"), HasSubstr("truncated.h5")));
  EXPECT_EQ(num_stack_results("out"), 3u);
}

TEST_F(Run, a_retry_of_mended_archives_gives_the_files_of_a_run_that_never_failed) {
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

TEST_F(Run, a_retry_leaves_alone_what_did_not_fail) {
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

TEST_F(Run, too_many_failures_end_it_with_what_is_done_so_far) {
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

TEST_F(Run, mistakes_end_every_rank_with_their_exit_code) {
  fs::create_directory(folder_.path() / "empty");
  const Finished nothing_selected = run_bramble(arguments("c", "--select sub=nobody"));
  write_text(config(), "[restore]\niteration = 3\n");

  const Finished unknown_key = run_ranks(2, arguments("a"));
  const Finished empty =
      run_ranks(2, "run " + (folder_.path() / "empty").string() + " --out " + out("b").string());
  const Finished no_folder = run_bramble("reduce " + (folder_.path() / "empty").string());

  EXPECT_EQ(unknown_key.exit_code, 2);
  EXPECT_THAT(unknown_key.err, AllOf(HasSubstr("project.toml:2:1"), HasSubstr("iterations")));
  EXPECT_EQ(empty.exit_code, 4);
  EXPECT_FALSE(fs::exists(out("b")));
  EXPECT_EQ(nothing_selected.exit_code, 4);
  EXPECT_EQ(no_folder.exit_code, 2);
}

TEST_F(Run, cuda_without_a_device_ends_with_5) {
  if (!list_devices().empty()) {
    GTEST_SKIP() << "there is a CUDA device";
  }

  const Finished run =
      run_ranks(2, "run " + study() + " --device cuda --out " + out("out").string());

  EXPECT_EQ(run.exit_code, 5);
  EXPECT_THAT(run.err, HasSubstr("--device cuda"));
}

TEST_F(Run, a_dry_run_tells_the_plan_and_writes_nothing) {
  const Finished run = run_bramble(arguments("out", "--dry-run"));

  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("4 stacks in 2 fields"));
  EXPECT_FALSE(fs::exists(out("out")));
}

TEST_F(Run, scan_shows_the_stacks) {
  const Finished table = run_bramble("scan " + study());
  const Finished json = run_bramble("scan --json " + study());

  EXPECT_EQ(table.exit_code, 0) << table.err;
  EXPECT_THAT(table.out, HasSubstr("4 stacks in 2 fields can be used"));
  EXPECT_THAT(json.out, HasSubstr("\"stack_id\""));
}

}  // namespace
}  // namespace bramble
