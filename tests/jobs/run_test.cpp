#include "kernels/core/device.hpp"
#include "tests/jobs/run_study.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>

#include <filesystem>

// The whole program, from archives to tables, on a tiny synthetic study.
namespace bramble {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

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
